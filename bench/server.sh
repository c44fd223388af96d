#!/usr/bin/env bash
# The server by itself: seconds from its start to the first page served, and what it keeps in memory when idle.
#   BENCH_ROUNDS (5), BENCH_IDLE (20 s)
set -euo pipefail
# shellcheck source=bench/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
rounds=${BENCH_ROUNDS:-5} idle=${BENCH_IDLE:-20}
server=${BENCH_SERVER:-$published/Fairlead.Server/release/fairlead-server}

# A page as a browser gets it: followed to the end, with everything it was redirected to.
page() { curl --silent --fail --location --noproxy '*' --output /dev/null "http://127.0.0.1:$1/"; }

# once DATA NAME: one start; appends to took-NAME.
once() {
  local port begin
  port=$(free_port)
  begin=$EPOCHREALTIME
  start server "$server" --data "$1" --key-file "$work/key" --listen "127.0.0.1:$port" \
    --registry-listen "127.0.0.1:$(free_port)"
  wait_until server 60 page "$port"
  ms_since "$begin" >>"$work/took-$2"
  running=$started
  address=$port
}

stop() {
  kill -TERM "$running"
  wait_until server 30 gone "$running"
}

gone() { ! kill -0 "$1" 2>/dev/null; }

# page once more after BENCH_IDLE seconds, as an instance that people look at now and then.
rest() {
  for _ in $(seq 20); do page "$address"; done
  pause "$idle"
  resident_alone "$running" >>"$work/memory"
  echo >>"$work/memory"
}

for round in $(seq "$rounds"); do
  data=$work/data$round
  once "$data" new
  stop
  once "$data" again
  [ "$round" -gt 2 ] || rest
  stop
done

echo "$(machine); median of $rounds"
echo
echo "| server | measured | target |"
echo "|---|---|---|"
echo "| start to first page, empty data directory, s | $(seconds "$(median <"$work/took-new")") | |"
echo "| start to first page, s | $(seconds "$(median <"$work/took-again")") | 1.50 |"
echo "| idle after twenty pages and $idle s, resident MB | $(median <"$work/memory") | 150 |"
