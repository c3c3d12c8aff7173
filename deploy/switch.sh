#!/bin/sh
# Waits until the process answers, whether or not its database does, at the socket
# of its slot, then makes that the one which the web server asks: ./switch.sh a
set -eu
slot=$1
run=${PORTAL_RUN:-/run}
socket=$run/portal-$slot/portal.sock
host=$(printf '%s' "${ALLOWED_HOSTS:-localhost}" | cut -d, -f1)
tries=0
until curl --silent --fail --max-time 5 --unix-socket "$socket" --output /dev/null \
  --header "Host: $host" http://portal/healthz; do
  tries=$((tries + 1))
  if [ "$tries" -ge "${PORTAL_TRIES:-100}" ]; then
    echo "The portal does not answer at $socket." >&2
    exit 1
  fi
  sleep 0.5
done
# A name is moved in one step: nobody finds none.
ln -sfn "$socket" "$run/portal/next.sock"
mv -fT "$run/portal/next.sock" "$run/portal/portal.sock"
