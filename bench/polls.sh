#!/usr/bin/env bash
# Outbound only: what looking at many hosts costs one server. Processor time of the server and of the git it starts, over
# a minute after everything was looked at once. The host is a real git that everybody may read.
#   BENCH_SOURCES (1000), BENCH_SECONDS (60)
set -euo pipefail
# shellcheck source=bench/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
sources=${BENCH_SOURCES:-1000} seconds=${BENCH_SECONDS:-60}
server=${BENCH_SERVER:-$published/Fairlead.Server/release/fairlead-server}

git_port=$(free_port)
git init -q --bare -b main "$work/git/app"
start git node "$root/bench/polls/host.mjs" "$git_port" "$work/git"
wait_until git 20 listens "$git_port"
url=http://127.0.0.1:$git_port/app
git init -q -b main "$work/tree"
git -C "$work/tree" -c user.name=bench -c user.email=bench@localhost commit -q --allow-empty -m first
git -C "$work/tree" push -q "$work/git/app" main

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
looked() { [ "$(sql 'select count(*) from sources where Looks > 0')" -ge "$sources" ]; }
wait_until server 300 looked

# Hundredths of a second that a process and all its ended children have used.
spent() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 + $14 + $15 }'; }

before=$(spent "$running") looks=$(sql 'select sum(Looks) from sources') begin=$EPOCHREALTIME
pause "$seconds"
used=$(($(spent "$running") - before)) looks=$(($(sql 'select sum(Looks) from sources') - looks)) ms=$(ms_since "$begin")

echo "$(machine); over $((ms / 1000)) s"
echo
echo "| outbound-only sources | looks | a second | without news | ms of processor a look | of $(nproc) cores | target |"
echo "|---|---|---|---|---|---|---|"
awk -v n="$sources" -v l="$looks" -v ms="$ms" -v cs="$used" -v cores="$(nproc)" \
  -v u="$(sql 'select 100.0 * sum(LooksUnchanged) / sum(Looks) from sources')" \
  'BEGIN { printf "| %d | %d | %.1f | %.1f %% | %.1f | %.0f %% | 25 %% |\n",
    n, l, l * 1000 / ms, u, cs * 10 / l, cs * 1000 / ms / cores }'
