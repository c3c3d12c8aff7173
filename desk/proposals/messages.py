"""Messages to the author of proposals: what became of them, who else is at it."""

from collections.abc import Iterator, Sized
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk.audit_log import log_change, log_made
from desk.models import Proposal
from desk.proposals.record import Proposed
from desk.proposals.states import AnyProposal
from statements.gate import Note

#: As the log has it when a further change of its author joins a proposal.
JOINED_ACT = "join"


class Told(NamedTuple):
    """A message and its level, as Django's messages have them."""

    text: str
    level: int


def told(proposed: Proposed) -> Iterator[Told]:
    made = [*proposed.joined, *proposed.proposals]
    yield from told_of_joined(proposed.joined)
    yield from told_of_outcome(
        proposed.proposals, proposed.waiting, proposed.drafts, proposed.joined
    )
    yield from told_of_undone(proposed.again)
    if len(made) == 1:
        yield from told_of_others(made[0])
    elif made:
        yield from told_of_many_others(made)


def told_of_joined(proposals: list[Proposal]) -> Iterator[Told]:
    if proposals:
        text = _(
            "Your change was added to what you have already submitted ({links}). It "
            "will be published once another person approves it."
        )
        yield Told(format_html(text, links=all_linked(proposals)), messages.SUCCESS)


def told_of_undone(proposals: list[Proposal]) -> Iterator[Told]:
    if proposals:
        text = _(
            "What was approved for scheduled publication ({links}) is waiting for "
            "review again. Another person must check the draft as it is now."
        )
        yield Told(format_html(text, links=all_linked(proposals)), messages.WARNING)


def told_of_outcome(
    proposals: Sized, waiting: Sized, drafts: Sized = (), joined: Sized = ()
) -> Iterator[Told]:
    """Says what has become of an edit, whatever it was of."""
    if waiting:
        text = _(
            "You have already submitted exactly this change. It is waiting for review."
        )
        yield Told(text, messages.INFO)
    elif not proposals and not drafts and not joined:
        yield Told(_("Nothing was changed."), messages.INFO)
    if drafts:
        yield Told(_("The draft was saved."), messages.SUCCESS)
    if count := len(proposals):
        text = ngettext(
            "Proposal submitted. It will be published once another person approves it.",
            "%(n)s proposals submitted. Each will be published once another person "
            "approves it.",
            count,
        )
        yield Told(text % {"n": count}, messages.SUCCESS)


def told_of_others(proposal: Proposal) -> Iterator[Told]:
    """Says to the second who saves that nobody’s text is lost."""
    code = proposal.statement.code
    if proposal.conflicts:
        text = _(
            "{code} was changed by someone else while you were editing it. Both texts "
            "are kept. Compare them on the page of your proposal {link}."
        )
        warning = format_html(text, code=code, link=linked(proposal))
        yield Told(warning, messages.WARNING)
    others = Proposal.objects.open().filter(statement=proposal.statement_id)
    for other in others.exclude(pk=proposal.pk).with_people():
        text = _(
            "{name} has also submitted a proposal for {code} ({link}). Both are "
            "waiting for review."
        )
        warning = format_html(text, name=other.author, code=code, link=linked(other))
        yield Told(warning, messages.WARNING)


def all_linked(proposals: list[Proposal]) -> SafeString:
    return format_html_join(", ", "{}", ([linked(one)] for one in proposals))


def linked(proposal: AnyProposal) -> SafeString:
    """Its number, which leads to its page."""
    return format_html('<a href="{}">#{}</a>', proposal.desk_url, proposal.pk)


def told_of_many_others(proposals: list[Proposal]) -> Iterator[Told]:
    """Names the statements that colleagues have proposed changes of too."""
    others = Proposal.objects.open().exclude(
        pk__in=[proposal.pk for proposal in proposals]
    )
    statements = [proposal.statement_id for proposal in proposals]
    codes = others.filter(statement__in=statements).order_by("statement__sort_key")
    distinct = list(dict.fromkeys(codes.values_list("statement__code", flat=True)))
    if distinct:
        text = _("Other proposals are also waiting for review: %(codes)s")
        yield Told(text % {"codes": ", ".join(distinct)}, messages.WARNING)


def tell(request: HttpRequest, proposed: Proposed) -> None:
    for message in told(proposed):
        messages.add_message(request, message.level, message.text)


def log(by: User, proposed: Proposed, note: Note) -> None:
    log_made(by, proposed.proposals)
    for proposal in proposed.joined:
        log_change(by, proposal, JOINED_ACT)
    for draft in proposed.drafts:
        log_change(by, draft, note.en)
