# shellcheck shell=bash
# Words on the terminal, and how long things took.

say() { printf '%s\n' "$*"; }

warn() { printf '%s\n' "$*" >&2; }

die() {
  printf 'dev: %s\n' "$*" >&2
  exit 1
}

# step WORDS -- COMMAND...: runs a command and says how long it took; its output is shown only when it fails.
step() {
  local words=$1 log begin
  shift 2
  log=$(mktemp)
  begin=$EPOCHREALTIME
  if "$@" >"$log" 2>&1 </dev/null; then
    printf '%-62s %6s s\n' "$words" "$(since "$begin")"
    rm -f "$log"
  else
    local code=$?
    cat "$log" >&2
    rm -f "$log"
    warn "failed: $words (after $(since "$begin") s)"
    return "$code"
  fi
}

# since INSTANT: seconds with one digit, from a value of $EPOCHREALTIME.
since() {
  local now=${EPOCHREALTIME//[.,]/} then=${1//[.,]/}
  local tenths=$(((now - then) / 100000))
  printf '%d.%d' $((tenths / 10)) $((tenths % 10))
}
