# shellcheck shell=bash
# shellcheck disable=SC2154 # work, started: lib.sh
# Repositories of a given size, one for each lane, behind a git host of the same kind.

# start_git_host: its address is left in $git_host, its repositories lie in $work/repositories.
start_git_host() {
  mkdir "$work/repositories"
  (umask 077 && echo "dev:$(head -c 18 /dev/urandom | base64 | tr '+/' 'xy')" >"$work/login")
  start git-host "$bin/Fairlead.Emulators/release/fairlead-emulators" git --root "$work/repositories" \
    --login "$work/login" --hook "$work/hook"
  wait_until git-host 20 grep -q '^git on ' "$work/git-host.log"
  git_host=$(grep -oE 'http://[^ ]+' "$work/git-host.log" | head -1)
}

a_git() {
  env HOME="$work" GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0 \
    GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.org \
    git "$@"
}

# lay LANE FILES: files of 2 KB in directories of 100, a Dockerfile that takes them all, and a bare repository.
lay() {
  local name=$1-$2 tree=$work/$1-$2 bare=$work/repositories/$1-$2.git
  mkdir -p "$tree/src"
  awk -v files="$2" -v lane="$1" -v tree="$tree/src" 'BEGIN {
    srand(7)
    for (i = 0; i < files; i++) {
      if (i % 100 == 0) { directory = tree "/" int(i / 100); system("mkdir -p " directory) }
      file = directory "/" i ".txt"
      for (line = 0; line < 32; line++) printf "%s %d %.12f %.12f %.12f\n", lane, i, rand(), rand(), rand() >file
      close(file)
    }
  }'
  cp /usr/bin/busybox "$tree/busybox"
  cat >"$tree/Dockerfile" <<'DOCKERFILE'
FROM scratch AS tools
COPY busybox /bin/busybox
RUN ["/bin/busybox", "--install", "/bin"]
FROM tools
COPY src /src
RUN find /src -type f | wc -l >/count
CMD ["cat", "/count"]
DOCKERFILE
  a_git init --quiet --bare --initial-branch=main "$bare"
  a_git -C "$bare" config uploadpack.allowAnySHA1InWant true
  a_git -C "$tree" init --quiet --initial-branch=main
  a_git -C "$tree" add --all
  a_git -C "$tree" commit --quiet --message "begin"
  a_git -C "$tree" config credential.helper "!f() { sed 's/^\\([^:]*\\):\\(.*\\)/username=\\1\\npassword=\\2/' '$work/login'; }; f"
  a_git -C "$tree" remote add origin "$git_host$name.git"
}

# change LANE FILES SCENARIO: one more commit.
change() {
  local tree=$work/$1-$2
  if [ "$3" = unchanged ]; then
    a_git -C "$tree" commit --quiet --allow-empty --message "nothing"
  else
    head -c 1500 /dev/urandom | base64 >"$tree/src/0/changed.txt"
    a_git -C "$tree" add --all
    a_git -C "$tree" commit --quiet --message "$3"
  fi
}

# hook LANE FILES COMMAND...: what the bare repository does after a push.
hook() {
  local file=$work/repositories/$1-$2.git/hooks/post-receive
  shift 2
  printf '#!/bin/sh\n%s\n' "$*" >"$file"
  chmod +x "$file"
}
