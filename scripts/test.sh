#!/bin/sh
# The suite on SQLite, with a browser; then what depends on the database on PostgreSQL.
set -eu
scripts/need.sh postgresql nginx redis-server openssl chromium chromium-headless-shell
python scripts/compile_messages.py
python manage.py collectstatic --noinput --verbosity 0
echo "On SQLite, with a browser:"
pytest --quiet --numprocesses 3 \
  --cov --cov-report= --cov-fail-under=0 -m "not audit"
python scripts/report_coverage.py
echo "On PostgreSQL:"
python scripts/with_postgres.py \
  pytest --quiet --numprocesses 3 \
  -m "not audit and not browser and not any_engine"
