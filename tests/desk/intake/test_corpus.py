"""The two documents of the corpus, brought in by the desk, are the corpus."""

import pytest
from django.apps import apps
from django.conf import settings

from desk.intake.document_as_read import first_reading
from desk.intake.drafts import make_drafts
from desk.intake.forms import FactsForm
from desk.intake.models import Intake
from desk.intake.steps import begin, save
from statements.models import Document, Paragraph, Statement
from tests.support.staff import member

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
#: The reviewed exception to the rule for wrapped lines, as a person makes it.
WRONG_JOIN, RIGHT_JOIN = "(REAIM /24.9월", "(REAIM/24.9월"
OF_STATEMENTS = (
    *("code", "kind", "parent__code", "document__slug", "position", "year", "nature"),
    *("sort_key", "title_ko", "text_ko", "root__code", "ko_hash"),
)
OF_PARAGRAPHS = (
    *("document__slug", "ordinal", "marker", "depth", "parent__ordinal", "raw", "text"),
    *("first_line", "last_line", "sha256", "statement__code", "exclusion"),
)


def corpus() -> tuple[list, list]:
    statements = Statement.objects.order_by("code").values_list(*OF_STATEMENTS)
    paragraphs = Paragraph.objects.order_by("document__slug", "ordinal")
    return list(statements), list(paragraphs.values_list(*OF_PARAGRAPHS))


def forget_corpus() -> None:
    """A database as it is before load_corpus; nothing else can delete statements."""
    for model in apps.get_app_config("statements").get_models(
        include_auto_created=True
    ):
        if model.__name__ != "DataVersion":
            rows = model._base_manager.all()
            rows._raw_delete(rows.db)


def test_both_documents_come_in_as_the_corpus_has_them():
    by, before = member("editor"), corpus()
    known = {document.slug: document for document in Document.objects.all()}
    forget_corpus()
    for slug in ("report-2025", "goals"):
        bring_in(known[slug], by)
    statements, paragraphs = corpus()
    assert statements == before[0]
    assert paragraphs == before[1]


def bring_in(document: Document, by) -> None:
    original = (settings.BASE_DIR / "fixtures/sources" / document.file).read_bytes()
    text, choices = first_reading(original)
    intake = begin(by, original, document.file, text, choices.as_facts())
    text = text.replace(WRONG_JOIN, RIGHT_JOIN)
    intake = save(intake, by, intake.version, working_text=text)
    assert choices.kind == document.kind
    facts = {name: getattr(document, name) for name in FactsForm.Meta.fields}
    form = FactsForm({**facts, "version": intake.version}, kind=choices.kind)
    assert form.is_valid(), form.errors
    made = make_drafts(intake, by, form.seen, form.instance)
    assert (made.sha256, made.file) == (document.sha256, document.file)
    assert Intake.objects.get(document=made).original
