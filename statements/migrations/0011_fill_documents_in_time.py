"""What the columns of documents in time hold of what is there already.

Of the two first documents it is known; of others that somebody loaded, it follows from
their statements, and editors say more. Histories of documents get the values as well:
nobody changed them.
"""

from django.db import migrations
from django.db.models import Max

KNOWN = {'goals': {'kind': 'goals',
           'edition_ko': '',
           'edition_en': '',
           'time_year': 2025,
           'time_order': 2,
           'time_basis_ko': '문서에는 게시일이 없습니다. 본문에 ’25년 APEC, ’28년(잠정) G20, ’26-‘30년 기본계획이 적혀 있어 '
                            '2025년, 2025년 보고보다 뒤에 둡니다.',
           'time_basis_en': 'The document gives no date of publication. Its text names APEC in '
                            '2025, the G20 in 2028 (tentative) and a plan for 2026-2030, so it '
                            'is placed in 2025, after the report on 2025.'},
 'report-2025': {'kind': 'report',
                 'edition_ko': '2025년 보고',
                 'edition_en': 'Report on 2025',
                 'time_year': 2025,
                 'time_order': 1,
                 'time_basis_ko': '문서에는 작성일이 없습니다. 성과에 적힌 날짜는 2024년 11월까지이고 과제는 2025년의 것이므로 '
                                  '2025년 초에 둡니다.',
                 'time_basis_en': 'The document gives no date of its own. Its achievements are '
                                  'dated up to November 2024 and its tasks are those of 2025, '
                                  'so it is placed at the beginning of 2025.'}}
UNKNOWN = {
    "edition_ko": "",
    "edition_en": "",
    "time_basis_ko": "편집자가 아직 적지 않았습니다.",
    "time_basis_en": "Editors have not said so yet.",
}
FIRST_YEAR, LATEST_KNOWN = 1948, 2
NATURES = {"A": "achievements", "T": "tasks"}


def fill_documents(apps, schema_editor):
    Document = apps.get_model("statements", "Document")
    Statement = apps.get_model("statements", "Statement")
    for document in Document.objects.order_by("position"):
        values = KNOWN.get(document.slug) or inferred(document, Statement)
        for name, value in values.items():
            setattr(document, name, value)
        document.edition, document.time_basis = values["edition_ko"], values["time_basis_ko"]
        document.save()
        tell_history(apps, document, values)


def inferred(document, Statement):
    own = Statement.objects.filter(document=document)
    year = own.aggregate(year=Max("year"))["year"]
    kind = "goals" if own.filter(kind="goal").exists() else "report" if year else "other"
    return {
        **UNKNOWN,
        "kind": kind,
        "time_year": year or FIRST_YEAR,
        # Each has a place of its own, after those that are known.
        "time_order": LATEST_KNOWN + document.pk,
    }


def tell_history(apps, document, values):
    known = {**values, "published_on": None, "replaces": None}
    revisions = apps.get_model("statements", "EntryRevision").objects
    for revision in revisions.filter(kind="document", entry_id=document.pk):
        rest = {n: v for n, v in revision.snapshot.items() if n != "position"}
        revision.snapshot = {**rest, **known}
        revision.save(update_fields=["snapshot"])


def fill_natures(apps, schema_editor):
    Statement = apps.get_model("statements", "Statement")
    for letter, nature in NATURES.items():
        for code in Statement.objects.filter(kind="part", code__endswith=f".{letter}").values_list("pk", flat=True):
            Statement.objects.filter(pk=code).update(nature=nature)
            Statement.objects.filter(root=code).update(nature=nature)


def number_documents(apps, schema_editor):
    documents = apps.get_model("statements", "Document").objects
    revisions = apps.get_model("statements", "EntryRevision").objects
    newest_first = documents.order_by("-time_year", "-time_order")
    for position, document in enumerate(newest_first, 1):
        documents.filter(pk=document.pk).update(position=position)
        for revision in revisions.filter(kind="document", entry_id=document.pk):
            revision.snapshot = {
                **{n: v for n, v in revision.snapshot.items() if n not in NEW},
                "position": position,
            }
            revision.save(update_fields=["snapshot"])


NEW = {*KNOWN["goals"], "published_on", "replaces"}


def nothing(apps, schema_editor):
    """The column of natures goes as a whole."""


class Migration(migrations.Migration):

    dependencies = [("statements", "0010_documents_in_time")]

    operations = [
        migrations.RunPython(fill_documents, number_documents),
        migrations.RunPython(fill_natures, nothing),
    ]
