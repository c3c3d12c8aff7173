#!/bin/sh
# What can be said of the project without running it.
set -eu
scripts/need.sh gettext
ruff check .
ruff format --check .
mypy outline statements goals achievements explorer desk portal
djhtml --check --tabwidth 2 templates
python scripts/measure_templates.py
python scripts/measure_code.py
HTTPS=1 python manage.py check --deploy --fail-level WARNING
python manage.py makemigrations --check --dry-run
python scripts/check_migrations.py
python scripts/check_messages.py
python scripts/check_words.py
