"""Times and texts of proposals keep to their ranges."""

import re
from datetime import UTC, date, datetime
from functools import reduce
from operator import and_

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

FOREIGN = (
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
    r"\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17))
    + "]"
)
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
TEXTS = {"reason": 50_000, "note": 200, "note_ko": 200, "note_en": 200}
TIMES = ("publish_at", "made_at", "decided_at")


def texts_fit():
    return reduce(
        and_,
        (
            ~Q(**{f"{name}__regex": FOREIGN})
            & Q(LessThanOrEqual(Length(F(name)), most))
            for name, most in TEXTS.items()
        ),
    )


def within(least, largest, *names):
    return reduce(
        and_,
        (
            Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (least, largest)})
            for name in names
        ),
    )


def mend(apps, schema_editor):
    """A time that no driver can read stopped every page that showed it: it becomes the
    nearest in the range. A reason or note loses what cannot be shown or is too long.
    """
    proposals = apps.get_model("desk", "Proposal")._base_manager
    proposals.filter(publish_at__lt=FIRST).update(publish_at=FIRST)
    proposals.filter(publish_at__gt=LAST).update(publish_at=LAST)
    strip = re.compile(FOREIGN).sub
    for row in proposals.exclude(texts_fit()).only("pk", *TEXTS):
        for name, most in TEXTS.items():
            setattr(row, name, strip("", getattr(row, name))[:most])
        row.save(update_fields=[*TEXTS])
    # PostgreSQL alters no table whose checks of foreign keys still wait.
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):

    dependencies = [("desk", "0004_upkeep"), ("statements", "0006_ranges")]

    operations = [
        migrations.RunPython(mend, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                name="proposal_texts_fit", condition=texts_fit()
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                name="proposal_times_in_range", condition=within(FIRST, LAST, *TIMES)
            ),
        ),
        migrations.AddConstraint(
            model_name="upkeep",
            constraint=models.CheckConstraint(
                name="upkeep_day_in_range",
                condition=within(date(1948, 1, 1), date(2100, 12, 31), "checked_on"),
            ),
        ),
    ]
