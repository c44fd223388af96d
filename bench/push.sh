#!/usr/bin/env bash
# From `git push` to the image in the registry: Fairlead beside a shell hook and beside Debian's buildbot, all with
# the same kind of rootless BuildKit daemon, turn by turn in one run. Ends with the tag on the registry's disk.
#   BENCH_ROUNDS (5), BENCH_SIZES ("10000 20" files)
# shellcheck disable=SC2154 # what its parts leave in variables
set -euo pipefail
# shellcheck source=bench/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
for part in repositories engine buildbot fairlead; do
  # shellcheck source=/dev/null
  . "$root/bench/push/$part.sh"
done
rounds=${BENCH_ROUNDS:-5}
read -ra sizes <<<"${BENCH_SIZES:-10000 20}"
lanes=(floor fairlead)
command -v buildbot >/dev/null && command -v buildbot-worker >/dev/null && lanes+=(buildbot)
scenarios=(cold warm unchanged)

# repository_of LANE FILES: where a registry keeps it on disk.
repository_of() {
  if [ "$1" = fairlead ]; then
    echo "$work/data/registry/blobs/docker/registry/v2/repositories/bench/n$2"
  else
    echo "$work/blobs/docker/registry/v2/repositories/$1-$2"
  fi
}

prepare() {
  local size lane
  start_git_host
  start_registry
  start_engine "$registry"
  for size in "${sizes[@]}"; do
    for lane in "${lanes[@]}"; do lay "$lane" "$size"; done
    hook floor "$size" "exec sh '$root/bench/push/floor.sh' '$engine' '127.0.0.1:$registry/floor-$size'"
    # shellcheck disable=SC2016 # for the hook to read
    hook fairlead "$size" 'cat >>"$EMULATOR_PUSHES"'
  done
  start_fairlead
  for size in "${sizes[@]}"; do bind_fairlead "$size"; done
  [ "${#lanes[@]}" -lt 3 ] || start_buildbot "$engine" "127.0.0.1:$registry"
}

# forget LANE FILES: no layers, no copy of the repository.
forget() {
  case "$1" in
    fairlead) forget_layers "$fairlead_engine" && rm -rf "$fairlead_mirrors" ;;
    buildbot) forget_layers "$engine" && rm -rf "$work/buildbot/worker/image-$2/build" ;;
    floor) forget_layers "$engine" ;;
  esac
}

# turn LANE FILES SCENARIO ROUND: one push; round 0 warms up.
turn() {
  local lane=$1 size=$2 commit begin link took
  [ "$3" != cold ] || forget "$lane" "$size"
  change "$lane" "$size" "$3"
  commit=$(a_git -C "$work/$lane-$size" rev-parse HEAD)
  link=$(repository_of "$lane" "$size")/_manifests/tags/$commit/current/link
  rm -f "$work/hook"
  [ "$lane" != fairlead ] || ln -s "$work/hook-$size" "$work/hook"
  sync
  begin=$EPOCHREALTIME
  a_git -C "$work/$lane-$size" push --quiet origin HEAD:main >>"$work/push.log" 2>&1 &
  wait_until push 180 arrived "$lane" "$link" $!
  [ -e "$link" ] || die "The floor's hook failed: $(tail -n 5 "$work/push.log")"
  took=$(ms_since "$begin")
  wait $!
  [ "$lane" != fairlead ] || settle_fairlead "$size" "$commit" "$begin" "$3" "$4"
  [ "$4" -eq 0 ] || echo "$took" >>"$work/took-$lane-$size-$3"
}

# arrived LANE LINK PUSH: the image is there, or cannot come any more, as the floor's push lasts as long as its hook.
arrived() { [ -e "$2" ] || { [ "$1" = floor ] && ! kill -0 "$3" 2>/dev/null; }; }

table() {
  local size scenario lane row floor took
  echo "$(machine); median of $rounds; seconds from \`git push\` to the tag in the registry, and the ratio to the floor"
  echo
  echo "| repository | shell hook (floor) | Fairlead | ratio |${lanes[2]:+ buildbot | ratio |}"
  echo "|---|---|---|---|${lanes[2]:+---|---|}"
  for size in "${sizes[@]}"; do
    for scenario in "${scenarios[@]}"; do
      floor=$(median <"$work/took-floor-$size-$scenario")
      row="| $size files, $scenario | $(seconds "$floor") |"
      for lane in "${lanes[@]:1}"; do
        took=$(median <"$work/took-$lane-$size-$scenario")
        row+=" $(seconds "$took") | $(ratio "$took" "$floor") |"
      done
      echo "$row"
    done
  done
  echo
  fairlead_parts
  echo
  echo "Idle, resident MB: the server of Fairlead $(resident_alone "$fairlead_server")."
  [ "${#lanes[@]}" -lt 3 ] ||
    echo "buildbot: master $(resident "$buildbot_master"), worker $(resident "$buildbot_worker")."
}

prepare
order=("${lanes[@]}")
for round in $(seq 0 "$rounds"); do
  for size in "${sizes[@]}"; do
    for scenario in "${scenarios[@]}"; do
      for lane in "${order[@]}"; do turn "$lane" "$size" "$scenario" "$round"; done
    done
  done
  order=("${order[@]:1}" "${order[0]}")
done
table
