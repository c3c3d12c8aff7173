"""Two statements have one link, whichever is its later one; what has two is named."""

from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Greatest, Least

REFUSAL = (
    "These pairs of statements are linked both ways. Take one link of each away with "
    "the version that ran until now, and migrate again. / 다음 문장들은 양쪽으로 "
    "연결되어 있습니다. 지금까지 쓰던 버전에서 한쪽 연결을 없앤 뒤 다시 migrate를 "
    "실행하십시오."
)


def refuse_links_both_ways(apps, schema_editor):
    links = apps.get_model("statements", "Link").objects.using(
        schema_editor.connection.alias
    )
    both_ways = links.filter(
        later__links_to_later__later=F("earlier"), later__lt=F("earlier")
    )
    pairs = both_ways.values_list("later__code", "earlier__code")
    if found := [f"{one} ↔ {other}" for one, other in pairs.order_by("pk")]:
        raise CommandError("\n".join([REFUSAL, *found]))


class Migration(migrations.Migration):

    dependencies = [("statements", "0012_hold_documents_in_time")]

    operations = [
        migrations.RunPython(refuse_links_both_ways, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="link", name="link_unique"),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                Least("later", "earlier"),
                Greatest("later", "earlier"),
                name="link_of_pair_unique",
                violation_error_message="These two statements are already linked. Two statements can have only one link.",
            ),
        ),
    ]
