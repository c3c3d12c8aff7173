from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from statements.codes import keys_above
from statements.filters.choices import vocabulary, with_editions
from statements.history.log import history_of
from statements.history.views import past_statement, public_statement
from statements.history.word_diff import Run, diff_words
from statements.models import (
    WITHIN_KINDS,
    Document,
    Kind,
    PublicationState,
    Statement,
    StatementQuerySet,
    give_points,
)
from statements.models.states import PUBLIC_STATES
from statements.pages import citations
from statements.pages.chapters import chapters_of
from statements.pages.editions import Editions, grouped
from statements.pages.lazy_values import lazy_parts, lazy_values
from statements.pages.page_numbers import numbered
from statements.pages.parallel import side_by_side, state_counts
from statements.pages.quotation import other_wording, quotation_of
from statements.pages.stages import link_sections
from statements.pages.withdrawn import withdrawn_json, withdrawn_page, withdrawn_text
from statements.requests import PortalRequest

#: The values of a page side by side that are made together.
PAIR_PARTS = ("rows", "chapters")
#: More stand on further pages.
PARAGRAPHS_PER_PAGE, PAIRS_PER_PAGE, DOCUMENTS_PER_PAGE = 300, 150, 50
#: How many paragraphs of the source stand around a statement's own.
NEIGHBOURS = 1


def statement_detail(request: PortalRequest, code: str) -> HttpResponse:
    """One statement with all that is known of it, or as it stood on a day; 410 with
    its last text once withdrawn.
    """
    if "as_of" in request.GET:
        return past_statement(request, code)
    known = get_object_or_404(Statement, code=code)
    if known.state == PublicationState.WITHDRAWN:
        return withdrawn_page(request, known)
    if known.state != PublicationState.PUBLISHED:
        raise Http404
    if known.kind == Kind.GOAL:
        return redirect(known, permanent=True)
    terms = vocabulary(request.data_version)
    context = {"known": known} | lazy_values(
        statement=lambda: whole_statement(known),
        other=lambda: other_wording(known),
        above=lambda: statements_above(known),
        neighbours=lambda: neighbours_of(context["statement"]),
        children=lambda: children_of(known),
        later_goals=lambda: terms.later_goals(context["statement"].document),
        link_sections=lambda: list(link_sections(known)),
        source=lambda: source_of(context["statement"]),
        differences=lambda: differences_of(context["statement"]),
        quotation=lambda: quotation_of(context["statement"]),
        citations=lambda: citations.citations_in_both(context["statement"]),
        history=lambda: history_of(known),
        page_of_pairs=lambda: page_of_pairs(known),
    )
    return render(request, "statements/pages/detail.html", context)


def page_of_pairs(statement: Statement) -> int:
    """The page that has it, of those of its document side by side."""
    others = Statement.objects.published().filter(document=statement.document_id)
    before = others.filter(sort_key__lt=statement.sort_key).count()
    return before // PAIRS_PER_PAGE + 1


def whole_statement(known: Statement) -> Statement:
    """With its document, its tags and its paragraphs."""
    whole = Statement.objects.select_related("document", "upkeep").with_tags()
    statement: Statement = whole.prefetch_related("paragraphs").get(pk=known.pk)
    return statement


def statements_above(statement: Statement) -> StatementQuerySet:
    """All that the statement stands under, the topmost first."""
    keys = keys_above(statement.sort_key) if statement.parent_id else []
    above: StatementQuerySet = Statement.objects.filter(sort_key__in=keys)
    return above.in_outline_order()


def neighbours_of(statement: Statement) -> list[dict[str, Any]]:
    """The statements right before and after it in its document, where there are any."""
    others = statement.document.statements.published()
    before = others.filter(sort_key__lt=statement.sort_key).order_by("-sort_key")
    after = others.filter(sort_key__gt=statement.sort_key).in_outline_order()
    return [
        {"label": _("Previous"), "statement": before.first()},
        {"label": _("Next"), "statement": after.first()},
    ]


def children_of(statement: Statement) -> list[Statement]:
    """All right under the statement; a detail, a point or a note with what it has."""
    children = statement.branches
    give_points([c for c in children if c.kind in WITHIN_KINDS], *WITHIN_KINDS)
    return children


def source_of(statement: Statement) -> list[dict[str, Any]]:
    """The paragraphs around the statement's own, and which of them are its own."""
    own = {paragraph.ordinal for paragraph in statement.paragraphs.all()}
    around = statement.document.paragraphs.public().filter(
        ordinal__range=(min(own) - NEIGHBOURS, max(own) + NEIGHBOURS)
    )
    return [{"paragraph": p, "is_own": p.ordinal in own} for p in around]


