"""Messages to the administrator who asked for a change of an account."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from desk.accounts.changes.administration import Outcome
from desk.accounts.changes.models import AccountChange
from desk.accounts.rights import deciders


def tell_outcome(request: HttpRequest, outcome: Outcome) -> None:
    if outcome.taken:
        text = _("The rights of {name} were removed at once ({link}).")
        tell_linked(request, text, outcome.taken)
    if outcome.asked:
        tell_asked(request, outcome.asked)
    if not any(outcome):
        messages.info(request, _("Nothing was changed."))


def tell_asked(request: HttpRequest, change: AccountChange) -> None:
    """Says what the change waits for: somebody, or a time."""
    if deciders(change.author, change.person).exists():
        text = _(
            "Requested. It takes effect once another administrator approves it "
            "({name}, {link})."
        )
    else:
        text = _(
            "Requested. No other administrator can approve it now, so publishers and "
            "administrators are notified. Unless one of them objects, you can apply it"
            " from {time} ({name}, {link})."
        )
    tell_linked(request, text, change)


def tell_linked(request: HttpRequest, text: str, change: AccountChange) -> None:
    url = reverse("admin:desk_accountchange_change", args=[change.pk])
    link = format_html('<a href="{}">#{}</a>', url, change.pk)
    time = date_format(localtime(change.due_at), "DATETIME_FORMAT")
    message = format_html(text, name=change.username, link=link, time=time)
    messages.success(request, message)
