#!/usr/bin/env bash
# Listing many repositories of a host that is 50 ms away: this server beside the paginators of the hosts' own clients
# (@octokit/rest, @gitbeaker/rest), turn by turn in one run; then a search in what is listed.
#   BENCH_REPOSITORIES (10000), BENCH_LATENCY (50 ms), BENCH_ROUNDS (3)
set -euo pipefail
# shellcheck source=bench/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
many=${BENCH_REPOSITORIES:-10000} latency=${BENCH_LATENCY:-50} rounds=${BENCH_ROUNDS:-3}
kinds=(github gitlab gitea)

(umask 077 && echo "ada:$(head -c 20 /dev/urandom | base64 | tr -dc 'a-zA-Z0-9')" >"$work/token")
declare -A ports
for kind in "${kinds[@]}"; do
  ports[$kind]=$(free_port)
  start "$kind" "$bin/Fairlead.Emulators/release/fairlead-emulators" "$kind" --port "${ports[$kind]}" \
    --root "$work/$kind" --many "$many" --latency "$latency" --token "$work/token"
  wait_until "$kind" 60 listens "${ports[$kind]}"
done
[ -d "$root/tests/npm/node_modules/@gitbeaker" ] || npm ci --silent --prefix "$root/tests/npm" >/dev/null
mkdir -p "$root/artifacts/bench/list"
cp "$root/bench/list/client.mjs" "$root/artifacts/bench/list/"
ln -sfn "$root/tests/npm/node_modules" "$root/artifacts/bench/list/node_modules"

port=$(free_port)
start server "${BENCH_SERVER:-$published/Fairlead.Server/release/fairlead-server}" --data "$work/data" \
  --key-file "$work/key" --listen "127.0.0.1:$port" --registry-listen ""
set_up "http://127.0.0.1:$port"
api POST /reach-rules '{"host": "*", "network": "127.0.0.0/8", "plainHttp": true}' >/dev/null
for kind in "${kinds[@]}"; do
  jq -n --arg kind "$kind" --arg url "http://127.0.0.1:${ports[$kind]}" --rawfile token "$work/token" '{
      id: $kind, name: $kind, kind: $kind, scope: "public", settings: {url: $url},
      secrets: {token: ($token | ltrimstr("ada:") | rtrimstr("\n"))}
    }' | api_stdin POST /connections >/dev/null
done

repositories() { api GET "/connections/$1/repositories?$2"; }

# ours KIND: a fresh list, read to its end.
ours() {
  local begin=$EPOCHREALTIME total
  total=$(repositories "$1" "fresh=true" | jq .total)
  ms_since "$begin"
  [ "$total" -eq "$many" ] || die "$1: $total of $many repositories were listed."
}

# Each once, none missing: what stands on all pages.
whole() {
  local page
  for page in $(seq $(((many + 99) / 100))); do repositories "$1" "size=100&page=$page" | jq -r '.items[].name'; done |
    sort | uniq -c | awk -v many="$many" '$1 > 1 { twice++ } END { exit !(NR == many && !twice) }'
}

theirs() { (cd "$root/artifacts/bench/list" && node client.mjs "$1" "http://127.0.0.1:${ports[$1]}" "$many" <"$work/token"); }

for kind in "${kinds[@]}"; do ours "$kind" >/dev/null; done
for _ in $(seq "$rounds"); do
  for kind in "${kinds[@]}"; do
    ours "$kind" >>"$work/ours-$kind"
    [ "$kind" = gitea ] || theirs "$kind" >>"$work/theirs-$kind"
  done
done
for kind in "${kinds[@]}"; do
  whole "$kind" || die "$kind: a repository is missing or listed twice."
  for i in $(seq 20); do
    begin=$EPOCHREALTIME
    repositories "$kind" "q=$((i * 37 % 100))7" >/dev/null
    ms_since "$begin" >>"$work/search"
  done
done

echo "$(machine); $many repositories, each answer $latency ms away, median of $rounds; each once and none missing"
echo
echo "| host | Fairlead s | the host's own client s | times as fast | target |"
echo "|---|---|---|---|---|"
for kind in "${kinds[@]}"; do
  mine=$(median <"$work/ours-$kind") their=
  [ "$kind" = gitea ] || their=$(median <"$work/theirs-$kind")
  echo "| $kind | $(seconds "$mine") | ${their:+$(seconds "$their")} | ${their:+$(ratio "$their" "$mine")} | ${their:+5} |"
done
echo
echo "A search in what is listed, curl's start and answer's end: median $(median <"$work/search") ms," \
  "longest $(sort -n "$work/search" | tail -1) ms (target 100)."
