#!/bin/sh
# Installs packages into .venv: `sh scripts/install.sh ARGUMENTS OF pip install`. Makes .venv where there is none.
# uv does it, in a fraction of pip's time: the one on PATH, else one that pip fetches once into a folder of this user's
# own (fetching takes longer than all that it installs), else into .venv. Where uv cannot be had, or does not reach the
# packages (it does not read pip's settings), pip does it.
# $PYTHON is the Python of a new .venv (default: python3).
set -eu
python=${PYTHON:-python3}
wanted=requirements-uv.lock
pip_install="install --quiet --disable-pip-version-check --require-hashes --no-deps --no-compile -r $wanted"

# The folder names what it holds: another lock is another folder. One of somebody else's is not used: what is in it is run.
cache=${XDG_CACHE_HOME:-${HOME:-}/.cache}/notegen-uv
kept=$cache/$(sed -n 's/^\(uv==[0-9.]*\).*/\1/p' "$wanted")-$(cksum <"$wanted" | tr ' ' -)
fetch_kept() {
    [ -n "${XDG_CACHE_HOME:-${HOME:-}}" ] && mkdir -p "$cache" && chmod 700 "$cache" && [ -O "$cache" ] || return 1
    [ -x "$kept/bin/uv" ] && return
    "$python" -m pip --version >/dev/null 2>&1 || return 1
    rm -rf "$kept.$$"
    # shellcheck disable=SC2086 # several words
    "$python" -m pip $pip_install --target "$kept.$$" || return 1
    mv "$kept.$$" "$kept" 2>/dev/null || rm -rf "$kept.$$" # another run was faster
    [ -x "$kept/bin/uv" ]
}

if command -v uv >/dev/null 2>&1; then
    uv=uv
elif [ -x .venv/bin/uv ]; then
    uv=.venv/bin/uv
elif fetch_kept 2>/dev/null; then
    uv=$kept/bin/uv
else
    uv=
fi
if [ -n "$uv" ]; then
    [ -x .venv/bin/python ] || "$uv" venv --quiet --python "$python" .venv
    "$uv" pip install --quiet --python .venv/bin/python "$@" && exit
fi
if ! [ -x .venv/bin/python ]; then
    # A pip of the machine's own fills an environment from outside, which saves installing pip in it first.
    if "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m venv --without-pip .venv
        pip="$python -m pip --python .venv/bin/python"
    else
        "$python" -m venv .venv
        pip=".venv/bin/python -m pip"
    fi
    # shellcheck disable=SC2086
    [ -n "$uv" ] || $pip $pip_install || true
fi
if [ -z "$uv" ] && [ -x .venv/bin/uv ]; then
    .venv/bin/uv pip install --quiet --python .venv/bin/python "$@" && exit
fi
.venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
exec .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"
