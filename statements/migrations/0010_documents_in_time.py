"""Documents get their place in time, and outlines may be deeper: the columns."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("statements", "0009_entry_ranges")]

    operations = [
        migrations.RemoveConstraint(model_name="document", name="document_position_in_range"),
        migrations.RemoveConstraint(model_name="statement", name="statement_kind_under_parent"),
        migrations.RemoveConstraint(model_name="statement", name="statement_year_by_kind"),
        migrations.RemoveConstraint(model_name="statement", name="statement_korean_by_kind"),
        migrations.RemoveConstraint(model_name="statement", name="statement_texts_fit"),
        migrations.AddField(
            model_name="document",
            name="edition",
            field=models.CharField(blank=True, help_text="For example, “Report on 2025”. It tells editions apart in lists.", max_length=100, verbose_name="edition label"),
        ),
        migrations.AddField(
            model_name="document",
            name="edition_en",
            field=models.CharField(blank=True, default="", help_text="For example, “Report on 2025”. It tells editions apart in lists.", max_length=100, verbose_name="edition label"),
        ),
        migrations.AddField(
            model_name="document",
            name="edition_ko",
            field=models.CharField(blank=True, default="", help_text="For example, “Report on 2025”. It tells editions apart in lists.", max_length=100, verbose_name="edition label"),
        ),
        migrations.AddField(
            model_name="document",
            name="kind",
            field=models.CharField(choices=[("goals", "policy goals"), ("report", "report of achievements and tasks"), ("other", "other document")], default="", max_length=10, verbose_name="kind of document"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="document",
            name="published_on",
            field=models.DateField(blank=True, help_text="Enter it only if it is known. If it is empty, the page says that it is not stated.", null=True, verbose_name="date of publication"),
        ),
        migrations.AddField(
            model_name="document",
            name="replaces",
            field=models.ForeignKey(blank=True, help_text="The edition that this one corrects or follows.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replaced_by", to="statements.document", verbose_name="replaces"),
        ),
        migrations.AddField(
            model_name="document",
            name="time_basis",
            field=models.TextField(default="", verbose_name="time of writing: what it is inferred from"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="document",
            name="time_basis_en",
            field=models.TextField(default="", verbose_name="time of writing: what it is inferred from"),
        ),
        migrations.AddField(
            model_name="document",
            name="time_basis_ko",
            field=models.TextField(default="", verbose_name="time of writing: what it is inferred from"),
        ),
        migrations.AddField(
            model_name="document",
            name="time_order",
            field=models.PositiveSmallIntegerField(default=1, help_text="1 is the earliest document of the year.", verbose_name="time of writing: order within the year"),
        ),
        migrations.AddField(
            model_name="document",
            name="time_year",
            field=models.PositiveSmallIntegerField(default=1948, help_text="Inferred by the editors. Links go from later documents to earlier ones.", verbose_name="time of writing: year"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="paragraph",
            name="exclusion_note",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="statement",
            name="nature",
            field=models.CharField(blank=True, choices=[("achievements", "achievements"), ("tasks", "tasks")], editable=False, max_length=20, verbose_name="nature"),
        ),
        migrations.AlterField(
            model_name="paragraph",
            name="exclusion",
            field=models.CharField(blank=True, choices=[("page-chrome", "menu or notice of the web page, not policy content"), ("label", "section label that sets the kind of the statements below it"), ("cover", "cover: title, date or organization before the first statement"), ("contents", "table of contents"), ("page-number", "page number"), ("contact", "contact details"), ("table", "table"), ("other", "other")], max_length=20),
        ),
        migrations.AlterField(
            model_name="paragraph",
            name="marker",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="statement",
            name="code",
            field=models.CharField(max_length=64, unique=True, verbose_name="statement number"),
        ),
        migrations.AlterField(
            model_name="statement",
            name="sort_key",
            field=models.CharField(db_index=True, editable=False, max_length=200),
        ),
    ]
