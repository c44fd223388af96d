# shellcheck shell=bash

demo() { die "not here yet"; }
