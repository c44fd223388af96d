#!/bin/sh
# Runs as root of the engine's own namespaces; makes a root directory that holds the system's programs, read-only, and
# the engine's store, moves into it for good, then becomes ARGS. buildah mounts what a Dockerfile names: here that is
# the worst it can reach.
#   jail-enter.sh RUN STATE STORE CACHE_MEGABYTES ARGS...
set -eu
run=$1 state=$2 store=$3 limit=$4
shift 4

jail="$run/jail"
mkdir -p "$jail" "$store/tmp" "$store/lib" "$store/home"
rm -rf "$store/tmp/"*
# buildah's cache has no limit of its own: one that outgrew it is begun anew.
if [ "$(du -sm "$store" | cut -f1)" -gt "$limit" ]; then
    rm -rf "$store/graph" "$store/cache"
fi
mount -t tmpfs -o mode=0755,size=16m jail "$jail"
cd "$jail"
mkdir -p usr etc/containers proc sys dev tmp run store secrets root var/tmp var/lib/containers machine
for link in bin sbin lib lib64; do
    ln -s "usr/$link" "$link"
done

mount --bind /usr usr
mount -o remount,bind,ro usr
for name in ssl ca-certificates alternatives; do
    if [ -d "/etc/$name" ]; then
        mkdir "etc/$name"
        mount --bind "/etc/$name" "etc/$name"
    fi
done
cp -L /etc/resolv.conf /etc/hosts /etc/nsswitch.conf /etc/ld.so.cache etc/
echo root:x:0:0::/root:/bin/sh >etc/passwd
echo root:x:0: >etc/group
cp "$state/storage.conf" "$state/policy.json" "$state/registries.conf" etc/containers/
cp -R "$state/certs.d" etc/containers/
cp "$state/jail-serve.sh" etc/

mount -t proc proc proc
mount --rbind /sys sys
mount -t tmpfs -o mode=0755,size=1m dev dev
for name in null zero full random urandom tty; do
    : >"dev/$name"
    mount --bind "/dev/$name" "dev/$name"
done
ln -s /proc/self/fd dev/fd
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
mount -t tmpfs -o mode=1777 shm dev/shm

mount -t tmpfs -o mode=0700 secrets secrets
mount --bind "$run" run
mount --bind "$store" store
mount --bind "$store/tmp" tmp
mount --bind "$store/tmp" var/tmp
mount --bind "$store/lib" var/lib/containers
mount --bind "$store/home" root

pivot_root . machine
cd /
umount -l /machine
rmdir /machine
mount -o remount,ro /
exec "$@"
