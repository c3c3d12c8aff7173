"""The outline goes by positions: the keys that it sorts by are made anew."""

import re

from django.db import migrations

RANKS = {"": 0, "G": 0, "O": 1, "C": 2, "E": 3, "A": 4, "T": 5}


def segment(text):
    letter, number = re.fullmatch(r"([A-Z]?)(\d*)", text).groups()
    return RANKS[letter], int(number or 0)


def by_code(statement):
    key = "0" if statement.code.startswith("G") else "1"
    return key + "".join("{}{:04d}".format(*segment(s)) for s in statement.code.split("."))


def under(above, statement):
    rank, number = segment(statement.code.rpartition(".")[2])
    return f"{above}{rank}{statement.position:05d}{number:04d}"


def order_by_position(apps, schema_editor):
    Statement = apps.get_model("statements", "Statement")
    keys = {s.pk: by_code(s) for s in Statement.objects.filter(parent=None)}
    above = list(keys)
    while above:
        below = Statement.objects.filter(parent__in=above).only("code", "position", "parent")
        above = []
        for statement in below:
            statement.sort_key = keys[statement.pk] = under(keys[statement.parent_id], statement)
            above.append(statement.pk)
        Statement.objects.bulk_update(below, ["sort_key"], batch_size=500)


def order_by_code(apps, schema_editor):
    Statement = apps.get_model("statements", "Statement")
    statements = list(Statement.objects.only("code"))
    for statement in statements:
        statement.sort_key = by_code(statement)
    Statement.objects.bulk_update(statements, ["sort_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0004_event_outcome"),
    ]

    operations = [migrations.RunPython(order_by_position, order_by_code)]
