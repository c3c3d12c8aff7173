#!/bin/sh
# Brings locale/ up to date with the strings in templates and code.
set -eu
scripts/need.sh gettext
python manage.py makemessages --locale ko --no-location --no-obsolete \
  --ignore '.venv' --ignore 'var' --verbosity 0
python scripts/compile_messages.py
