# shellcheck shell=bash
# shellcheck disable=SC2154 # work, root, started: lib.sh
# The engine of the floor: the same rootless daemon, started by the same scripts, with a store of its own.

# start_engine REGISTRY_PORT: its socket is left in $engine.
start_engine() {
  local scripts=$root/src/Fairlead.Server/Execution/Engines state=$work/e run=$work/r user=- own=()
  [ "$(id -u)" -ne 0 ] || { user=fairlead-engine && own=(-o "$user" -g "$user"); }
  install -d -m 755 "$state" "$state/certs.d"
  install -d -m 700 "${own[@]}" "$state/store" "$state/home"
  install -d -m 710 "${own[@]}" "$run"
  cp "$scripts/engine-outer.sh" "$scripts/engine-inner.sh" "$state"
  printf '{"log-level": "warn", "insecure-registries": ["127.0.0.1:%s"]}' "$1" >"$state/daemon.json"
  chmod a+r "$state"/*.sh "$state/daemon.json"
  engine=$run/engine.sock
  start engine sh "$state/engine-outer.sh" "$run" "$state" "$user" "" "127.0.0.1:$1" "" \
    dockerd --rootless --config-file "$state/daemon.json" --host "unix://$engine" --group 0 --data-root "$state/store" \
    --exec-root "$run/exec" --pidfile "$run/exec.pid" --bridge=none --iptables=false --ip6tables=false \
    --ip-masq=false --ip-forward=false --exec-opt native.cgroupdriver=cgroupfs
  wait_until engine 30 docker_answers "$engine"
}

docker_answers() { /usr/bin/docker --host "unix://$1" version >/dev/null 2>&1; }

# forget_layers SOCKET: as if nothing had been built yet, which is so when the engine was not started yet.
forget_layers() {
  [ -S "$1" ] || return 0
  /usr/bin/docker --host "unix://$1" image prune --all --force >/dev/null
  /usr/bin/docker --host "unix://$1" builder prune --all --force >/dev/null
}

# start_registry: one that asks nobody for a login, at $registry with its files in $work/blobs.
start_registry() {
  registry=$(free_port)
  cat >"$work/registry.yml" <<YAML
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $work/blobs}, delete: {enabled: true}}
http: {addr: "127.0.0.1:$registry"}
YAML
  start registry env -u REGISTRY_AUTH_FILE docker-registry serve "$work/registry.yml"
  wait_until registry 10 listens "$registry"
}
