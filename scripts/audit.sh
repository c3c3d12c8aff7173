#!/bin/sh
# The checks that take longer: every page in every view, and on PostgreSQL what the
# suite tries on SQLite alone.
set -eu
scripts/need.sh postgresql nginx redis-server openssl chromium chromium-headless-shell java npm
if command -v npm >/dev/null; then
  (cd scripts/audit && npm ci --ignore-scripts --no-audit --no-fund --loglevel error)
fi
python scripts/compile_messages.py
python manage.py collectstatic --noinput --verbosity 0
echo "On SQLite, with a browser:"
pytest --quiet --numprocesses 3 -m audit
echo "On PostgreSQL:"
python scripts/with_postgres.py \
  pytest --quiet --numprocesses 3 \
  -m "(every_engine or any_engine and not audit) and not browser"
