"""The readings made when Prometheus asks: of data, work, backups and copies."""

import logging
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import Error, connection
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from desk.status.models import CommandRun, RunOutcome
from desk.status.queues import queue_lengths
from portal.mirror.copies import current_copy
from portal.monitoring.backup_files import newest_backup
from portal.monitoring.replicas import replica_lags
from portal.version import VERSION
from statements.models import DataVersion

reading_log = logging.getLogger("portal.monitoring")
StateReading = Callable[[], Iterator[Metric]]


def gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"portal_{name}", about, value=value)


def gauge_by_label(
    name: str, about: str, label: str, values: dict[str, float]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"portal_{name}", about, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def read_data_version() -> Iterator[Metric]:
    if version := DataVersion.current():
        moved = version.moved_at.timestamp()
        about = "When public content last changed."
        yield gauge("data_version_timestamp_seconds", about, moved)


def read_queues() -> Iterator[Metric]:
    lengths = {name: float(length) for name, length in queue_lengths().items()}
    yield gauge_by_label("queue_length", "Work of staff that waits.", "queue", lengths)


def read_commands() -> Iterator[Metric]:
    runs = CommandRun.objects.latest_of_each()
    yield gauge_by_label(
        "command_last_run_timestamp_seconds",
        "When a command last began.",
        "command",
        {run.name: run.started_at.timestamp() for run in runs},
    )
    yield gauge_by_label(
        "command_failed",
        "1 where the last run of a command failed.",
        "command",
        {run.name: float(run.outcome == RunOutcome.FAILED) for run in runs},
    )
    yield gauge_by_label(
        "command_last_success_timestamp_seconds",
        "When a command last ended well.",
        "command",
        {name: at.timestamp() for name, at in CommandRun.objects.last_successes()},
    )


def read_connections() -> Iterator[Metric]:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), current_setting('max_connections')::int"
            " FROM pg_stat_activity WHERE datname = current_database()"
        )
        used, most = cursor.fetchone()
    yield gauge("database_connections", "Connections to this database.", used)
    yield gauge("database_connections_limit", "Connections the server allows.", most)


def read_replicas() -> Iterator[Metric]:
    about = "Seconds that a replica is behind."
    yield gauge_by_label("replica_lag_seconds", about, "replica", replica_lags())


def read_backups() -> Iterator[Metric]:
    if backup := newest_backup(settings.BACKUP_DIR):
        made = backup.moment.timestamp()
        yield gauge("backup_timestamp_seconds", "When the last backup was made.", made)
        yield gauge("backup_bytes", "The size of the last backup.", backup.bytes)


def read_mirror() -> Iterator[Metric]:
    if copy := current_copy(settings.MIRROR_DIR):
        made = copy.moment.timestamp()
        yield gauge("mirror_timestamp_seconds", "When the copy was made.", made)
        yield gauge("mirror_pages", "Pages of the copy of the site.", copy.pages)


OF_FILES: dict[str, StateReading] = {"backups": read_backups, "mirror": read_mirror}
OF_DATABASE: dict[str, StateReading] = {
    "data_version": read_data_version,
    "queues": read_queues,
    "commands": read_commands,
    "connections": read_connections,
    "replicas": read_replicas,
}


class StateCollector(Collector):
    """Reads each part by itself: what fails is said, and the rest is there."""

    def collect(self) -> Iterator[Metric]:
        info = GaugeMetricFamily("portal_info", "The version.", labels=["version"])
        info.add_metric([VERSION], 1)
        yield info
        is_up = answers()
        yield gauge("database_up", "1 where the database answers.", float(is_up))
        readings = OF_FILES | (OF_DATABASE if is_up else {})
        worked: dict[str, float] = {}
        for name, reading in readings.items():
            try:
                metrics = list(reading())
            except Exception:
                reading_log.exception("A reading failed: %s", name)
                worked[name] = 0.0
            else:
                worked[name] = 1.0
                yield from metrics
        about = "1 where a part of these metrics could be read."
        yield gauge_by_label("reading_up", about, "reading", worked)


def answers() -> bool:
    try:
        DataVersion.objects.exists()
    except Error:
        return False
    return True
