#!/bin/sh
# The tables of docs/performance.md and docs/search.md: what pages cost as the statements
# grow, on both engines, what Lighthouse gives them, how well the search finds, and how
# long readers wait while others attack.
set -eu
[ $# -gt 0 ] || set -- 1000 100000 1000000
scripts/need.sh postgresql chromium npm
if command -v npm >/dev/null; then
  (cd scripts/audit && npm ci --ignore-scripts --no-audit --no-fund --loglevel error)
fi
python scripts/compile_messages.py
python manage.py collectstatic --noinput --verbosity 0
unset DATABASE_URL
python -m bench.explorer "$@"
python scripts/with_postgres.py python -m bench.explorer "$@"
python -m bench.page_types
python -m bench.pages
python -m bench.gold
python -m bench.hostile 2000
python -m bench.attackers 32
python -m bench.uploads
