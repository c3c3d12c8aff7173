"""Revisions say whether readers are told of them: not of drafts, nor of links to drafts
and rejected ones, which readers do not see.
"""

from bisect import bisect_right
from collections import defaultdict

from django.db import migrations, models
from django.db.models import Count

PUBLIC = ("published", "withdrawn")
#: How many statements with a history are looked at together.
BATCH = 200


def states_by_code(Revision):
    """When each statement came to be in which state; of those without a history, once."""
    states = defaultdict(list)
    rows = Revision.objects.order_by("pk").values_list(
        "snapshot__code", "at", "snapshot__state"
    )
    for code, at, state in rows.iterator():
        states[code].append((at, state))
    return states


def links_seen(snapshot, at, states):
    def is_published(code):
        known = bisect_right(states[code], at, key=lambda state: state[0])
        return bool(known) and states[code][known - 1][1] == "published"

    return [
        link
        for link in snapshot.get("links", [])
        if link["state"] != "rejected" and is_published(link["earlier"])
    ]


def is_hidden(old, new, at, states):
    """Nothing differs but links that readers do not see."""
    return links_seen(old, at, states) == links_seen(new, at, states) and all(
        value == old[name] if name in old else not value
        for name, value in new.items()
        if name != "links"
    )


def mark_shown(apps, schema_editor):
    Revision = apps.get_model("statements", "Revision")
    public = Revision.objects.filter(snapshot__state__in=PUBLIC)
    public.update(is_shown=True)
    several = public.order_by().values("statement").annotate(n=Count("pk"))
    changed = list(several.filter(n__gt=1).values_list("statement", flat=True))
    states = states_by_code(Revision) if changed else {}
    for start in range(0, len(changed), BATCH):
        before, hidden = {}, []
        some = public.filter(statement__in=changed[start : start + BATCH])
        for revision in some.order_by("pk"):
            old = before.get(revision.statement_id)
            if old and is_hidden(old, revision.snapshot, revision.at, states):
                hidden.append(revision.pk)
            before[revision.statement_id] = revision.snapshot
        Revision.objects.filter(pk__in=hidden).update(is_shown=False)


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0007_entry_revisions"),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="is_shown",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Not shown if only a draft has changed, or links that readers do not see.",
                verbose_name="shown to readers",
            ),
        ),
        migrations.RunPython(mark_shown, migrations.RunPython.noop),
    ]
