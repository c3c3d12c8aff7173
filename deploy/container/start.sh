#!/bin/sh
# The web server in its container: the same configuration, with the app by the network's
# name in place of a socket, and without the module that this image lacks.
set -eu
folder=/etc/nginx
mkdir -p $folder/snippets
cp /etc/nginx/portal/snippets/* $folder/snippets/
rm -f $folder/snippets/portal-brotli.conf
host=$(cat /etc/portal/tls/host)
sed -e 's|unix:/run/portal/portal.sock|app:8000|' -e "s|portal\.example|$host|g" \
  /etc/nginx/portal/portal.conf > $folder/conf.d/default.conf
exec nginx -g 'daemon off;'
