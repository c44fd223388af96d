#!/usr/bin/env bash
# Outbound only: what looking at many hosts costs one server that is in its stride. Processor time of the server and of
# what it starts, how long a source waits between two looks, and the statements that write. The host is a git that
# everybody may read; its answers are git's own, given again for as long as nobody pushes.
#   BENCH_SOURCES (1000), BENCH_SECONDS (60)
set -euo pipefail
# shellcheck source=bench/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
sources=${BENCH_SOURCES:-1000} seconds=${BENCH_SECONDS:-60}
server=${BENCH_SERVER:-$published/Fairlead.Server/release/fairlead-server}

git_port=$(free_port)
git init -q --bare -b main "$work/git/app"
start git node "$root/bench/polls/host.mjs" "$git_port" "$work/git" "$work/asked"
wait_until git 20 listens "$git_port"
url=http://127.0.0.1:$git_port
git init -q -b main "$work/tree"
git -C "$work/tree" -c user.name=bench -c user.email=bench@localhost commit -q --allow-empty -m first
for i in $(seq 20); do git -C "$work/tree" branch "topic-$i"; done
git -C "$work/tree" push -q --all "$work/git/app"

port=$(free_port)
serve() {
  start server "$server" --data "$work/data" --key-file "$work/key" --listen "127.0.0.1:$port" --registry-listen ""
  running=$started
  wait_until server 60 listens "$port"
}
gone() { ! kill -0 "$1" 2>/dev/null; }
serve
kill -TERM "$running"
wait_until server 30 gone "$running"
"$bin/Fairlead.Bench/release/fairlead-bench" polls "$work/data" "$work/key" "$url" "$sources" >"$work/seed.log"
serve

sql() { sqlite3 -readonly "$work/data/fairlead.db" "$1"; }
looked() { [ "$(sql 'select count(*) from sources where Looks > 1')" -ge "$sources" ]; }
wait_until server 300 looked

# Hundredths of a second that a process and all its ended children have used.
spent() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 + $14 + $15 }'; }
count() { sql "select sum(Looks), sum(LooksUnchanged) from sources" | tr '|' ' '; }

before=$(spent "$running") begin=$EPOCHREALTIME
read -r looks quiet < <(count)
pause "$seconds"
used=$(($(spent "$running") - before)) ms=$(ms_since "$begin")
read -r looks_after quiet_after < <(count)

# Seconds between two looks at one source, from the host's own notes: when, and which repository.
awk -v from="${begin/./}" '$1 * 1000 >= from - 60000000 { if ($2 in last) print $1 - last[$2]; last[$2] = $1 }' "$work/asked" |
  sort -n >"$work/waits"
waits() { awk -v p="$1" '{ all[NR] = $1 } END { i = int(NR * p + 0.999999); printf "%.1f", all[i < 1 ? 1 : i] / 1000 }' "$work/waits"; }

echo "$(machine); over $((ms / 1000)) s"
echo
echo "| outbound-only sources | looks a second | without news | between two looks, p50 s | p95 s | longest s | ms of processor a look | of $(nproc) cores | target |"
echo "|---|---|---|---|---|---|---|---|---|"
awk -v n="$sources" -v l="$((looks_after - looks))" -v u="$((quiet_after - quiet))" -v ms="$ms" -v cs="$used" \
  -v cores="$(nproc)" -v p50="$(waits 0.5)" -v p95="$(waits 0.95)" -v most="$(waits 1)" \
  'BEGIN { printf "| %d | %.1f | %.1f %% | %s | %s | %s | %.1f | %.0f %% | 25 %% |\n",
    n, l * 1000 / ms, 100 * u / l, p50, p95, most, cs * 10 / l, cs * 1000 / ms / cores }'
