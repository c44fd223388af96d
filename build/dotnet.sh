# shellcheck shell=bash
# Building with the .NET SDK. One configuration everywhere, so that nothing is built twice.

# shellcheck disable=SC2154 # root: set by dev
configuration=Release
bin=$root/artifacts/bin
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
  export HOME=$root/artifacts/home
  mkdir -p "$HOME"
fi

build_all() {
  web_assets
  step "restore packages" -- dotnet restore -v q
  step "build" -- dotnet build --no-restore -c "$configuration" -v q
}

dotnet_tools() { step "restore tools" -- dotnet tool restore; }

# run_project DIRECTORY ARGS...: builds it when its sources changed, and becomes it.
run_project() {
  local project=$1 log
  shift
  log=$(mktemp)
  dotnet build "$project" -c "$configuration" -v q >"$log" 2>&1 || {
    cat "$log" >&2
    rm -f "$log"
    die "It does not build."
  }
  rm -f "$log"
  exec "$(program_of "$project")" "$@"
}

# program_of DIRECTORY: the executable a project builds.
program_of() {
  local name
  name=$(sed -n 's:.*<AssemblyName>\(.*\)</AssemblyName>.*:\1:p' "$1"/*.csproj)
  printf '%s/%s/%s/%s' "$bin" "$(basename "$1")" "${configuration,,}" "${name:-$(basename "$1")}"
}

migration() {
  [ $# -eq 1 ] || die "Name the migration: ./dev migration AddSomething"
  dotnet_tools
  export FairleadDesignTime=true
  local database
  for database in Sqlite Postgres; do
    step "migration $1 for $database" -- dotnet ef migrations add "$1" --project src/Fairlead.Server \
      --context "${database}Db" --output-dir "Data/Migrations/$database" --namespace "Fairlead.Server.Data.Migrations.$database"
  done
}
