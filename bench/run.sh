#!/usr/bin/env bash
# `./dev bench [NAME...]`: runs the measurements named, or all.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
[ $# -gt 0 ] || set -- webhook push server polls list ledger
for name in "$@"; do
  [ -f "$here/$name.sh" ] || {
    echo "There is no measurement '$name'." >&2
    exit 64
  }
  bash "$here/$name.sh"
done
