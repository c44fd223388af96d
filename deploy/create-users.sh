#!/bin/sh
# Creates the two unprivileged users a server run as root hands work to. Safe to run again; touches nothing that exists.
#   fairlead-engine  runs the image engines, in user namespaces of its subordinate id range
#   fairlead-runner  runs one job at a time; its supplementary group lets it speak to an engine's socket
set -eu

[ "$(id -u)" = 0 ] || { echo "create-users: must run as root" >&2; exit 1; }

for user in fairlead-engine fairlead-runner; do
    id "$user" >/dev/null 2>&1 ||
        useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$user"
done

id -nG fairlead-runner | tr ' ' '\n' | grep -qx fairlead-engine || usermod --append --groups fairlead-engine fairlead-runner

# One range of 65536 ids above every range that is taken, the same in both files.
start=$(cat /etc/subuid /etc/subgid 2>/dev/null |
    awk -F: 'BEGIN { top = 100000 } $2 + $3 > top { top = $2 + $3 } END { print top }')
for file in /etc/subuid /etc/subgid; do
    grep -q "^fairlead-engine:" "$file" 2>/dev/null || echo "fairlead-engine:$start:65536" >>"$file"
done
