#!/usr/bin/env bash
# Webhook ingest: this server (which stores each delivery before it answers) beside receivers that store nothing.
# All in one run, turn by turn; prints a table of medians. Needs wrk, node, npm and openssl.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
bin=$root/artifacts/bin
rounds=${BENCH_ROUNDS:-3} seconds=${BENCH_SECONDS:-5} connections=${BENCH_CONNECTIONS:-16}
work=$(mktemp -d)
chmod 711 "$work"
children=()
trap 'kill "${children[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT

free_port() {
  node -e 's=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'
}
start() {
  "$@" >>"$work/log" 2>&1 &
  children+=($!)
}
until_up() {
  for _ in $(seq 200); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
    read -rt 0.1 <> <(:) || true
  done
  echo "Nothing listens on port $1." >&2
  cat "$work/log" >&2
  return 1
}
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# A push as GitHub sends it, of 5.6 KB.
node "$root/bench/webhook/push.mjs" >"$work/push.json"
export BENCH_BODY=$work/push.json

fairlead=$(free_port)
start "$bin/Fairlead.Server/release/fairlead-server" --data "$work/data" --key-file "$work/key" \
  --listen "127.0.0.1:$fairlead" --registry-listen ""
until_up "$fairlead"
read -r hook secret < <("$bin/Fairlead.Bench/release/fairlead-bench" seed "$work/data" "$work/key" | tail -1)
BENCH_SIGNATURE=sha256=$(openssl dgst -sha256 -hmac "$secret" -r "$BENCH_BODY" | cut -d' ' -f1)
export BENCH_SIGNATURE

floor=$(free_port)
start "$bin/Fairlead.Bench/release/fairlead-bench" floor "$floor" "$secret"
until_up "$floor"

mkdir -p "$root/artifacts/bench/npm"
cp "$root/bench/webhook/receiver.mjs" "$root/artifacts/bench/npm/"
(cd "$root/artifacts/bench/npm" && npm install --silent --no-fund --no-audit --save-exact @octokit/webhooks@14.2.0 >/dev/null)
octokit=$(free_port)
start node "$root/artifacts/bench/npm/receiver.mjs" "$octokit" "$secret"
until_up "$octokit"

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
start "$receiver" -hooks "$work/hooks.json" -ip 127.0.0.1 -port "$debian" -urlprefix hooks
until_up "$debian"

names=("Fairlead (stored, synced)" "bare Kestrel + HMAC" "@octokit/webhooks 14.2.0" "Debian webhook 2.8.0 + /bin/true")
ports=("$fairlead" "$floor" "$octokit" "$debian")
paths=("/hooks/$hook" /hook /hook /hooks/push)
for round in $(seq 0 "$rounds"); do
  for i in "${!names[@]}"; do
    BENCH_PATH=${paths[i]} BENCH_RUN=$round wrk -t1 -c"$connections" -d"$seconds"s \
      -s "$root/bench/webhook/push.lua" "http://127.0.0.1:${ports[i]}/" | grep RESULT >"$work/out"
    # The first round warms up.
    [ "$round" -eq 0 ] || cat "$work/out" >>"$work/result-$i"
  done
done

floor_rate=$(awk '{print $2}' "$work/result-1" | median)
echo "$connections connections, $seconds s, median of $rounds; load of the machine $(cut -d' ' -f1 /proc/loadavg) on $(nproc) cores"
echo
echo "| receiver | requests/s | of the floor | p50 ms | p99 ms | refused |"
echo "|---|---|---|---|---|---|"
for i in "${!names[@]}"; do
  rate=$(awk '{print $2}' "$work/result-$i" | median)
  printf '| %s | %s | %s | %s | %s | %s |\n' "${names[i]}" "$rate" \
    "$(awk -v a="$rate" -v b="$floor_rate" 'BEGIN { printf "%.2f", a / b }')" \
    "$(awk '{print $3}' "$work/result-$i" | median)" "$(awk '{print $4}' "$work/result-$i" | median)" \
    "$(awk '{n += $5} END {print n}' "$work/result-$i")"
done
