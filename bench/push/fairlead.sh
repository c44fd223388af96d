# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # shared with push.sh and lib.sh
# An instance of this working tree's server, with a connection and an image for each repository.

start_fairlead() {
  local listen
  listen=127.0.0.1:$(free_port)
  start server "${BENCH_SERVER:-$published/Fairlead.Server/release/fairlead-server}" --data "$work/data" \
    --key-file "$work/key" --listen "$listen" --registry-listen "127.0.0.1:$(free_port)" --slots 1
  fairlead_server=$started
  set_up "http://$listen"
  api POST /reach-rules "$(jq -n --arg port "$(port_of "$git_host")" \
    '{host: "127.0.0.1", network: "127.0.0.0/8", port: ($port | tonumber), plainHttp: true}')" >/dev/null
  name=$(printf '%s' "$work/data" | sha256sum | cut -c 1-8)
  if [ "$(id -u)" -eq 0 ]; then
    fairlead_engine=/run/fairlead-engine/$name/slot-0/engine.sock
    fairlead_mirrors=/var/lib/fairlead/$name/mirrors
  else
    fairlead_engine=${XDG_RUNTIME_DIR:-/tmp/fairlead-engine-$USER-$name}
    fairlead_engine+=${XDG_RUNTIME_DIR:+/fairlead-engine/$name}/slot-0/engine.sock
    fairlead_mirrors=$work/data/work/mirrors
  fi
}

port_of() {
  local rest=${1#http://127.0.0.1:}
  echo "${rest%%/*}"
}

# bind_fairlead FILES
bind_fairlead() {
  local source
  jq -n --arg id "n$1" --arg url "${git_host}fairlead-$1.git" --rawfile login "$work/login" '{
      id: $id, name: $id, kind: "git-server", scope: "public",
      settings: {url: $url, auth: "password", username: "dev"},
      secrets: {password: ($login | ltrimstr("dev:") | rtrimstr("\n"))}
    }' | api_stdin POST /connections >/dev/null
  source=$(api POST /images "$(jq -n --arg size "$1" '{
      namespace: "bench", name: ("n" + $size), createNamespace: true, connection: ("n" + $size),
      rules: [{type: "branch", pattern: "main", versions: ["{sha}"]}]
    }')" | jq -r .source.sourceId)
  (umask 077 && api POST "/sources/$source/hook-secret" '{}' | jq -r '.hookUrl, .secret' >"$work/hook-$1")
}

# settle_fairlead FILES COMMIT BEGIN SCENARIO ROUND: waits for the build's end and keeps where its time went.
settle_fairlead() {
  local build
  for _ in $(seq 200); do
    build=$(api GET "/builds?image=bench/n$1" | jq --arg commit "$2" '.items[] | select(.commit == $commit)')
    case $(jq -r .state <<<"$build") in
      succeeded) break ;;
      failed) die "$(jq -r .failure.title <<<"$build")" ;;
    esac
    pause 0.1
  done
  [ "$5" -eq 0 ] || jq -r --arg begin "$3" '
    def ms: sub("(?<whole>[^.]*)(?<part>[.][0-9]+)?(Z|\\+00:00)$"; "\(.whole)Z \(.part // ".0")") | split(" ") |
      (.[0] | fromdate) * 1000 + (("0" + .[1] | tonumber) * 1000);
    (($begin | tonumber) * 1000) as $t | [
      (.queuedAt | ms) - $t, ((.startedAt | ms) - (.queuedAt | ms)),
      (.durationsMs.source // 0), (.durationsMs.build // 0), (.durationsMs.push // 0),
      ((.finishedAt | ms) - (.startedAt | ms) - ([.durationsMs[]] | add))
    ] | map(round) | join(" ")' <<<"$build" >>"$work/parts-$1-$4"
}

# Where Fairlead's time goes, medians of each part.
fairlead_parts() {
  local size scenario column row
  echo "| Fairlead, ms | push to queue | queue to claim | source | build | push | runner's start and end |"
  echo "|---|---|---|---|---|---|---|"
  for size in "${sizes[@]}"; do
    for scenario in "${scenarios[@]}"; do
      row="| $size files, $scenario |"
      for column in 1 2 3 4 5 6; do
        row+=" $(cut -d' ' -f"$column" "$work/parts-$size-$scenario" | median) |"
      done
      echo "$row"
    done
  done
}
