#!/bin/sh
# Brings the portal up on 127.0.0.1, with both documents the first time.
set -eu
# What is written is its own user's alone.
umask 077
port=$1
# Before anything is prepared: the port is ours from here on.
if [ "${2:-}" != taken ]; then
  exec python scripts/port.py "$port" "$0" "$port" taken
fi
export SITE_URL="${SITE_URL:-http://127.0.0.1:$port}"
# The server writes its log with the portal's formatter.
export PYTHONPATH="${PYTHONPATH:+$PYTHONPATH:}$PWD"
python scripts/prepare.py
cat <<EOF

  http://127.0.0.1:$port/        the portal / 포털
  http://127.0.0.1:$port/admin/  for staff; make the first account with: make account
                                 담당자용; 첫 계정은 make account 로 만듭니다

EOF
exec scripts/server.sh --port "$port" --workers 2 \
  --blocking-threads 8 --backpressure 64 --respawn-failed-workers \
  --log-config portal/logs/granian.json
