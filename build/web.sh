# shellcheck shell=bash
# The console's style sheets and scripts come from npm, by lock file.

web_assets() {
  local dir=src/Fairlead.Server/Web/assets
  [ -f "$dir/package.json" ] || return 0
  if [ ! -e "$dir/node_modules/.package-lock.json" ] ||
    [ "$dir/package-lock.json" -nt "$dir/node_modules/.package-lock.json" ]; then
    step "fetch web assets" -- npm ci --prefix "$dir" --no-audit --no-fund --loglevel=error
  fi
  if jq -e .scripts.build "$dir/package.json" >/dev/null 2>&1; then
    step "lay out web assets" -- npm run build --prefix "$dir" --silent
  fi
}
