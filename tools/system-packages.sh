#!/bin/sh
# What the tests need that pip does not have: installs the Debian package of each command or library that is missing.
#   usage: tools/system-packages.sh command[|other-command…]=package[|other-package…] libx.so.1=package …
# Asks for no password: without root or a password-less sudo it says what to install and stops.
set -eu

has_one_of() { # "chromium|google-chrome": is one of them here?
    for name in $(printf '%s' "$1" | tr '|' ' '); do
        case $name in
            *.so.*) has_library "$name" && return 0 ;;
            *) command -v "$name" >/dev/null && return 0 ;;
        esac
    done
    return 1
}

has_library() { # by the loader's own list; a system without one (macOS) has other libraries
    loader=$(PATH=$PATH:/sbin:/usr/sbin command -v ldconfig) || return 0
    "$loader" -p | grep -q "^[[:space:]]*$1 "
}

missing=
for entry in "$@"; do
    has_one_of "${entry%%=*}" || missing="$missing ${entry#*=}"
done
[ -n "$missing" ] || exit 0

remedy="sudo apt install$(printf '%s' "$missing" | sed 's/|[^ ]*//g') (other systems: whatever provides these programs)"
stop() {
    printf 'the tests need programs that are not here:%s\n    fix: %s\n' "$missing" "$remedy" >&2
    exit 2
}
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

command -v apt-get >/dev/null || stop
as_root true 2>/dev/null || stop
export DEBIAN_FRONTEND=noninteractive
as_root apt-get update -qq || true # an old list may still do
for choice in $missing; do
    printf 'Installing %s …\n' "$choice"
    done=
    for package in $(printf '%s' "$choice" | tr '|' ' '); do
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$package" >/dev/null && done=yes && break
    done
    [ -n "$done" ] || stop
done
