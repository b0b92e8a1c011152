#!/bin/sh
# Lock the dependencies anew: requirements/*.in -> requirements/*.txt, with hashes and without addresses.
set -eu
cd "$(dirname "$0")/.."
tools=.motcua/lock
[ -x $tools/bin/uv ] || { "${PYTHON:-python3}" -m venv $tools && $tools/bin/pip install --quiet uv; }
lock() {
  $tools/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
    "requirements/$1.in" --output-file "requirements/$1.txt"
}
lock base
lock dev
