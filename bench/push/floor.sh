#!/bin/sh
# The floor: what a person writes into hooks/post-receive. Clones, builds with cache, pushes.
#   floor.sh SOCKET REPOSITORY_OF_IMAGES
set -eu
# Debian's own client has BuildKit built in; newer ones ask for a plugin.
read -r _ after _
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
export DOCKER_HOST="unix://$1" DOCKER_BUILDKIT=1
git clone --quiet "$PWD" "$tree"
unset GIT_DIR
git -C "$tree" checkout --quiet "$after"
/usr/bin/docker build --quiet --network host --tag "$2:$after" "$tree" >/dev/null
/usr/bin/docker push --quiet "$2:$after" >/dev/null
