#!/bin/sh
# Installs packages into .venv: `sh scripts/install.sh ARGUMENTS OF pip install`. Makes .venv where there is none.
# uv does it, in a fraction of pip's time: the one on PATH, else one that pip puts into .venv. Where uv cannot be had,
# or does not reach the packages (it does not read pip's settings), pip does it.
# $PYTHON is the Python of a new .venv (default: python3).
set -eu
python=${PYTHON:-python3}

if command -v uv >/dev/null 2>&1; then
    [ -x .venv/bin/python ] || uv venv --quiet --python "$python" .venv
    uv pip install --quiet --python .venv/bin/python "$@" && exit
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
    $pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock || true
fi
if [ -x .venv/bin/uv ]; then
    .venv/bin/uv pip install --quiet --python .venv/bin/python "$@" && exit
fi
.venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
exec .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"
