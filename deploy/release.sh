#!/bin/sh
# Builds a release beside the others: release.sh SOURCE, a checkout or an unpacked archive.
# Writes its name, the version, to standard output. A release that is there is left alone.
set -eu
source=$(cd "$1" && pwd)
root=${PORTAL_ROOT:-/srv/portal}
version=$(sed -n 's/^VERSION = "\(.*\)"$/\1/p' "$source/portal/version.py")
test -n "$version"
release=$root/releases/$version
if [ ! -e "$release/.complete" ]; then
  umask 022
  rm -rf "$release"
  mkdir -p "$release"
  (cd "$source" && tar -cf - --exclude=./.git --exclude=./var --exclude=./.venv .) \
    | tar -xf - -C "$release"
  python3 -m venv "$release/.venv"
  "$release/.venv/bin/python" -m pip install --quiet --require-hashes \
    -r "$release/requirements.txt" >&2
  "$release/.venv/bin/python" -m compileall -q "$release" -x '/(tests|bench)/' >&2
  # The code is root's; what is prepared at its first start is the portal's.
  mkdir -p "$release/var"
  chown -R root:root "$release"
  chown -R portal:portal "$release/var" "$release/locale"
  touch "$release/.complete"
fi
echo "$version"
