#!/bin/sh
# Locks requirements*.in with hashes, for every platform and Python from 3.11 on.
set -eu
compile="uv pip compile --quiet --generate-hashes --universal --python-version 3.11
  --no-emit-index-url --no-header"
$compile requirements.in -o requirements.txt
$compile requirements-dev.in -c requirements.txt -o requirements-dev.txt
