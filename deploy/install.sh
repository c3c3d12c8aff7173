#!/bin/sh
# Sets the portal up on a clean Debian 12 host, as root, from the folder of the project:
#
#   deploy/install.sh --host portal.example [--database postgresql|sqlite] [--dry-run]
#
# Run again it changes nothing that is there already. --dry-run says what it would do.
set -eu
host='' database=postgresql dry=''
while [ $# -gt 0 ]; do
  case $1 in
    --host) host=$2; shift 2 ;;
    --database) database=$2; shift 2 ;;
    --dry-run) dry=1; shift ;;
    *) echo "Unknown: $1" >&2; exit 2 ;;
  esac
done
case $host in '' | *[!a-z0-9.-]*) echo "Name the host: --host portal.example" >&2; exit 2 ;; esac
case $database in
  postgresql | sqlite) ;;
  *) echo "The database is postgresql or sqlite." >&2; exit 2 ;;
esac
source=$(cd "$(dirname "$0")/.." && pwd)
if [ -z "$dry" ] && [ "$(id -u)" != 0 ]; then
  echo "Run this as root." >&2
  exit 1
fi

step() { printf '\n== %s\n' "$*"; }
run() {
  printf '+ %s\n' "$*"
  [ -n "$dry" ] || "$@"
}
# Writes what is given, unless the file is there: keys and settings stay what they are.
keep() { # path, mode
  if [ -e "$1" ]; then
    printf '= %s\n' "$1"
    cat > /dev/null
  else
    printf '+ write %s (%s)\n' "$1" "$2"
    if [ -n "$dry" ]; then cat > /dev/null; else
      (umask 077 && cat > "$1") && chown root:portal "$1" && chmod "$2" "$1"
    fi
  fi
}
# Writes a file of this release with the host's name in it.
place() { # from, to
  printf '+ place %s\n' "$2"
  [ -n "$dry" ] || sed "s/portal\.example/$host/g" "$1" > "$2"
}
word() { python3 -c 'import secrets; print(secrets.token_urlsafe(50))'; }

step "Packages"
packages="nginx libnginx-mod-http-brotli-static python3 python3-venv curl openssl ca-certificates"
[ "$database" = sqlite ] || packages="$packages postgresql"
run apt-get update -qq
# shellcheck disable=SC2086  # a list of packages
run env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $packages

step "User and folders"
id portal > /dev/null 2>&1 || run useradd --system --user-group --home-dir /var/lib/portal \
  --shell /usr/sbin/nologin portal
run install -d -m 0755 /srv/portal /srv/portal/releases /srv/portal/slots /var/www/acme
run install -d -m 0755 -o portal -g portal /srv/portal/public
# The web server passes through to the copy of the site, and sees nothing else.
run install -d -m 0710 -o portal -g www-data /var/lib/portal
run install -d -m 0700 -o portal -g portal /var/lib/portal/backups
run install -d -m 0750 -o portal -g www-data /var/lib/portal/mirror
run install -d -m 0750 -o root -g portal /etc/portal /etc/portal/tls
run install -d -m 0700 -o www-data -g www-data /var/cache/nginx/portal
echo 'd /run/portal 0750 portal www-data -' | keep /etc/tmpfiles.d/portal.conf 0644
run systemd-tmpfiles --create portal.conf

step "Keys and settings: /etc/portal"
word | keep /etc/portal/secret-key 0440
word | keep /etc/portal/otp-key 0440
if [ "$database" = postgresql ]; then
  word | keep /etc/portal/owner-password 0400
  word | keep /etc/portal/app-password 0400
fi
keep /etc/portal/portal.env 0440 << END
SECRET_KEY_FILE=/etc/portal/secret-key
OTP_KEYS_FILE=/etc/portal/otp-key
DATABASE_URL_FILE=/etc/portal/database-url
ALLOWED_HOSTS=$host
SITE_URL=https://$host
HTTPS=1
PROXIES=1
BACKUP_DIR=/var/lib/portal/backups
MIRROR_DIR=/var/lib/portal/mirror
END

step "Database: $database"
if [ "$database" = postgresql ]; then
  run install -d -m 0700 -o postgres -g postgres /var/lib/postgresql/portal-wal
  postgresql=/etc/postgresql/15/main
  if ! cmp -s "$source/deploy/postgresql/portal.conf" $postgresql/conf.d/portal.conf; then
    place "$source/deploy/postgresql/portal.conf" $postgresql/conf.d/portal.conf
    run systemctl restart postgresql
  fi
  # The roles have passwords, whichever user of the system asks.
  if ! grep -qs '^local portal portal_owner' $postgresql/pg_hba.conf; then
    run sed -i '1i local portal portal_owner,portal_app scram-sha-256' $postgresql/pg_hba.conf
    run systemctl reload postgresql
  fi
  printf '+ psql -f deploy/postgresql/roles.sql\n'
  if [ -z "$dry" ]; then
    owner=$(cat /etc/portal/owner-password) app=$(cat /etc/portal/app-password)
    # By standard input: no list of processes has a password.
    { printf '\\set owner_password %s\n\\set app_password %s\n' "$owner" "$app"
      cat "$source/deploy/postgresql/roles.sql"; } | runuser -u postgres -- psql -q
    printf 'postgres://portal_app:%s@%%2Fvar%%2Frun%%2Fpostgresql/portal\n' "$app" \
      | keep /etc/portal/database-url 0440
    printf 'postgres://portal_owner:%s@%%2Fvar%%2Frun%%2Fpostgresql/portal\n' "$owner" \
      | keep /etc/portal/owner-url 0440
    echo 'DATABASE_URL_FILE=/etc/portal/owner-url' | keep /etc/portal/owner.env 0440
  fi
else
  echo sqlite:////var/lib/portal/portal.sqlite3 | keep /etc/portal/database-url 0440
fi

step "Certificate: /etc/portal/tls (one of our own until yours is there)"
if [ ! -e /etc/portal/tls/fullchain.pem ]; then
  run openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 \
    -subj "/CN=$host" -addext "subjectAltName=DNS:$host" \
    -keyout /etc/portal/tls/privkey.pem -out /etc/portal/tls/fullchain.pem
fi

step "Units and web server"
for unit in "$source"/deploy/systemd/*; do
  place "$unit" "/etc/systemd/system/$(basename "$unit")"
done
for snippet in "$source"/deploy/nginx/snippets/*; do
  place "$snippet" "/etc/nginx/snippets/$(basename "$snippet")"
done
if [ -z "$dry" ] && [ ! -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ]; then
  rm -f /etc/nginx/snippets/portal-brotli.conf
fi
place "$source/deploy/nginx/portal.conf" /etc/nginx/sites-available/portal.conf
run ln -sfn ../sites-available/portal.conf /etc/nginx/sites-enabled/portal.conf
run rm -f /etc/nginx/sites-enabled/default
run systemctl daemon-reload

step "Release"
if [ -n "$dry" ]; then
  printf '+ deploy/release.sh %s\n+ deploy/upgrade.sh VERSION\n' "$source"
else
  version=$("$source/deploy/release.sh" "$source")
  nginx -t
  systemctl enable nginx
  systemctl restart nginx
  if [ "$(readlink /srv/portal/current || true)" != "/srv/portal/releases/$version" ]; then
    PORTAL_HOST=$host "$source/deploy/upgrade.sh" "$version"
  fi
fi
run systemctl enable --now portal-due.timer portal-backup.timer portal-mirror.timer \
  portal-integrity.timer

step "Done: https://$host/"
echo "Make two accounts for the desk, for two people (docs/operations.md, 4)."
