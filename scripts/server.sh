#!/bin/sh
# The server, for `make run` and for tests; what is given goes to granian.
set -eu
# What a large file took goes back to the system once it is answered: its two
# allocators, Python's and granian's, otherwise keep it for a later one.
export MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072
export _RJEM_MALLOC_CONF=dirty_decay_ms:0,muzzy_decay_ms:0,narenas:1
# Each worker counts into files of a folder, whose sums /metrics says. It begins empty
# in memory, where no upload takes its room; those of servers that ended are removed.
memory=/dev/shm
test -w "$memory" || memory="${TMPDIR:-/tmp}"
for folder in "$memory"/portal-metrics.*; do
  server=${folder##*/portal-metrics.}
  kill -0 "${server%%.*}" 2>/dev/null || rm -rf "$folder" 2>/dev/null || true
done
if test -z "${PROMETHEUS_MULTIPROC_DIR:-}"; then
  PROMETHEUS_MULTIPROC_DIR=$(mktemp -d "$memory/portal-metrics.$$.XXXXXX")
  export PROMETHEUS_MULTIPROC_DIR
fi
exec granian --interface wsgi --host 127.0.0.1 --no-ws --log-level warning \
  "$@" portal.wsgi:application
