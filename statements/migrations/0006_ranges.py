"""Texts, days and numbers keep to their ranges; what does not is named, and stays."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import reduce
from operator import and_

from django.core.management.base import CommandError
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
LONG = 50_000
DAYS = (date(1948, 1, 1), date(2100, 12, 31))
MOMENTS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
REFUSAL = (
    "These rows are outside of what the database is to hold from now on. Correct them "
    "with the version that ran until now, and migrate again. / 다음 항목은 앞으로 "
    "데이터베이스가 허용하는 범위를 벗어납니다. 지금까지 쓰던 버전에서 고친 뒤 다시 "
    "migrate를 실행하십시오."
)


def both(**longest):
    return {
        f"{name}{ending}": most
        for name, most in longest.items()
        for ending in ("", "_ko", "_en")
    }


def texts_fit(**longest):
    return reduce(
        and_,
        (
            ~Q(**{f"{name}__regex": FOREIGN})
            & Q(LessThanOrEqual(Length(F(name)), most))
            for name, most in longest.items()
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


POSITION = within(0, 32_767, "position")
TERM = both(name=100, scope=200)
#: Model, name of the constraint, what holds.
RANGES = [
    (
        "document",
        "document_texts_fit",
        texts_fit(
            **both(title=200, publisher=200, licence=200),
            **both(contains=LONG, lacks=LONG),
            source_url=200,
            file=200,
        ),
    ),
    ("document", "document_position_in_range", POSITION),
    *(
        row
        for term in ("region", "country", "theme", "organisation")
        for row in (
            (term, f"{term}_texts_fit", texts_fit(**TERM)),
            (term, f"{term}_position_in_range", POSITION),
        )
    ),
    (
        "glossaryterm",
        "glossary_term_texts_fit",
        texts_fit(korean=100, english=200, **both(note=LONG)),
    ),
    ("glossaryterm", "glossary_term_position_in_range", POSITION),
    (
        "statement",
        "statement_texts_fit",
        texts_fit(**both(title=300, text=LONG), **both(editor_note=LONG), code=32),
    ),
    ("statement", "statement_position_in_range", POSITION),
    ("statement", "statement_year_in_range", within(1948, 9999, "year")),
    ("event", "event_days_in_range", within(*DAYS, "start", "end")),
    (
        "event",
        "event_texts_fit",
        texts_fit(
            **both(title=200, place=100, outcome=LONG), quote=50, outcome_evidence=200
        ),
    ),
    (
        "figure",
        "figure_value_in_range",
        within(-Decimal("999999999999.99"), Decimal("999999999999.99"), "value"),
    ),
    ("figure", "figure_texts_fit", texts_fit(quote=50, **both(label=200, unit=50))),
    ("statusupdate", "status_update_day_in_range", within(*DAYS, "as_of")),
    (
        "statusupdate",
        "status_update_texts_fit",
        texts_fit(evidence=200, **both(note=LONG)),
    ),
    ("link", "link_texts_fit", texts_fit(**both(rationale=LONG))),
    ("link", "link_times_in_range", within(*MOMENTS, "at")),
    ("revision", "revision_texts_fit", texts_fit(**both(note=LONG))),
    ("revision", "revision_times_in_range", within(*MOMENTS, "at")),
]


def refuse_rows_out_of_range(apps, schema_editor):
    """Public text is nobody's to change without a revision: people correct it."""
    found = []
    for name, rule, condition in RANGES:
        model = apps.get_model("statements", name)
        path = "statement__code" if hasattr(model, "statement") else "pk"
        path = "code" if name == "statement" else path
        rows = model._base_manager.exclude(condition).order_by("pk")
        keys = list(rows.values_list(path, flat=True)[:20])
        found += [f"{name} {key}: {rule}" for key in keys]
    if found:
        raise CommandError("\n".join([REFUSAL, *found]))


class Migration(migrations.Migration):

    dependencies = [("statements", "0005_order_by_position")]

    operations = [
        migrations.RunPython(refuse_rows_out_of_range, migrations.RunPython.noop),
        *(
            migrations.AddConstraint(
                model_name=model,
                constraint=models.CheckConstraint(name=name, condition=condition),
            )
            for model, name, condition in RANGES
        ),
    ]
