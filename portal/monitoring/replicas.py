"""The lag of replicas of the database."""

from django.db import connections

#: 0 where all that came was written: without changes, the last one gets older.
LAG = (
    "SELECT CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0"
    " ELSE COALESCE(EXTRACT(EPOCH FROM now() - pg_last_xact_replay_timestamp()), 0)"
    " END"
)


def replica_lags() -> dict[str, float]:
    """Seconds by the alias of each replica on PostgreSQL; empty without one."""
    lags = {}
    for connection in connections.all():
        if connection.alias == "default" or connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute(LAG)
            lags[connection.alias] = float(cursor.fetchone()[0])
    return lags
