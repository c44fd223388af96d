# shellcheck shell=bash
# shellcheck disable=SC2034 # who sources it uses what is set here
# What the measurements share: a private directory, children that end with the script, free ports, medians.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
bin=$root/artifacts/bin published=$root/artifacts/publish
work=$(mktemp -d)
chmod 711 "$work"
children=()
# shellcheck source=build/say.sh
. "$root/build/say.sh"
# shellcheck source=build/api.sh
. "$root/build/api.sh"

bench_end() {
  local code=$? child name
  # A second Ctrl-C must not leave half of it running.
  trap - EXIT
  trap '' INT TERM
  set +e
  # Each child leads a session of its own: what it started ends with it.
  for child in "${children[@]}"; do kill -TERM -- "-$child" 2>/dev/null; done
  for child in "${children[@]}"; do
    for _ in $(seq 100); do kill -0 -- "-$child" 2>/dev/null || break && pause 0.1; done
    kill -KILL -- "-$child" 2>/dev/null
  done
  wait 2>/dev/null
  # Run by root, a server keeps what builds touch outside its data directory, by these names.
  for data in "$work"/data*; do
    name=$(printf '%s' "$data" | sha256sum | cut -c 1-8)
    rm -rf "/var/lib/fairlead/$name" "/var/lib/fairlead-engine/$name" "/run/fairlead/$name" \
      "/run/fairlead-engine/$name" "/dev/shm/fairlead-$name" 2>/dev/null
  done
  rm -rf "$work" 2>/dev/null || podman unshare rm -rf "$work"
  exit "$code"
}
trap bench_end EXIT
trap 'exit 130' INT TERM

pause() { read -rt "$1" <> <(:) || true; }

free_port() {
  node -e 's=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'
}

# start NAME PROGRAM ARGS...: in the background, output to NAME.log; its process id is left in $started.
start() {
  local name=$1
  shift
  setsid "$@" >>"$work/$name.log" 2>&1 </dev/null &
  started=$!
  children+=("$started")
}

# wait_until NAME SECONDS COMMAND...: waits until the command succeeds.
wait_until() {
  local name=$1 tries=$(($2 * 50))
  shift 2
  while ! "$@"; do
    if [ $((tries--)) -le 0 ]; then
      tail -n 30 "$work/$name.log" >&2
      die "The $name did not get where it should; its words are above."
    fi
    pause 0.02
  done
}

# set_up URL: becomes the administrator of a new server that was started by the name "server".
set_up() {
  local link
  wait_until server 60 grep -qE '/link/[A-Za-z0-9]+' "$work/server.log"
  link=$(grep -oE '/link/[A-Za-z0-9]+' "$work/server.log" | head -1)
  api_url=$1
  api_header=$work/header
  : >"$api_header"
  (umask 077 && jq -n --arg link "${link#/link/}" --arg password "$(head -c 18 /dev/urandom | base64)" \
    '{link: $link, name: "admin", password: $password, displayName: "Ada"}' | api_stdin POST /setup |
    jq -r '"Authorization: Bearer " + .token' >"$work/header.new")
  mv "$work/header.new" "$api_header"
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Waits until the processors have nothing to do: what one program still works off must not slow down the next.
settle() {
  local idle before
  for _ in $(seq 60); do
    before=$(idle_ticks)
    pause 0.5
    idle=$(($(idle_ticks) - before))
    [ "$idle" -lt $(($(nproc) * 45)) ] || return 0
  done
  echo "The machine has other work: what is measured beside it is noise." >&2
}

# Hundredths of a second in which the processors rested, since the machine started.
idle_ticks() { awk '/^cpu / { print $5 + $6 }' /proc/stat; }

# Milliseconds since an instant, a value of $EPOCHREALTIME.
ms_since() {
  local now=${EPOCHREALTIME//[.,]/} then=${1//[.,]/}
  echo $(((now - then) / 1000))
}

median() { sort -n | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)]; else print "-" }'; }

# ratio A B
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b; else print "-" }'; }

seconds() { awk -v ms="$1" 'BEGIN { printf "%.2f", ms / 1000 }'; }

# Resident megabytes of a process and all below it.
resident() {
  local all=$1 next=$1
  while next=$(pgrep -d, -P "$next"); do all+=,$next; done
  ps -o rss= -p "$all" | awk '{ kb += $1 } END { printf "%.0f", kb / 1024 }'
}

# Resident megabytes of one process.
resident_alone() { awk '/^VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status"; }

machine() { echo "$(date -u +%F), $(nproc) cores, load $(cut -d' ' -f1-2 /proc/loadavg)"; }
