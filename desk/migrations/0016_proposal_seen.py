"""A proposal keeps what was seen when it was approved for its time."""

from typing import Any

from django.db import migrations, models


def note_seen(apps: Any, _editor: Any) -> None:
    """What is scheduled already was approved upon the newest revision of then."""
    revisions = apps.get_model("statements", "Revision").objects
    scheduled = apps.get_model("desk", "Proposal").objects.filter(state="scheduled")
    for proposal in scheduled:
        until_then = revisions.filter(
            statement=proposal.statement_id, at__lte=proposal.decided_at
        )
        newest = until_then.order_by("-pk").first()
        if newest:
            proposal.seen = newest.pk
            proposal.save(update_fields=["seen"])


class Migration(migrations.Migration):

    dependencies = [
        ("desk", "0015_document_requests"),
        ("statements", "0014_paragraph_added_on"),
    ]

    operations = [
        migrations.AddField(
            "proposal", "seen", models.PositiveBigIntegerField(null=True)
        ),
        migrations.RunPython(note_seen, migrations.RunPython.noop),
    ]
