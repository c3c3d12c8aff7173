"""Documents in time and deeper outlines: what the tables hold themselves to."""

import datetime
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
LONG = 50_000


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


def check(model, name, condition):
    constraint = models.CheckConstraint(name=name, condition=condition)
    return migrations.AddConstraint(model_name=model, constraint=constraint)


class Migration(migrations.Migration):

    dependencies = [("statements", "0011_fill_documents_in_time")]

    operations = [
        # With a default, so that the column can come back.
        migrations.AlterField(
            model_name="document",
            name="position",
            field=models.PositiveSmallIntegerField("position", default=0),
        ),
        migrations.RemoveField(model_name="document", name="position"),
        migrations.AlterModelOptions(
            name="document",
            options={"base_manager_name": "objects", "ordering": ["-time_year", "-time_order"], "verbose_name": "source document", "verbose_name_plural": "source documents"},
        ),
        check(
            "document",
            "document_edition_texts_fit",
            texts_fit(**both(edition=100, time_basis=LONG)),
        ),
        check(
            "statement",
            "statement_texts_fit",
            texts_fit(**both(title=300, text=LONG), **both(editor_note=LONG), code=64),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(condition=models.Q(("published_on__isnull", True), ("published_on__range", (datetime.date(1948, 1, 1), datetime.date(2100, 12, 31))), _connector="OR"), name="document_publication_in_range"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("time_year__isnull", True), ("time_year__range", (1948, 9999)), _connector="OR"), models.Q(("time_order__isnull", True), ("time_order__range", (1, 32767)), _connector="OR")), name="document_time_in_range"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(fields=("time_year", "time_order"), name="document_place_in_time_unique", violation_error_message="Another document has the same time of writing (year and order)."),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(condition=models.Q(("replaces", models.F("pk")), _negated=True), name="document_replaces_another", violation_error_message="A document cannot replace itself."),
        ),
        migrations.AddConstraint(
            model_name="paragraph",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("exclusion", "other"), models.Q(("exclusion_note", ""), _negated=True)), models.Q(models.Q(("exclusion", "other"), _negated=True), ("exclusion_note", "")), _connector="OR"), name="paragraph_other_exclusion_in_words"),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("kind", "goal"), ("parent_kind__in", [""])), models.Q(("kind", "objective"), ("parent_kind__in", ["goal"])), models.Q(("kind", "key-content"), ("parent_kind__in", ["goal"])), models.Q(("kind", "detail"), ("parent_kind__in", ["key-content", "objective", "expected-effect", "detail"])), models.Q(("kind", "expected-effect"), ("parent_kind__in", ["goal"])), models.Q(("kind", "part"), ("parent_kind__in", [""])), models.Q(("kind", "chapter"), ("parent_kind__in", ["part"])), models.Q(("kind", "heading"), ("parent_kind__in", ["part", "chapter"])), models.Q(("kind", "achievement"), ("parent_kind__in", ["heading", "chapter", "part"])), models.Q(("kind", "task"), ("parent_kind__in", ["heading", "chapter", "part"])), models.Q(("kind", "point"), ("parent_kind__in", ["achievement", "task", "point"])), models.Q(("kind", "note"), ("parent_kind__in", ["achievement", "task", "point", "heading", "chapter", "part", "detail", "key-content", "objective", "expected-effect", "goal"])), _connector="OR"), name="statement_kind_under_parent"),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("kind__in", ["goal", "objective", "key-content", "detail", "expected-effect"]), ("nature", ""), ("year__isnull", True)), models.Q(("kind__in", ["part", "chapter", "heading", "achievement", "task", "point"]), ("year__isnull", False), models.Q(("nature", ""), _negated=True)), models.Q(("kind", "note"), models.Q(models.Q(("nature", ""), ("year__isnull", True)), models.Q(("year__isnull", False), models.Q(("nature", ""), _negated=True)), _connector="OR")), _connector="OR"), name="statement_year_and_nature_by_kind"),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("kind__in", ["goal", "part", "chapter", "heading"]), models.Q(("title_ko", ""), _negated=True), ("text_ko", "")), models.Q(("kind__in", ["objective", "detail", "expected-effect", "achievement", "task", "point", "note"]), ("title_ko", ""), models.Q(("text_ko", ""), _negated=True)), models.Q(("kind", "key-content"), models.Q(("title_ko", ""), _negated=True)), _connector="OR"), name="statement_korean_by_kind", violation_error_message="Goals, parts, chapters and headings have a title. Main points have a title and often a text. All others have a text. The Korean cannot be empty."),
        ),
    ]
