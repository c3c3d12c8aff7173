"""A proposal counts the further changes of its author that have joined it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("desk", "0012_batches")]

    operations = [
        migrations.AddField(
            "proposal",
            "joined",
            models.PositiveSmallIntegerField(
                default=0, editable=False, verbose_name="changes added to it"
            ),
        ),
        migrations.AddConstraint(
            "proposal",
            models.CheckConstraint(
                name="proposal_joined_in_range",
                condition=models.Q(joined__isnull=True)
                | models.Q(joined__range=(0, 32_767)),
            ),
        ),
    ]
