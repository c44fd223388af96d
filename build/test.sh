# shellcheck shell=bash
# shellcheck disable=SC2154 # published: set by dotnet.sh
# Every test, and one closing line that a machine can read.

# run_tests [FILTER...]: filters are those of the test program, e.g. --filter-class '*Vault*'.
run_tests() {
  local begin=$EPOCHREALTIME log code=0 unkempt=0
  need build up test demo
  dotnet_tools
  test_clients
  build_all
  step "check the format" -- dotnet csharpier check . || unkempt=$((unkempt + 1))
  step "check the scripts" -- shellcheck dev .ci/run build/*.sh deploy/*.sh || unkempt=$((unkempt + 1))
  mkdir -p artifacts/test
  rm -f artifacts/test/hosts.md
  log=artifacts/test/log.txt
  FAIRLEAD_TEST_PROGRAMS=$published "$(program_of tests/Fairlead.Tests)" --no-ansi --no-progress --timeout 40m \
    --results-directory artifacts/test --report-ctrf --report-ctrf-filename report.json \
    "$@" </dev/null 2>&1 | tee "$log" || code=${PIPESTATUS[0]}
  slowest artifacts/test/report.json
  hosts_as_told || unkempt=$((unkempt + 1))
  say "All of it took $(since "$begin") s."
  [ "$unkempt" -eq 0 ] || warn "Style counts as a test: ./dev fmt formats, shellcheck says what to change in scripts, and a table is looked at."
  close "$log" "$code" "$unkempt"
}

# What the emulators of code hosts are held to comes from npm, by lock file.
test_clients() {
  local dir=tests/npm
  if [ ! -e "$dir/node_modules/.package-lock.json" ] ||
    [ "$dir/package-lock.json" -nt "$dir/node_modules/.package-lock.json" ]; then
    step "fetch test clients" -- npm ci --prefix "$dir" --no-audit --no-fund --loglevel=error
  fi
  [ "$dir/node_modules/.descriptions/github.json" -nt "$dir/excerpt.mjs" ] ||
    step "fetch GitHub's description" -- github_description "$dir"
  local host
  for host in gitea gitlab; do
    [ "$dir/node_modules/.descriptions/$host.json" -nt "$dir/described.mjs" ] ||
      step "describe $host by its client's types" -- typed_description "$dir" "$host"
  done
}

typed_description() {
  local to=$1/node_modules/.descriptions
  mkdir -p "$to" && node "$1/described.mjs" "$2" >"$to/$2.part" && mv "$to/$2.part" "$to/$2.json"
}

# Unpacked, the package has 400 MB: one file of it is, and of that what the emulators answer is kept.
github_description() {
  local keep=$1/node_modules/.descriptions work file=package/generated/ghes-3.19.json
  work=$(mktemp -d) && mkdir -p "$keep"
  npm pack @octokit/openapi@23.0.2 --pack-destination "$work" --silent >/dev/null &&
    sha256sum --check --quiet <<<"71a18407dd5e8464f4e0525daf03deabbe65abd9287d6adc7b5d98f516cd0d0c  $work/octokit-openapi-23.0.2.tgz" &&
    tar -xzf "$work/octokit-openapi-23.0.2.tgz" -C "$work" "$file" &&
    node "$1/excerpt.mjs" "$work/$file" >"$work/excerpt.json" &&
    mv "$work/excerpt.json" "$keep/github.json"
  local code=$?
  rm -rf "$work"
  return $code
}

# docs/providers.md tells what the contract's tests saw each code host do; a run of only some tests saw too little.
hosts_as_told() {
  local seen=artifacts/test/hosts.md doc=docs/providers.md
  [ -f "$seen" ] || return 0
  sed '/^<!-- hosts -->$/,/^<!-- \/hosts -->$/!d' "$doc" | sed '1d;$d' | diff - "$seen" >/dev/null && return
  sed -i -e "/^<!-- hosts -->\$/r $seen" -e '/^<!-- hosts -->$/,/^<!-- \/hosts -->$/{/^|/d}' "$doc"
  warn "The hosts no longer do what $doc says. Its table was written anew: look at the change."
  return 1
}

slowest() {
  [ -f "$1" ] && command -v jq >/dev/null || return 0
  say "The slowest tests, in seconds:"
  jq -r '.results.tests | sort_by(-.duration)[:10][] | "\(.duration / 100 | round / 10)  \(.name)"' "$1"
}

# close LOG CODE FAILED: the counts, alone on the last line; fails when a test or FAILED checks did, or none ran.
close() {
  local passed failed skipped
  passed=$(count succeeded "$1")
  failed=$(count failed "$1")
  skipped=$(count skipped "$1")
  if [ -z "$passed" ]; then
    warn "The tests ended without a summary (exit code $2)."
    say "0 passed, 1 failed, 0 skipped"
    exit 1
  fi
  [ $((passed + failed)) -gt 0 ] || warn "No test ran."
  failed=$((failed + $3))
  say "$passed passed, $failed failed, $skipped skipped"
  [ "$2" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] || exit 1
}

count() { sed -n "s/^ *$1: \([0-9][0-9]*\)\$/\1/p" "$2" | tail -n 1; }
