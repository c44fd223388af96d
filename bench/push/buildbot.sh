# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # shared with push.sh and lib.sh
# Debian's buildbot, master and one worker, doing the floor's job with the floor's engine. Its work tree is reused.

# start_buildbot SOCKET REGISTRY: a builder for each size, set off by the repository's hook.
start_buildbot() {
  local www worker home=$work/buildbot
  www=$(free_port)
  worker=$(free_port)
  mkdir -p "$home/stub/stub-1.egg-info" "$home/stub/static"
  # Debian has no buildbot-www, without which there is no change hook: the least that counts as one.
  printf 'Metadata-Version: 1.0\nName: stub\nVersion: 1\n' >"$home/stub/stub-1.egg-info/PKG-INFO"
  printf '[buildbot.www]\nbase = stub:application\n' >"$home/stub/stub-1.egg-info/entry_points.txt"
  printf 'from buildbot.www.plugin import Application\napplication = Application("stub", "none")\n' >"$home/stub/stub.py"
  echo 1 >"$home/stub/VERSION"
  : >"$home/stub/static/index.html"
  export PYTHONPATH=$home/stub
  buildbot create-master --quiet "$home/master" >"$work/buildbot.log" 2>&1
  buildbot-worker create-worker --quiet "$home/worker" "127.0.0.1:$worker" worker pass >>"$work/buildbot.log" 2>&1
  sed -e "s|@WORKER@|$worker|; s|@WWW@|$www|; s|@SOCKET@|$1|; s|@REGISTRY@|$2|; s|@REPOSITORIES@|$work/repositories|" \
    -e "s|@SIZES@|${sizes[*]}|" \
    "$root/bench/push/master.cfg" >"$home/master/master.cfg"
  start buildbot buildbot start --nodaemon "$home/master"
  buildbot_master=$started
  wait_until buildbot 60 listens "$www"
  start buildbot-worker buildbot-worker start --nodaemon "$home/worker"
  buildbot_worker=$started
  wait_until buildbot 60 grep -qs "worker is ready" "$home/worker/twistd.log"
  unset PYTHONPATH
  local size
  for size in "${sizes[@]}"; do
    # shellcheck disable=SC2016 # for the hook to read
    hook buildbot "$size" 'read -r _ after _' "
curl --silent --fail --output /dev/null --data \"revision=\$after&branch=main&category=n$size&author=ada&comments=x\" \\
  http://127.0.0.1:$www/change_hook/base"
  done
}
