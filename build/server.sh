# shellcheck shell=bash
# The server of this working tree.

# up [OPTIONS]: an empty, persistent instance; options go to the server as they are.
up() {
  need build up
  build_all
  exec "$(program_of src/Fairlead.Server)" "$@"
}
