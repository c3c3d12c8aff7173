#!/bin/sh
# Brings a release into service beside the one that serves, and takes it back where it
# does not answer. Run as root: upgrade.sh VERSION. With an earlier version it rolls back:
# migrations of a later one are such that an earlier one goes on with them.
set -eu
version=$1
root=${PORTAL_ROOT:-/srv/portal}
run=${PORTAL_RUN:-/run}
release=$root/releases/$version
if [ ! -e "$release/.complete" ]; then
  echo "There is no release $version in $root/releases: build it with deploy/release.sh." >&2
  exit 1
fi

# One upgrade at a time.
exec 9> "$root/upgrade.lock"
flock --nonblock 9 || { echo "Another upgrade is running." >&2; exit 1; }

case $(readlink "$run/portal/portal.sock" || true) in
  */portal-a/*) live=a idle=b ;;
  */portal-b/*) live=b idle=a ;;
  *) live='' idle=a ;;
esac
former=$(readlink "$root/current" || true)

say() { printf '%s\n' "$*"; }
move() { ln -sfn "$1" "$2.next" && mv -fT "$2.next" "$2"; }
# What serves goes on as if nothing had been tried.
take_back() {
  say "$1: the former release goes on." >&2
  if [ -n "$live" ]; then
    move "$run/portal-$live/portal.sock" "$run/portal/portal.sock"
  fi
  if [ -n "$former" ]; then
    move "$former" "$root/current"
  fi
  systemctl stop "portal@$idle.service" || true
  exit 1
}

if [ -n "$live" ]; then
  say "1. Backup"
  systemctl start portal-backup.service || take_back "No backup could be made"
fi
say "2. Prepare $version (slot $idle)"
systemctl stop "portal@$idle.service"
mkdir -p "$root/slots"
move "$release" "$root/slots/$idle"
systemctl start "portal-prepare@$idle.service" || take_back "$version could not be prepared"
say "3. Start $version beside the other; its socket is used once it answers"
systemctl start "portal@$idle.service" || take_back "$version does not answer"
move "$release" "$root/current"
say "4. Ask through the web server"
tries=0
ask() {
  curl --silent --fail --max-time 5 --insecure --resolve "$PORTAL_HOST:443:127.0.0.1" \
    "https://$PORTAL_HOST$1"
}
until ask /healthz | grep -qxF "ok $version" && ask /readyz > /dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt "${PORTAL_TRIES:-20}" ] || take_back "The web server has no answer of $version"
  sleep 0.5
done
systemctl enable "portal@$idle.service"
if [ -n "$live" ]; then
  say "5. The former release ends once what it was asked is answered"
  sleep "${PORTAL_DRAIN:-5}"
  systemctl disable --now "portal@$live.service"
  # Had the former one started anew meanwhile, it would have taken the name back.
  move "$run/portal-$idle/portal.sock" "$run/portal/portal.sock"
fi
say "$version serves. Back to ${former##*/}: deploy/upgrade.sh ${former##*/}"
