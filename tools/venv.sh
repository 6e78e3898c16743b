#!/bin/sh
# requirements file → .venv with exactly those packages, every one checked against its hash.
#   usage: tools/venv.sh requirements.txt
# Takes uv if it is there, else venv and pip as this system has configured it.
set -eu

requirements=$1
venv=.venv
log=$(mktemp)
trap 'rm -f "$log"' EXIT

say() { printf '%s\n' "$*"; }
fail() { # place and problem, remedy
    printf '%s\n    fix: %s\n' "$1" "$2" >&2
    exit 2
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() { # PYTHON=… wins; then what is called python3; then the newest by name
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if new_enough "$name"; then command -v "$name"; return; fi
    done
}

as_root() { # run a command as root without ever asking for a password
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_venv_module() { # Debian and Ubuntu keep venv apart from Python
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null || return 1
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    say "Installing Debian's python$version-venv …"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >"$log" 2>&1 || true # an old list may still do
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y "python$version-venv" >"$log" 2>&1
}

new_venv() { # never half of one: without ensurepip, venv leaves a folder that has no pip
    "$python" -m venv "$venv" >"$log" 2>&1 || { rm -rf "$venv"; return 1; }
}

make_with_pip() {
    if ! new_enough "$venv/bin/python" || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        rm -rf "$venv"
        new_venv || { install_venv_module && new_venv; } || {
            cat "$log" >&2
            fail "$python: cannot make a virtual environment" "sudo apt install python3-venv, then the same command again"
        }
    fi
    say "Installing $requirements with pip …"
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r "$requirements"
}

make_with_uv() {
    new_enough "$venv/bin/python" || uv venv --quiet --clear --python "${python:->=3.11}" "$venv" || return 1
    say "Installing $requirements with uv …"
    uv pip install --quiet --python "$venv/bin/python" --require-hashes -r "$requirements"
}

python=$(find_python)
if command -v uv >/dev/null; then
    make_with_uv && exit
    say "uv could not do it; trying Python's own venv and pip."
fi
[ -n "$python" ] || fail "no Python 3.11 or newer found" "sudo apt install python3 python3-venv, or name one: make PYTHON=/path/to/python3.12 …"
make_with_pip || fail "$requirements: not installed" "read the message above; behind a proxy or mirror, configure pip first (pip config)"
