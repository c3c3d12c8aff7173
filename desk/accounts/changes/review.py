"""The page of a change of an account: it is decided, stopped or carried out there."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.accounts.changes.decisions import (
    approve_change,
    earliest,
    force_unopposed,
    may_approve_change,
    refuse_change,
    take_change_back,
)
from desk.accounts.changes.first_passwords import code_field, new_code
from desk.accounts.changes.forms import ReasonForm
from desk.accounts.changes.models import AccountChange, AccountChangeState
from desk.accounts.rights import deciders, may_decide, may_object
from desk.audit_log import LoggedChange, shown_values
from desk.read_only_admin import ReadOnlyAdmin, visible_row
from statements.admin.languages import BilingualListAdmin
from statements.admin.staff import staff_user
from statements.input.plain_text import require_plain

SHOW_CODE = "show-code"


class AccountChangeAdmin(
    BilingualListAdmin[AccountChange], ReadOnlyAdmin[AccountChange]
):
    """Changes of accounts: those that wait, and all that were made."""

    list_display = ["__str__", "kind", "state", "author", "made_at", "decided_by"]
    list_filter = ["state", "kind"]
    list_select_related = ["author", "decided_by"]
    search_fields = ["username", "note"]
    date_hierarchy = "made_at"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        changes = AccountChange.objects.with_people()
        change = visible_row(self, request, changes, object_id)
        if request.method == "POST":
            return self.decide(request, change)
        return self.page(request, change)

    def decide(self, request: HttpRequest, change: AccountChange) -> HttpResponse:
        user, decision = staff_user(request), request.POST.get("decision", "")
        if not may_object(user):
            raise PermissionDenied
        if decision == SHOW_CODE:
            return self.page(request, change, code=new_code(change, user))
        try:
            with transaction.atomic():
                message = carry_out_change(
                    decision, user, change, request.POST.get("reason", "")[:300]
                )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            if message:
                messages.success(request, message)
        return HttpResponseRedirect(request.path)

    def page(
        self, request: HttpRequest, change: AccountChange, **context: Any
    ) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            **decisions_for(staff_user(request), change),
            "title": _("Account change"),
            "subtitle": str(change),
            "opts": self.opts,
            "change": change,
            "values": changed_values(change),
            "form": ReasonForm(),
            **context,
        }
        response = TemplateResponse(request, "desk/accounts/change.html", context)
        response["Cache-Control"] = "no-store"
        return response


def decisions_for(user: User, change: AccountChange) -> dict[str, Any]:
    """The decisions that the page offers to the user, and what stands in their way."""
    if change.state != AccountChangeState.WAITING:
        return {"code_field": code_field(change, user)}
    is_own = user.pk == change.author_id
    has_decider = deciders(change.author, change.person).exists()
    due = earliest(change)
    return {
        "is_own": is_own,
        "has_decider": has_decider,
        "due": due,
        "may_approve": may_approve_change(user, change) and may_decide(user),
        "may_force": is_own and not has_decider and due <= timezone.now(),
        "may_refuse": may_object(user) and not is_own,
    }


def changed_values(change: AccountChange) -> list[LoggedChange]:
    """The values, old and new, as the log would show them."""
    names = {name: [change.old.get(name), change.new[name]] for name in change.new}
    return shown_values(User, names)


def carry_out_change(
    decision: str, user: User, change: AccountChange, reason: str
) -> str:
    """Does as decided, and returns a message of that; none where it is no decision."""
    if decision == "approve":
        approve_change(change, user)
        return _("Approved. The change has been applied.")
    if decision == "force":
        force_unopposed(change, user)
        return _("No one objected, so the change has been applied.")
    if decision == "refuse":
        require_plain(reason)
        refuse_change(change, user, reason)
        return _("The change was refused.")
    if decision == "take-back":
        take_change_back(change, user)
        return _("The request was withdrawn. It stays on record.")
    return ""
