# shellcheck shell=bash
# Building with the .NET SDK. One configuration everywhere, so that nothing is built twice.

# shellcheck disable=SC2154 # root: set by dev
configuration=Release
bin=$root/artifacts/bin
# shellcheck disable=SC2034 # read by test.sh
published=$root/artifacts/publish
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
# An SDK unpacked by hand may lack the ICU library, and nothing here speaks but one language.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
  export HOME=$root/artifacts/home
  mkdir -p "$HOME"
fi

build_all() {
  web_assets
  step "restore packages" -- dotnet restore -v q
  step "build" -- dotnet build --no-restore -c "$configuration" -v q
  step "compile ahead of time" -- publish_programs
}

# What people start, compiled ahead of time; the server takes as long as the other two.
publish_programs() {
  local project pids=() pid
  for project in Server Runner Cli; do
    dotnet publish "src/Fairlead.$project" --no-build -c "$configuration" -v q &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do
    wait "$pid"
  done
}

dotnet_tools() { step "restore tools" -- dotnet tool restore; }

# run_project DIRECTORY ARGS...: builds it when its sources changed, and becomes it.
run_project() {
  local project=$1 verb=build log
  ! is_published "$1" || verb=publish
  shift
  log=$(mktemp)
  dotnet "$verb" "$project" -c "$configuration" -v q >"$log" 2>&1 || {
    cat "$log" >&2
    rm -f "$log"
    die "It does not build."
  }
  rm -f "$log"
  exec "$(program_of "$project")" "$@"
}

is_published() { grep -q PublishReadyToRun "$1"/*.csproj; }

# program_of DIRECTORY: the executable a project makes.
program_of() {
  local name place=$bin
  ! is_published "$1" || place=$published
  name=$(sed -n 's:.*<AssemblyName>\(.*\)</AssemblyName>.*:\1:p' "$1"/*.csproj)
  printf '%s/%s/%s/%s' "$place" "$(basename "$1")" "${configuration,,}" "${name:-$(basename "$1")}"
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
