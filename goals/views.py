from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from goals.models import Goal
from goals.plain_words import plain_name_of
from statements.filters.choices import Vocabulary, vocabulary
from statements.filters.filterset import StatementFilter
from statements.history.log import history_of
from statements.models import Statement
from statements.pages import citations
from statements.pages.lazy_values import lazy_values
from statements.pages.parallel import side_by_side, state_counts
from statements.pages.quotation import quotation_of
from statements.pages.withdrawn import withdrawn_page, withdrawn_statement_or_404
from statements.requests import PortalRequest


class GoalsDocumentFilter(StatementFilter):
    """The one set of filters, of which a list of goals has the document alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        documents = vocabulary(self.request.data_version).goals_documents
        choices = [(document.slug, document.title) for document in documents]
        self.filters["document"].extra["choices"] = choices


def goal_list(request: PortalRequest) -> HttpResponse:
    """The goals of the newest document of goals, or of those that are asked for."""
    terms = vocabulary(request.data_version)
    query = QueryDict(mutable=True)
    query.setlist("document", request.GET.getlist("document"))
    goals = Goal.objects.in_outline_order()
    filterset = GoalsDocumentFilter(query, goals, request=request)
    documents = terms.goals_documents
    asked = [d for d in documents if d.slug in query.getlist("document")]
    shown = (asked or documents[:1]) if filterset.is_valid() else []
    known = {goal.pk: goal for goal in terms.goals}
    context = {
        "rows": [
            {
                "goal": goal,
                "bodies": known[goal.pk].organisations.all(),
                "updates": known[goal.pk].statusupdates.all(),
            }
            for goal in goals.filter(document__in=shown).whole()
        ],
        "form": filterset.form,
        "documents": documents,
        "shown": shown,
    }
    return render(request, "goals/list.html", context)


def goal_detail(request: PortalRequest, code: str) -> HttpResponse:
    terms = vocabulary(request.data_version)
    known = next((goal for goal in terms.goals if goal.code == code), None)
    if known is None:
        return withdrawn_page(request, withdrawn_statement_or_404(code))
    context = {
        "known": known,
        "goals": terms.goals_of(known.document),
        "later_goals": terms.later_goals(known.document),
        "bodies": known.organisations.all(),
        "updates": known.statusupdates.all(),
        **lazy_values(
            goal=lambda: whole_goal(known, terms),
            plain_name=lambda: plain_name_of(known),
            quotation=lambda: quotation_of(context["goal"]),
            citations=lambda: citations.citations_in_both(context["goal"]),
            history=lambda: history_of(known),
        ),
    }
    return render(request, "goals/detail.html", context)


def whole_goal(known: Statement, terms: Vocabulary) -> Goal:
    """The goal with all that stands under it, and the statuses that there are."""
    (goal,) = Goal.objects.filter(pk=known.pk).whole()
    if terms.has_statuses:
        updates = Prefetch("statusupdates", to_attr="status_list")
        prefetch_related_objects(goal.key_contents, updates)
    return goal


def compare(request: PortalRequest, code: str) -> HttpResponse:
    """One goal in both languages, statement beside statement."""
    goals = (
        Goal.objects.published()
        .select_related("document")
        .prefetch_related("paragraphs")
    )
    goal = goals.filter(code=code).first()
    if goal is None:
        return withdrawn_page(request, withdrawn_statement_or_404(code))
    terms = vocabulary(request.data_version)
    below = goal.descendants.published().in_outline_order()
    whole = Statement.objects.filter(Q(pk=goal.pk) | Q(root=goal))
    context = {
        "goal": goal,
        "goals": terms.goals_of(goal.document),
        "later_goals": terms.later_goals(goal.document),
        "rows": side_by_side([goal, *below.prefetch_related("paragraphs")], top=1),
        "counts": state_counts(whole.published()),
    }
    return render(request, "goals/compare.html", context)
