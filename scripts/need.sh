#!/bin/sh
# Installs the system programs named, by apt when root on Debian; else says what is missing.
set -eu
missing=
for name in "$@"; do
  case $name in
    postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing $name" ;;
    java) command -v java >/dev/null || missing="$missing default-jre-headless" ;;
    npm) command -v npm >/dev/null || missing="$missing nodejs npm" ;;
    gettext) command -v msgmerge >/dev/null || missing="$missing $name" ;;
    chromium) command -v chromium >/dev/null || missing="$missing $name fonts-noto-cjk" ;;
    *) command -v "$name" >/dev/null || missing="$missing $name" ;;
  esac
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  # shellcheck disable=SC2086  # a list of packages
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
else
  echo "Not installed:$missing (tests that need it are skipped)" >&2
fi
