"""Facts that the portal hands up to the status page: its database, its files."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.status.facts import StatusFact
from desk.status.work_facts import moment_text
from portal.mirror.copies import current_copy
from portal.monitoring.backup_files import newest_backup
from portal.monitoring.replicas import replica_lags
from portal.version import VERSION
from statements.models import DataVersion

#: Ages from which something is wrong; alerts have the same.
OLDEST_BACKUP = OLDEST_COPY = timedelta(hours=26)
LONGEST_LAG = 60


def read_version_facts() -> Iterator[StatusFact]:
    yield StatusFact(_("Version"), VERSION)
    version = DataVersion.current()
    yield StatusFact(
        _("Public content last changed"),
        moment_text(version.moved_at) if version else _("never"),
        version is not None,
        _("No documents are loaded. Tell the server operators."),
    )
    yield StatusFact(_("Data version"), str(version.token)[:8] if version else "–")


def read_database_facts() -> Iterator[StatusFact]:
    with connection.cursor() as cursor:
        is_postgresql = connection.vendor == "postgresql"
        column = "version()" if is_postgresql else "sqlite_version()"
        cursor.execute(f"SELECT {column}")
        number = str(cursor.fetchone()[0]).removeprefix("PostgreSQL ").split()[0]
    product = "PostgreSQL" if is_postgresql else "SQLite"
    yield StatusFact(_("Database"), number, name=product)
    executor = MigrationExecutor(connection)
    pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    advice = _("The program is newer than its database. Tell the server operators.")
    yield StatusFact(_("Migrations pending"), str(pending), pending == 0, advice)


def read_replica_facts() -> Iterator[StatusFact]:
    for alias, seconds in replica_lags().items():
        yield StatusFact(
            _("Replica %(name)s") % {"name": alias},
            _("%(n)s seconds behind") % {"n": round(seconds)},
            seconds <= LONGEST_LAG,
            _("Readers may see old content. Tell the server operators."),
        )


def read_cache_facts() -> Iterator[StatusFact]:
    value = timezone.now().isoformat()
    cache.set("status-page", value, 60)
    is_good = cache.get("status-page") == value
    yield StatusFact(
        _("Cache"),
        _("answers") if is_good else _("does not answer"),
        is_good,
        _(
            "Pages are slower, and limits on requests may not count. Tell the server "
            "operators."
        ),
    )


def read_backup_facts() -> Iterator[StatusFact]:
    backup = newest_backup(settings.BACKUP_DIR)
    text = _("none")
    if backup:
        text = f"{moment_text(backup.moment)}, {filesizeformat(backup.bytes)}"
    is_good = backup is not None and is_recent(backup.moment, OLDEST_BACKUP)
    advice = _("There should be a backup every day. Tell the server operators.")
    yield StatusFact(_("Last backup"), text, is_good, advice)


def read_copy_facts() -> Iterator[StatusFact]:
    copy = current_copy(settings.MIRROR_DIR)
    text = _("none")
    if copy:
        pages = _("%(n)s pages") % {"n": copy.pages}
        text = f"{moment_text(copy.moment)}, {pages}"
    is_good = copy is not None and is_recent(copy.moment, OLDEST_COPY)
    advice = _(
        "Readers get an old copy or none when the site cannot answer. Tell the server "
        "operators."
    )
    yield StatusFact(_("Last copy of the site"), text, is_good, advice)


def is_recent(moment: datetime, longest: timedelta) -> bool:
    return timezone.now() - moment <= longest
