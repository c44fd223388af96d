#!/bin/sh
# Answers one connection to the jail (standard input and output): an archive with the request, for a build or an
# import another with the directory, then lines of the engine, then "NONCE EXIT IMAGE". When the caller goes, all of
# it ends.
#   request: command (build, export, import), nonce, arguments separated by NUL, cache; files the arguments name
set -eu
umask 077
trap 'exit 1' HUP INT TERM PIPE
secrets=$(mktemp -d /secrets/job.XXXXXX)
work=$(mktemp -d /store/tmp/job.XXXXXX)
trap 'rm -rf "$secrets" "$work"' EXIT

tar -b 1 -x --no-same-owner -C "$secrets" 2>/dev/null || exit 1
nonce=$(cat "$secrets/nonce")
ln -s "$secrets" "$work/job"
mkdir "$work/context" "$work/out"
cd "$work/context"
export _CONTAINERS_USERNS_CONFIGURED=done BUILDAH_ISOLATION=oci BUILDAH_RUNTIME=runc HOME=/root XDG_RUNTIME_DIR=/run
export TMPDIR="/store/cache/$(cat "$secrets/cache")"
mkdir -p "$TMPDIR"

build() {
    tar -b 1 -x --no-same-owner -C "$work/context" 2>&1 || return 1
    # A pid and mount namespace of its own: killed as one, and what buildah mounts goes with it.
    exec 3<&0
    unshare --pid --fork --kill-child --mount-proc \
        xargs -0 -x -n 10000 -a "$secrets/arguments" buildah </dev/null 2>&1 3<&- &
    build=$!
    { cat <&3 >/dev/null || true; kill -9 $build; } 2>/dev/null &
    watcher=$!
    exit=0
    wait $build || exit=$?
    kill $watcher 2>/dev/null || true
    # A base fetched with one job's login must not be there by name for a job without; layers in use stay as cache.
    buildah images --noheading --filter dangling=false --format '{{.Name}}:{{.Tag}}' 2>/dev/null |
        xargs -r -n 1 buildah rmi >/dev/null 2>&1 || true
    return $exit
}

export_image() {
    xargs -0 -x -n 10000 -a "$secrets/arguments" buildah </dev/null 2>&1
}

import_image() {
    tar -b 1 -x --no-same-owner -C "$work/out" 2>&1 || return 1
    image=$(buildah pull --quiet dir:../out </dev/null) && buildah tag "$image" "$(cat "$secrets/name")" 2>&1
}

exit=0
case $(cat "$secrets/command") in
build) build || exit=$? ;;
export) export_image || exit=$? ;;
import) import_image || exit=$?; rm -f "$work/out/manifest.json" ;;
esac
echo
echo "$nonce $exit $(cat "$secrets/image-id" 2>/dev/null || true)"
[ "$exit" != 0 ] || [ ! -f "$work/out/manifest.json" ] || tar -b 1 -c -C "$work/out" .
