"""Revisions of entries keep to their ranges."""

from datetime import UTC, datetime
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
MOMENTS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def texts_fit(**longest):
    return reduce(
        and_,
        (
            ~Q(**{f"{name}__regex": FOREIGN})
            & Q(LessThanOrEqual(Length(F(name)), most))
            for name, most in longest.items()
        ),
    )


def times_in_range(*names):
    return reduce(
        and_,
        (Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": MOMENTS}) for name in names),
    )


def check(model, name, condition):
    constraint = models.CheckConstraint(name=name, condition=condition)
    return migrations.AddConstraint(model_name=model, constraint=constraint)


class Migration(migrations.Migration):

    dependencies = [("statements", "0008_shown_revisions")]

    operations = [
        check(
            "entryrevision",
            "entry_revision_texts_fit",
            texts_fit(note=50_000, note_ko=50_000, note_en=50_000),
        ),
        check("entryrevision", "entry_revision_times_in_range", times_in_range("at")),
    ]
