# shellcheck shell=bash
# Looks at every outside thing Fairlead leans on; one line each, and what to do.

doctor() {
  local trouble=0 program package purpose verbs
  while IFS='|' read -r program package purpose verbs; do
    if ! has "$program" && [ "$verbs" = bench ]; then
      printf '%-10s %-36s %s\n' optional "$program" "only for ./dev bench ($package)"
    elif ! has "$program"; then
      wrong "$program" "$purpose, for: $verbs" "apt-get install $package"
    else
      right "$program" "$(version_of "$program")"
    fi
  done < <(packages)
  check_versions
  check_dotnet
  check_kernel
  check_users
  [ "$trouble" -eq 0 ] || die "$trouble of these need a hand; ./dev installs missing packages by itself when a verb needs them."
  say "All well."
}

right() { printf '%-10s %-36s %s\n' ok "$1" "${2:-}"; }

wrong() {
  trouble=$((trouble + 1))
  printf '%-10s %-36s %s; do: %s\n' missing "$1" "$2" "$3"
}

version_of() {
  local PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  case "$1" in
    ssh | sshd) ssh -V 2>&1 ;;
    openssl) openssl version ;;
    strace | ip | socat) "$1" -V ;;
    /usr/bin/busybox) /usr/bin/busybox ;;
    webhook) webhook -version ;;
    wrk) wrk -v 2>&1 ;;
    newuidmap) dpkg-query -W -f '${Version}' uidmap ;;
    /*postgres) "$(compgen -G "$1" | tail -n 1)" --version ;;
    *) "$1" --version 2>/dev/null ;;
  esac 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1 || true
}

# Debian 12's versions are the oldest that were tried.
check_versions() {
  local program least found
  while read -r program least; do
    if has "$program"; then
      found=$(version_of "$program")
      if [ "$(printf '%s\n' "$least" "${found:-0}" | sort -V | head -n 1)" != "$least" ]; then
        wrong "$program $found" "older than $least" "take it from Debian 12 or later"
      fi
    fi
  done <<'TABLE'
git 2.39
buildah 1.28
skopeo 1.9
runc 1.1
node 18
docker-registry 2.8
TABLE
}

check_dotnet() {
  local version
  if version=$(dotnet --version 2>/dev/null); then
    right "dotnet" "$version"
  else
    wrong "dotnet" "no SDK that global.json accepts" "install the .NET 10 SDK"
  fi
}

check_kernel() {
  local clones
  if [ -c /dev/net/tun ]; then
    right "/dev/net/tun"
  else
    wrong "/dev/net/tun" "builds have no network without it" "modprobe tun"
  fi
  if unshare --user --map-root-user true 2>/dev/null; then
    right "user namespaces"
  else
    clones=$(sysctl -n user.max_user_namespaces 2>/dev/null || echo '?')
    wrong "user namespaces" "refused by this kernel or container (limit: $clones)" "sysctl -w user.max_user_namespaces=10000"
  fi
  if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
    right "cgroups" "v2"
  elif [ -d /sys/fs/cgroup/memory ]; then
    right "cgroups" "v1"
  else
    wrong "cgroups" "not mounted: builds would run without limits" "mount -t cgroup2 none /sys/fs/cgroup"
  fi
}

# Rootless builds need a range of subordinate ids for the account they run as.
check_users() {
  local account
  account=$(id -un)
  if [ "$(id -u)" -eq 0 ]; then
    account=fairlead-engine
    if ! { id fairlead-runner && id fairlead-engine; } >/dev/null 2>&1; then
      wrong "users of builds" "fairlead-runner and fairlead-engine" "bash deploy/create-users.sh"
      return
    fi
    right "users of builds" "fairlead-runner, fairlead-engine"
  fi
  if grep -q "^$account:" /etc/subuid 2>/dev/null && grep -q "^$account:" /etc/subgid 2>/dev/null; then
    right "subordinate ids of $account" "$(grep "^$account:" /etc/subuid | head -n 1)"
  else
    wrong "subordinate ids of $account" "none in /etc/subuid and /etc/subgid" \
      "usermod --add-subuids 200000-265535 --add-subgids 200000-265535 $account"
  fi
}