def differences_of(statement: Statement) -> list[Run]:
    """The differences of the Korean from the source; nothing where there are none."""
    if not statement.differs_from_source:
        return []
    source = " ".join(paragraph.text for paragraph in statement.paragraphs.all())
    return diff_words(source, f"{statement.title_ko} {statement.text_ko}")


def bibtex(request: HttpRequest, code: str) -> HttpResponse:
    statement = public_statement(code)
    if statement.state == PublicationState.WITHDRAWN:
        return withdrawn_text(request, statement)
    address = settings.SITE_URL + statement.get_absolute_url()
    answer = HttpResponse(
        citations.bibtex_entry(statement, address),
        content_type="application/x-bibtex; charset=utf-8",
    )
    answer["Content-Disposition"] = f'attachment; filename="{code}.bib"'
    return answer


def csl_json(request: HttpRequest, code: str) -> HttpResponse:
    statement = public_statement(code)
    if statement.state == PublicationState.WITHDRAWN:
        return withdrawn_json(request, statement)
    address = settings.SITE_URL + statement.get_absolute_url()
    return JsonResponse(
        citations.csl(statement, address),
        safe=False,
        json_dumps_params={"ensure_ascii": False},
        content_type="application/vnd.citationstyles.csl+json",
        headers={"Content-Disposition": f'attachment; filename="{code}.json"'},
    )


def source_list(request: HttpRequest) -> HttpResponse:
    is_excluded = Q(paragraphs__statement__isnull=True)
    is_public = Q(paragraphs__statement__state__in=PUBLIC_STATES)
    documents = with_editions(Document.objects.public()).annotate(
        paragraph_count=Count("paragraphs", filter=is_excluded | is_public),
        excluded_count=Count("paragraphs", filter=is_excluded),
    )
    numbers = numbered(lambda: documents, DOCUMENTS_PER_PAGE, request.GET.get("page"))
    return render(request, "statements/pages/source_list.html", numbers)


def source(request: HttpRequest, slug: str) -> HttpResponse:
    """A whole document, paragraph by paragraph; 410 once it was withdrawn whole."""
    document = get_object_or_404(with_editions(Document.objects.known()), slug=slug)
    is_public = Document.objects.public().filter(pk=document.pk).exists()
    paragraphs = document.paragraphs.public().select_related("statement")
    context = {
        "document": document,
        "checked": document.statements.published().aggregate(
            total=Count("pk"),
            count=Count("upkeep__checked_on"),
            last=Max("upkeep__checked_on"),
        ),
        **numbered(lambda: paragraphs, PARAGRAPHS_PER_PAGE, request.GET.get("page")),
        "is_withdrawn": not is_public,
        "has_earlier": Document.objects.known().filter(replaced_by=document).exists(),
    }
    status = HTTPStatus.OK if is_public else HTTPStatus.GONE
    return render(request, "statements/pages/source.html", context, status=status)


def source_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """A whole document in both languages, statement beside statement."""
    document = get_object_or_404(Document.objects.public(), slug=slug)
    statements = document.statements.published().in_outline_order()
    number = request.GET.get("page")
    numbers = numbered(
        lambda: statements.prefetch_related("paragraphs"), PAIRS_PER_PAGE, number
    )
    context = {
        "document": document,
        **numbers,
        **lazy_parts(lambda: parts_side_by_side(numbers["page_obj"]), *PAIR_PARTS),
        **lazy_values(counts=lambda: state_counts(statements)),
    }
    return render(request, "statements/parallel/source_compare.html", context)


def parts_side_by_side(statements: Iterable[Statement]) -> dict[str, Any]:
    rows = side_by_side(statements, top=2)
    titles = [r["statement"] for r in rows if r["level"] < 4 and r["statement"].title]
    return {"rows": rows, "chapters": chapters_of(titles, (Kind.GOAL, Kind.PART))}


def compare_with_replaced(request: HttpRequest, slug: str) -> HttpResponse:
    """The changes from the edition that the document replaces, once both are public."""
    documents = Document.objects.public().select_related("replaces")
    document = get_object_or_404(documents, slug=slug)
    earlier = document.replaces
    if earlier is None or not Document.objects.known().filter(pk=earlier.pk).exists():
        raise Http404
    both = Editions(*map(known_statements, (earlier, document)))
    context = {"document": document, "groups": grouped(both.rows())}
    return render(request, "statements/pages/editions.html", context)


def known_statements(document: Document) -> StatementQuerySet:
    return document.statements.filter(state__in=PUBLIC_STATES).in_outline_order()
