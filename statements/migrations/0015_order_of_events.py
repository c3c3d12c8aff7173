"""Events of the same days have an order too: snapshots of them are compared as lists."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("statements", "0014_paragraph_added_on")]

    operations = [
        migrations.AlterModelOptions(
            name="event",
            options={
                "base_manager_name": "objects",
                "ordering": ["start", "end", "statement__sort_key", "pk"],
                "verbose_name": "event",
                "verbose_name_plural": "events",
            },
        ),
    ]
