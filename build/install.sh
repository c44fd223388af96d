#!/usr/bin/env bash
# Installs Debian packages without starting the services some of them bring: we run our own copies, unprivileged
# and on our own ports, and a registry without a login on port 5000 is nobody's wish.
set -euo pipefail

policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi

before=$(ls /lib/systemd/system)
apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"

if [ -d /run/systemd/system ]; then
  for unit in docker.service docker.socket docker-registry.service postgresql.service ssh.service webhook.service; do
    if [ -e "/lib/systemd/system/$unit" ] && ! grep -qx "$unit" <<<"$before"; then
      systemctl disable --quiet "$unit"
    fi
  done
fi
