#!/bin/sh
# Runs as root of the engine's own user, mount, pid and network namespaces; shuts the network towards the machine,
# opens the doors, then becomes ARGS.
#   engine-inner.sh RUN STATE DOORS OWN ARGS...
set -eu
run=$1 state=$2 doors=$3 own=$4
shift 4

# This machine's addresses lead to this namespace's own loopback; link-local (cloud metadata) leads nowhere.
for address in $own; do
    ip address add "$address/32" dev lo 2>/dev/null || true
done
ip route add unreachable 169.254.0.0/16

# By relative name: a jail changes the root directory of everyone here, but not where they stand.
cd "$run"
for door in $doors; do
    socat -b 65536 "TCP4-LISTEN:${door##*:},bind=${door%:*},fork,reuseaddr" "UNIX-CONNECT:door-${door%:*}-${door##*:}" &
done
# Where the machine runs a docker of its own, these lead to what is root's there.
rm -f /run/docker /run/containerd /run/xtables.lock
rm -rf "$run/exec" "$run/exec.pid" "$run/engine.sock"
rm -rf "$HOME/.config/docker/certs.d"
mkdir -p "$HOME/.config/docker"
cp -R "$state/certs.d" "$HOME/.config/docker/"
exec "$@"
