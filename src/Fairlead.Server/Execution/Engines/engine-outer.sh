#!/bin/sh
# Becomes one slot's engine. The death of this process ends everything, since what is inside lives in its pid
# namespace; the doors outside are in its process group.
#   engine-outer.sh RUN STATE USER CGROUPS DOORS OWN ARGS...
# USER is "-" to stay who we are. CGROUPS are directories to join, DOORS are address:port, OWN are this machine's
# addresses, each list separated by spaces. ARGS become the engine, inside.
set -eu
run=$1 state=$2 user=$3 cgroups=$4 doors=$5 own=$6
shift 6
for group in $cgroups; do
    echo $$ >"$group/cgroup.procs"
done
as() {
    if [ "$user" = - ]; then exec "$@"; fi
    exec setpriv --reuid="$user" --regid="$user" --init-groups --reset-env "$@"
}
for door in $doors; do
    as socat -b 65536 "UNIX-LISTEN:$run/door-${door%:*}-${door##*:},fork,mode=0600,unlink-early" "TCP4:$door" &
done
as env HOME="$state/home" XDG_RUNTIME_DIR="$run" \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    rootlesskit --state-dir="$run/rootlesskit" --net=slirp4netns --disable-host-loopback --mtu=65520 \
    --port-driver=none --copy-up=/etc --copy-up=/run --propagation=rslave --pidns --ipcns --utsns \
    sh "$state/engine-inner.sh" "$run" "$state" "$doors" "$own" "$@"
