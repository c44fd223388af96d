#!/usr/bin/env bash
# Webhook ingest: this server (which stores each delivery before it answers) beside receivers that store nothing.
# All in one run, turn by turn; prints a table of medians. Needs wrk, node, npm and openssl.
#   BENCH_ROUNDS (3), BENCH_SECONDS (5), BENCH_CONNECTIONS (16)
set -euo pipefail
# shellcheck source=bench/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
rounds=${BENCH_ROUNDS:-3} seconds=${BENCH_SECONDS:-5} connections=${BENCH_CONNECTIONS:-16}

# start_at NAME PORT PROGRAM ARGS...: back when it listens.
start_at() {
  local name=$1 port=$2
  shift 2
  start "$name" "$@"
  wait_until "$name" 20 listens "$port"
}

# A push as GitHub sends it, of 5.6 KB.
node "$root/bench/webhook/push.mjs" >"$work/push.json"
export BENCH_BODY=$work/push.json

fairlead=$(free_port)
start_at server "$fairlead" "$published/Fairlead.Server/release/fairlead-server" --data "$work/data" \
  --key-file "$work/key" --listen "127.0.0.1:$fairlead" --registry-listen ""
read -r hook secret < <("$bin/Fairlead.Bench/release/fairlead-bench" seed "$work/data" "$work/key" | tail -1)
BENCH_SIGNATURE=sha256=$(openssl dgst -sha256 -hmac "$secret" -r "$BENCH_BODY" | cut -d' ' -f1)
export BENCH_SIGNATURE

floor=$(free_port)
start_at floor "$floor" "$bin/Fairlead.Bench/release/fairlead-bench" floor "$floor" "$secret"

mkdir -p "$root/artifacts/bench/npm"
cp "$root/bench/webhook/receiver.mjs" "$root/artifacts/bench/npm/"
(cd "$root/artifacts/bench/npm" && npm install --silent --no-fund --no-audit --save-exact @octokit/webhooks@14.2.0 >/dev/null)
octokit=$(free_port)
start_at octokit "$octokit" node "$root/artifacts/bench/npm/receiver.mjs" "$octokit" "$secret"

receiver=$(command -v webhook || true)
if [ -z "$receiver" ]; then
  (cd "$work" && apt-get download -q webhook >/dev/null && dpkg-deb -x webhook_*.deb webhook)
  receiver=$work/webhook/usr/bin/webhook
fi
cat >"$work/hooks.json" <<JSON
[{"id": "push", "execute-command": "/bin/true", "trigger-rule": {"match": {"type": "payload-hmac-sha256",
  "secret": "$secret", "parameter": {"source": "header", "name": "X-Hub-Signature-256"}}}}]
JSON
debian=$(free_port)
start_at webhook "$debian" "$receiver" -hooks "$work/hooks.json" -ip 127.0.0.1 -port "$debian" -urlprefix hooks

names=("Fairlead (stored, synced)" "bare Kestrel + HMAC" "@octokit/webhooks 14.2.0" "Debian webhook 2.8.0 + /bin/true")
ports=("$fairlead" "$floor" "$octokit" "$debian")
paths=("/hooks/$hook" /hook /hook /hooks/push)
for round in $(seq 0 $((rounds + 1))); do
  for i in "${!names[@]}"; do
    settle
    BENCH_PATH=${paths[i]} BENCH_RUN=$round wrk -t1 -c"$connections" -d"$seconds"s \
      -s "$root/bench/webhook/push.lua" "http://127.0.0.1:${ports[i]}/" | grep RESULT >"$work/out"
    # The first rounds warm up: two of the receivers are compiled while they run.
    [ "$round" -lt 2 ] || cat "$work/out" >>"$work/result-$i"
  done
done

floor_rate=$(awk '{print $2}' "$work/result-1" | median)
echo "$(machine); $connections connections, median of $rounds x $seconds s"
echo
echo "| receiver | requests/s | of the floor | p50 ms | p99 ms | refused |"
echo "|---|---|---|---|---|---|"
for i in "${!names[@]}"; do
  rate=$(awk '{print $2}' "$work/result-$i" | median)
  printf '| %s | %s | %s | %s | %s | %s |\n' "${names[i]}" "$rate" \
    "$(ratio "$rate" "$floor_rate")" \
    "$(awk '{print $3}' "$work/result-$i" | median)" "$(awk '{print $4}' "$work/result-$i" | median)" \
    "$(awk '{n += $5} END {print n}' "$work/result-$i")"
done
