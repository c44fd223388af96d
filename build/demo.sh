# shellcheck shell=bash
# shellcheck disable=SC2154 # root, api_url, api_header: set elsewhere
# A whole instance for a newcomer: everything in one directory, gone at the end.

demo() {
  local check='' listen=127.0.0.1:7080 registry=127.0.0.1:7050 begin=$EPOCHREALTIME
  while [ $# -gt 0 ]; do
    case "$1" in
      --check) check=yes ;;
      --listen) listen=${2:?HOST:PORT} && shift ;;
      --registry-listen) registry=${2:?HOST:PORT} && shift ;;
      *) die "./dev demo knows --check, --listen HOST:PORT and --registry-listen HOST:PORT, not '$1'." ;;
    esac
    shift
  done
  port_is_free "$listen" --listen
  port_is_free "$registry" --registry-listen
  need build up demo
  build_all
  demo_home=$(mktemp -d)
  chmod 711 "$demo_home"
  # Run by root, the server keeps what builds touch outside its data directory, by this name.
  demo_name=$(printf '%s' "$demo_home/data" | sha256sum | cut -c 1-8)
  trap demo_end EXIT
  trap 'exit 130' INT TERM
  start_git_host
  start_server "$listen" "$registry"
  be_first_administrator
  lay_sample
  bind_sample
  push_sample
  follow_builds
  say "From nothing to two images in $(since "$begin") s."
  show_demo "$registry"
  if [ -n "$check" ]; then
    check_demo "$registry"
    demo_stop || die "Not everything could be stopped."
    say "Checked: digests and output are right, and everything was stopped. It took $(since "$begin") s."
  else
    say "It stays up until Ctrl-C."
    wait "$server_pid"
  fi
}

# port_is_free HOST:PORT OPTION
port_is_free() {
  if (exec 3<>"/dev/tcp/${1%:*}/${1##*:}") 2>/dev/null; then
    die "$1 is taken by another program. Choose a free one: ./dev demo $2 ${1%:*}:PORT"
  fi
}

# start_logged NAME PROGRAM ARGS...: in the background, output to a file; its process id is left in $started.
start_logged() {
  local name=$1
  shift
  : >"$demo_home/$name.log"
  "$@" >>"$demo_home/$name.log" 2>&1 </dev/null &
  started=$!
}

# wait_for NAME PID PATTERN: the first line of the program's output that matches.
wait_for() {
  local tries
  for tries in $(seq 600); do
    grep -m 1 -E "$3" "$demo_home/$1.log" && return 0
    kill -0 "$2" 2>/dev/null || break
    sleep 0.1
  done
  cat "$demo_home/$1.log" >&2
  die "The $1 did not get ready (after $((tries / 10)) s); its words are above."
}

start_git_host() {
  git_password=$(random_word)
  (umask 077 && printf 'dev:%s\n' "$git_password" >"$demo_home/git-login")
  start_logged git-host "$(program_of tests/Fairlead.Emulators)" git --root "$demo_home/repositories" \
    --repository hello --login "$demo_home/git-login" --hook "$demo_home/hook"
  git_pid=$started
  git_url=$(wait_for git-host "$git_pid" '^git on ' | grep -oE 'http://[^ ]+')hello.git
  say "git         $git_url (user dev, with a password)"
}

start_server() {
  start_logged server "$(program_of src/Fairlead.Server)" --data "$demo_home/data" --key-file "$demo_home/master.key" \
    --listen "$1" --registry-listen "$2"
  server_pid=$started
  api_url=http://$1
  api_header=$demo_home/header
  set_up_link=$(wait_for server "$server_pid" '/link/[A-Za-z0-9]+' | grep -oE '[A-Za-z0-9]+$')
  say "server      $api_url"
  say "registry    $2"
}

be_first_administrator() {
  local answer
  : >"$api_header"
  answer=$(jq -n --arg link "$set_up_link" --arg password "$(random_word)" \
    '{link: $link, name: "admin", password: $password, displayName: "Ada Demo"}' | api_stdin POST /setup)
  api_token=$(jq -r .token <<<"$answer")
  (umask 077 && printf 'Authorization: Bearer %s\n' "$api_token" >"$api_header")
  say "signed in   admin (the first administrator)"
}

