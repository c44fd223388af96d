# shellcheck shell=bash
# shellcheck disable=SC2154 # root: set by dev
# What each verb needs from Debian, and how it gets there.

# name of the file that proves it | package | what for | verbs that need it
packages() {
  cat <<'TABLE'
git|git|sources|build up test bench
node|nodejs|web assets|build up test bench
npm|npm|web assets|build up test bench
/usr/bin/docker|docker.io|builds images (BuildKit)|up test bench
dockerd|docker.io|builds images (BuildKit)|up test bench
rootlesskit|rootlesskit|keeps builds away from root|up test bench
slirp4netns|slirp4netns|keeps builds away from this machine's network|up test bench
newuidmap|uidmap|users inside builds|up test bench
ip|iproute2|the network inside builds|up test bench
socat|socat|the doors of that network|up test bench
buildah|buildah|builds images where docker is missing|up test bench
runc|runc|runs build steps|up test bench
docker-registry|docker-registry|keeps images|up test bench
skopeo|skopeo|copies and inspects images|up test bench
setpriv|util-linux|drops privileges|up test bench
ssh|openssh-client|git over ssh|up test bench
/usr/bin/busybox|busybox-static|the sample image's only program|demo test bench
curl|curl|talks to the server|demo test bench
jq|jq|reads its answers|demo test bench
pgrep|procps|makes sure nothing is left running|demo test
podman|podman|runs an image as a user would|demo test
sshd|openssh-server|a git host over ssh to test against|test
/usr/lib/postgresql/*/bin/postgres|postgresql|the other database|test
chromium|chromium|looks at the console's pages|test
shellcheck|shellcheck|reads our scripts|test
strace|strace|proves what reaches the disk|test bench
openssl|openssl|an independent check of signatures|test
wrk|wrk|load for the webhook receiver|bench
webhook|webhook|a receiver to compare with|bench
buildbot|buildbot|another way from push to image to compare with|bench
buildbot-worker|buildbot-worker|its worker|bench
TABLE
}

# need VERB...: installs what is missing for these verbs, one line per thing.
need() {
  local missing=() program package purpose verbs verb
  while IFS='|' read -r program package purpose verbs; do
    for verb in "$@"; do
      if [[ " $verbs " == *" $verb "* ]] && ! has "$program"; then
        [[ " ${missing[*]-} " == *" $package "* ]] || {
          say "needs $package ($purpose)"
          missing+=("$package")
        }
      fi
    done
  done < <(packages)
  [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
  need_dotnet
  [[ " $* " != *" up "* ]] || need_users
}

# Run by root, the server gives builds to users of their own.
need_users() {
  if [ "$(id -u)" -eq 0 ] && ! { id fairlead-runner && id fairlead-engine; } >/dev/null 2>&1; then
    step "make the users that builds run as" -- bash deploy/create-users.sh
  fi
}

# has PROGRAM: a bare name is looked up where the server looks; a path may be a pattern.
has() {
  local PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  case "$1" in
    /*) compgen -G "$1" >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

install_packages() {
  local run=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "These packages are missing. As root, run: apt-get install -y $*"
    run=(sudo)
  fi
  command -v apt-get >/dev/null || die "This is no Debian: install by hand what provides: $*"
  # An index that is a day old or empty may not know the packages.
  if [ -z "$(find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -mtime -1 -print -quit 2>/dev/null)" ]; then
    step "read Debian's package index" -- "${run[@]}" apt-get update ||
      die "The package index is out of reach. Once it is back, run: apt-get update && apt-get install -y $*"
  fi
  say "installing $# packages from Debian ..."
  "${run[@]}" env DEBIAN_FRONTEND=noninteractive bash "$root/build/install.sh" "$@" </dev/null ||
    die "That did not work. By hand, as root: apt-get install -y $*"
}

need_dotnet() {
  command -v dotnet >/dev/null ||
    die "The .NET 10 SDK is missing: https://learn.microsoft.com/dotnet/core/install/linux-debian says how to install it."
  dotnet --version >/dev/null 2>&1 ||
    die "The .NET SDK is older than global.json asks for ($(jq -r .sdk.version global.json 2>/dev/null || echo 10.0))."
}
