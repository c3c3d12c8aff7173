from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render

from goals.models import Goal
from statements.filters.choices import vocabulary
from statements.history.log import history_of
from statements.pages import citations
from statements.pages.parallel import side_by_side
from statements.pages.withdrawn import withdrawn_page, withdrawn_statement_or_404
from statements.requests import PortalRequest


def goal_list(request: PortalRequest) -> HttpResponse:
    known = {goal.pk: goal for goal in vocabulary(request.data_version).goals}
    rows = [
        {
            "goal": goal,
            "bodies": known[goal.pk].organisations.all(),
            "updates": known[goal.pk].statusupdates.all(),
        }
        for goal in Goal.objects.whole()
    ]
    return render(request, "goals/list.html", {"rows": rows})


def goal_detail(request: PortalRequest, number: int) -> HttpResponse:
    goals = Goal.objects.filter(code=f"G{number}").whole()
    if not goals:
        return withdrawn_page(request, withdrawn_statement_or_404(f"G{number}"))
    terms = vocabulary(request.data_version)
    known = next(goal for goal in terms.goals if goal.pk == goals[0].pk)
    if terms.has_statuses:
        updates = Prefetch("statusupdates", to_attr="status_list")
        prefetch_related_objects(goals[0].key_contents, updates)
    context = {
        "goal": goals[0],
        "goals": terms.goals,
        "bodies": known.organisations.all(),
        "updates": known.statusupdates.all(),
        "citations": citations.citations_in_both(goals[0]),
        "history": history_of(goals[0]),
    }
    return render(request, "goals/detail.html", context)


def compare(request: PortalRequest, number: int) -> HttpResponse:
    """One goal in both languages, statement beside statement."""
    goals = Goal.objects.published().prefetch_related("paragraphs")
    goal = goals.filter(code=f"G{number}").first()
    if goal is None:
        return withdrawn_page(request, withdrawn_statement_or_404(f"G{number}"))
    below = goal.descendants.published().in_outline_order()
    context = {
        "goal": goal,
        "goals": vocabulary(request.data_version).goals,
        "rows": side_by_side([goal, *below.prefetch_related("paragraphs")], top=1),
    }
    return render(request, "goals/compare.html", context)
