"""Rows with values at the edges of their columns, on either engine."""

from datetime import UTC, datetime
from decimal import Decimal

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection

from desk.models import Intake
from statements.models import Figure, Revision

TEXT = "가각\u200b힣 \U0001f600 ‘’\\ \"'\r\n\t|%s {}"
WIDE = {
    "null": None,
    "numbers": [2**63, -(2**80), 1.5, 0.1, 0, True],
    "b": {"z": 1, "a": [None, {}, [], ""]},
    "text": TEXT,
}


def odd_rows() -> None:
    user = User.objects.order_by("pk")[0]
    Intake.objects.create(
        name="odd",
        original=bytes(range(256)),
        sha256="0" * 64,
        read_sha256="",
        working_text=TEXT,
        facts=WIDE,
        begun_by=user,
        begun_at=datetime(2031, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        changed_by=user,
    )
    LogEntry.objects.create(
        user=user, object_id=None, object_repr="", action_flag=1, change_message=TEXT
    )
    User.objects.filter(pk=user.pk).update(last_login=None)
    with connection.cursor() as cursor:
        figure = Figure.objects.order_by("pk")[0]
        for value in ("999999999999.99", "-0.01"):
            cursor.execute(
                "UPDATE statements_figure SET value = %s WHERE id = %s",
                [Decimal(value), figure.pk],
            )
        revision = Revision.objects.order_by("pk")[0]
        cursor.execute(
            "UPDATE statements_revision SET at = %s WHERE id = %s",
            [datetime(2000, 2, 29, 0, 0, 0, 1, tzinfo=UTC), revision.pk],
        )