# A repository with a Dockerfile; the program in it is copied from this machine.
lay_sample() {
  local work=$demo_home/work
  mkdir "$work"
  cp build/sample/* "$work"
  cp /usr/bin/busybox "$work/busybox"
  sample_git init --quiet --initial-branch=main
  sample_git add --all
  sample_git commit --quiet --message "say hello"
  sample_git tag v1.0
  # The password reaches git by a helper, never by an argument or an address.
  sample_git config credential.helper "!f() { sed 's/^\\([^:]*\\):\\(.*\\)/username=\\1\\npassword=\\2/' '$demo_home/git-login'; }; f"
  sample_git remote add origin "$git_url"
}

sample_git() {
  env -u GIT_DIR HOME="$demo_home" GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0 \
    GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.org \
    git -C "$demo_home/work" "$@"
}

# Allow rule, connection, image repository and two rules; then the hook's address goes to the git host.
bind_sample() {
  local port hook verdict
  port=${git_url#http://127.0.0.1:}
  port=${port%%/*}
  api POST /reach-rules "{\"host\": \"127.0.0.1\", \"network\": \"127.0.0.0/8\", \"port\": $port, \"plainHttp\": true}" >/dev/null
  say "allowed     plain http to 127.0.0.1:$port, which no connection may reach otherwise"
  jq -n --arg url "$git_url" --arg password "$git_password" '{
      id: "sample", name: "Sample repository", kind: "git-server", scope: "public",
      settings: {url: $url, auth: "password", username: "dev"},
      secrets: {password: $password}
    }' | api_stdin POST /connections >/dev/null
  verdict=$(api POST /connections/sample/verify '{}' | jq -r .verdict.sentence)
  say "connection  sample: $verdict"
  source_id=$(api POST /images '{
      "namespace": "demo", "name": "hello", "createNamespace": true, "connection": "sample",
      "summary": "Says hello",
      "rules": [
        {"type": "branch", "pattern": "main", "versions": ["{branch}", "{sha8}"]},
        {"type": "tag", "pattern": "v(?<imageTag>[0-9.]+)", "isRegex": true, "versions": ["{imageTag}"]}
      ]
    }' | jq -r .source.sourceId)
  say "image       demo/hello, built from branch main and from tags like v1.0"
  hook=$(api POST "/sources/$source_id/hook-secret" '{}')
  (umask 077 && jq -r '.hookUrl, .secret' <<<"$hook" >"$demo_home/hook")
}

push_sample() {
  say "git push origin main v1.0"
  sample_git push --quiet origin main v1.0
}

# Both builds at once, line by line, until they have ended.
follow_builds() {
  local tries ids='' id pids=()
  for tries in $(seq 150); do
    ids=$(api GET '/builds?image=demo/hello' | jq -r '.items | sort_by(.id)[].id')
    [ "$(wc -w <<<"$ids")" -ge 2 ] && break
    sleep 0.2
  done
  [ "$(wc -w <<<"$ids")" -eq 2 ] || die "The push led to $(wc -w <<<"$ids") builds instead of 2 (looked $tries times)."
  for id in $ids; do
    follow_build "$id" &
    pids+=($!)
  done
  wait "${pids[@]}"
  builds=$(api GET '/builds?image=demo/hello' | jq '.items | sort_by(.id)')
  jq -e 'all(.state == "succeeded")' <<<"$builds" >/dev/null ||
    die "A build did not succeed: $(jq -r 'map(.failure.title // .waiting // empty) | join(" ")' <<<"$builds")"
}

follow_build() {
  local name
  name=$(api GET "/builds/$1" | jq -r '.ref | sub("refs/(heads|tags)/"; "")')
  curl --silent --no-buffer --noproxy '*' --max-time 600 --header "@$api_header" --header 'Accept: text/event-stream' \
    "$api_url/api/v1/builds/$1/log" | sed -un 's/^data: //p' |
    jq --unbuffered --raw-output --arg name "$name" '
      ($name + "        ")[:8] + "| " +
      if has("text") then (if .kind == "phase" then "== " else "" end) + .text
      else .state + (if .state == "running" then ", " + .phase else "" end) + (if .waiting then ": " + .waiting else "" end)
      end'
}

show_demo() {
  local first link
  link=$(api POST /people '{"name": "you", "displayName": "You", "role": "administrator"}' | jq -r .link)
  first=$(jq -r '.[0].references[0]' <<<"$builds")
  run_flags=()
  # A container asks for more open files than some sandboxes grant.
  [ "$(ulimit -Hn)" = unlimited ] || [ "$(ulimit -Hn)" -ge 1048576 ] || run_flags=(--ulimit nofile=1024:1024 --ulimit nproc=1024:1024)
  say ""
  say "Console     $link   (signs you in as an administrator, once)"
  jq -r '.[] | .digest as $digest | .references[] | "Image       " + (. + "                                        ")[:40] + " " + $digest' <<<"$builds"
  say "Log in      podman login --tls-verify=false --username admin --password $api_token $1"
  say "Run one     podman run --rm --tls-verify=false ${run_flags[*]-} $first"
  say ""
}

# Independent programs confirm what the server says.
check_demo() {
  local auth=$demo_home/auth.json reference digest found output
  (umask 077 && jq -n --arg host "$1" --arg login "$(printf 'admin:%s' "$api_token" | base64 -w 0)" \
    '{auths: {($host): {auth: $login}}}' >"$auth")
  while read -r reference digest; do
    if skopeo inspect --no-creds --tls-verify=false "docker://$reference" >/dev/null 2>&1; then
      die "$reference can be read without a login."
    fi
    found=$(skopeo inspect --authfile "$auth" --tls-verify=false --format '{{.Digest}}' "docker://$reference") ||
      die "skopeo does not find $reference."
    [ "$found" = "$digest" ] || die "skopeo finds $found at $reference, the server says $digest."
    say "confirmed   $reference is $digest"
  done < <(jq -r '.[] | .digest as $digest | .references[] | . + " " + $digest' <<<"$builds")
  reference=$(jq -r '.[0].references[0]' <<<"$builds")
  output=$(podman --root "$demo_home/podman" --runroot "$demo_home/podman-run" --storage-driver vfs \
    run --rm --authfile "$auth" --tls-verify=false --network none --runtime runc "${run_flags[@]}" "$reference" \
    2>"$demo_home/podman.log") || {
    cat "$demo_home/podman.log" >&2
    die "The image does not run."
  }
  [ "$output" = "$(cat build/sample/greeting.txt)" ] || die "The image says '$output'."
  say "ran         $reference: $output"
}

# Stops what was started, and fails when something is left.
demo_stop() {
  local tries left=''
  for pid in "${server_pid-}" "${git_pid-}"; do
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  done
  for tries in $(seq 200); do
    left=$(pgrep -f -a -- "$demo_home|/fairlead[a-z-]*[/-]$demo_name" || true)
    [ -n "$left" ] || return 0
    sleep 0.1
  done
  warn "Still running $((tries / 10)) s after they were told to stop:"
  warn "$left"
  pkill -KILL -f -- "$demo_home|/fairlead[a-z-]*[/-]$demo_name" || true
  return 1
}

demo_end() {
  local code=$?
  trap - EXIT INT TERM
  set +e
  if [ "$code" -ne 0 ] && [ "$code" -ne 130 ] && [ -s "$demo_home/server.log" ]; then
    warn "The server's last words:"
    tail -n 20 "$demo_home/server.log" >&2
  fi
  demo_stop || [ "$code" -ne 0 ] || code=1
  rm -rf "$demo_home" "/var/lib/fairlead/$demo_name" "/var/lib/fairlead-engine/$demo_name" "/run/fairlead/$demo_name" \
    "/run/fairlead-engine/$demo_name" "/dev/shm/fairlead-$demo_name" 2>/dev/null ||
    { [ "$(id -u)" -ne 0 ] && podman unshare rm -rf "$demo_home"; }
  exit "$code"
}

random_word() { head -c 18 /dev/urandom | base64 | tr '+/' 'xy'; }
