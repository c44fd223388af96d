# shellcheck shell=bash
# The server's public HTTP API, as any client would call it. Who starts the server sets these two.

api_url=
# A file with the Authorization header, so that no token stands in an argument list.
api_header=

# api METHOD PATH [JSON]: the answer's body; a refusal ends the script with the server's own words.
api() {
  if [ $# -eq 3 ]; then
    printf '%s' "$3" | api_stdin "$1" "$2"
  else
    api_call "$1" "$2"
  fi
}

# api_stdin METHOD PATH: the same with the JSON from standard input, for what has secrets in it.
api_stdin() { api_call "$1" "$2" --header 'Content-Type: application/json' --data-binary @-; }

api_call() {
  local method=$1 path=$2 answer status
  shift 2
  answer=$(mktemp)
  status=$(curl --silent --show-error --noproxy '*' --max-time 60 --output "$answer" --write-out '%{http_code}' \
    --request "$method" --header "@$api_header" "$@" "$api_url/api/v1$path") || {
    rm -f "$answer"
    die "The server does not answer at $api_url."
  }
  case "$status" in
    2??) cat "$answer" && rm -f "$answer" ;;
    *)
      warn "$method $path was refused ($status): $(refusal "$answer")"
      rm -f "$answer"
      exit 1
      ;;
  esac
}

refusal() {
  jq -r '[., .parts[]?] | map(.title, .remedy) | map(select(.)) | join(" ")' "$1" 2>/dev/null || head -c 300 "$1"
}
