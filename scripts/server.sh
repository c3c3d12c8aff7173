#!/bin/sh
# The server, for `make run` and for tests; what is given goes to granian.
set -eu
# What a large file took goes back to the system once it is answered: its two
# allocators, Python's and granian's, otherwise keep it for a later one.
export MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072
export _RJEM_MALLOC_CONF=dirty_decay_ms:0,muzzy_decay_ms:0,narenas:1
# Each worker counts into files of a folder, whose sums /metrics says; it begins empty,
# and those of servers that ended are gone.
for folder in var/metrics/*; do
  kill -0 "${folder##*/}" 2>/dev/null || rm -rf "$folder"
done
export PROMETHEUS_MULTIPROC_DIR="${PROMETHEUS_MULTIPROC_DIR:-$PWD/var/metrics/$$}"
mkdir -p "$PROMETHEUS_MULTIPROC_DIR"
rm -f "$PROMETHEUS_MULTIPROC_DIR"/*.db
exec granian --interface wsgi --host 127.0.0.1 --no-ws --log-level warning \
  "$@" portal.wsgi:application
