#!/bin/sh
# Puts a release's static files and pages of errors where the web server reads them, and
# drops files that no release of the last ninety days had: publish_static.sh RELEASE PUBLIC
set -eu
release=$1
public=$2
umask 022
mkdir -p "$public/static" "$public/portal-pages"
# Without --preserve: what is still in use is of today.
cp -R "$release/var/static/." "$public/static/"
cp -R "$release/deploy/nginx/pages/." "$public/portal-pages/"
find "$public/static" -type f -mtime +90 -delete
chmod -R u=rwX,go=rX "$public/static" "$public/portal-pages"
