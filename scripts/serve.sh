#!/bin/sh
# Brings the portal up on 127.0.0.1, with both documents the first time.
set -eu
port=$1
python scripts/prepare.py
cat <<EOF

  http://127.0.0.1:$port/        the portal / 포털
  http://127.0.0.1:$port/admin/  for staff; make the first account with: make account
                                 담당자용; 첫 계정은 make account 로 만듭니다

EOF
exec granian --interface wsgi --host 127.0.0.1 --port "$port" --workers 2 \
  --blocking-threads 8 --backpressure 64 \
  --respawn-failed-workers --no-ws --log-level warning portal.wsgi:application
