#!/usr/bin/env bash
# Installs Debian packages without starting the services some of them bring: we run our own copies, unprivileged
# and on our own ports, and a registry without a login on port 5000 is nobody's wish. One line for each.
set -euo pipefail

policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi

before=$(ls /lib/systemd/system)
log=$(mktemp)
begin=$SECONDS
apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" 2>&1 | tee "$log" |
  while read -r line; do
    for package in "$@"; do
      [[ $line != "Setting up $package "* ]] || printf '%-62s %6s s\n' "installed $package" $((SECONDS - begin))
    done
  done || {
  tail -n 20 "$log" >&2
  exit 1
}
rm -f "$log"

if [ -d /run/systemd/system ]; then
  for unit in docker.service docker.socket docker-registry.service postgresql.service ssh.service webhook.service; do
    if [ -e "/lib/systemd/system/$unit" ] && ! grep -qx "$unit" <<<"$before"; then
      systemctl disable --quiet "$unit"
    fi
  done
fi
