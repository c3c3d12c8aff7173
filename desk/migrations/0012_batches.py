"""Proposals that one job made are a batch; all who read at the desk see it."""

import datetime

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

READERS = (
    "편집자 / Editor",
    "번역자 / Translator",
    "게시 승인자 / Publisher",
    "관리자 / Administrator",
    "감사자 / Auditor",
)


def give_rights(apps, schema_editor):
    """Permissions are made by Django after all migrations: here they are made before."""
    config = apps.get_app_config("desk")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    Group, Permission = (apps.get_model("auth", name) for name in ("Group", "Permission"))
    view = Permission.objects.get(content_type__app_label="desk", codename="view_batch")
    for group in Group.objects.filter(name__in=READERS):
        group.permissions.add(view)


def take_rights(apps, schema_editor):
    rights = apps.get_model("auth", "Permission").objects
    rights.filter(content_type__app_label="desk", codename="view_batch").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0011_replaced_proposals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('sheet', 'sheet'), ('replacement', 'find and replace'), ('order', 'new order'), ('tags', 'tags of many statements'), ('xliff', 'translation file'), ('english', "review of the English translation"), ('return', "revert of a batch")], max_length=20, verbose_name='kind of job')),
                ('subject', models.CharField(blank=True, max_length=300, verbose_name="subject")),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name="submitted at")),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('returns', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='returned_by', to='desk.batch', verbose_name="batch that it reverts")),
            ],
            options={
                'verbose_name': 'batch',
                'verbose_name_plural': 'batches',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='proposal',
            name='batch',
            field=models.ForeignKey(help_text="If empty, it was submitted separately.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='desk.batch', verbose_name='batch'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('subject__regex', '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff\\U0001fffe\\U0001ffff\\U0002fffe\\U0002ffff\\U0003fffe\\U0003ffff\\U0004fffe\\U0004ffff\\U0005fffe\\U0005ffff\\U0006fffe\\U0006ffff\\U0007fffe\\U0007ffff\\U0008fffe\\U0008ffff\\U0009fffe\\U0009ffff\\U000afffe\\U000affff\\U000bfffe\\U000bffff\\U000cfffe\\U000cffff\\U000dfffe\\U000dffff\\U000efffe\\U000effff\\U000ffffe\\U000fffff\\U0010fffe\\U0010ffff]'), _negated=True), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('subject')), 300)), name='batch_texts_fit'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('made_at__isnull', True), ('made_at__range', (datetime.datetime(2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), datetime.datetime(2100, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))), _connector='OR'), name='batch_times_in_range'),
        ),
        migrations.RunPython(give_rights, take_rights),
    ]
