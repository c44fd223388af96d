#!/usr/bin/env bash
# From a host's request to the event in the ledger, as anybody sees it over the API: signed deliveries of pushes to one
# branch after the other, at a steady pace. What is asked is asked every few milliseconds, which is in the figures.
#   BENCH_PUSHES (600), BENCH_PACE (20 a second)
set -euo pipefail
# shellcheck source=bench/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
pushes=${BENCH_PUSHES:-600} pace=${BENCH_PACE:-20}

port=$(free_port)
start server "${BENCH_SERVER:-$published/Fairlead.Server/release/fairlead-server}" --data "$work/data" \
  --key-file "$work/key" --listen "127.0.0.1:$port" --registry-listen ""
set_up "http://127.0.0.1:$port"
read -r hook secret < <("$bin/Fairlead.Bench/release/fairlead-bench" seed "$work/data" "$work/key" | tail -1)
settle
BENCH_SECRET=$secret node "$root/bench/ledger/push.mjs" "http://127.0.0.1:$port" "$hook" "$api_header" "$pushes" "$pace" \
  >"$work/took"

echo "$(machine); $pushes pushes to one repository, $pace a second"
echo
echo "| milliseconds | p50 | p95 | p99 | longest | target, p95 |"
echo "|---|---|---|---|---|---|"
for what in answered event; do
  awk -v what="$what" '$1 == what { print $2 }' "$work/took" | sort -n |
    awk -v what="$what" '{ all[NR] = $1 } function at(p, i) { i = int(NR * p + 0.999999); return all[i] }
      END { printf "| request to %s | %.0f | %.0f | %.0f | %.0f | %s |\n", what == "event" ? "event" : "answer",
        at(0.5), at(0.95), at(0.99), all[NR], what == "event" ? 100 : "" }'
done
