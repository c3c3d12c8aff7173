"""The admin of the desk: every model that it shows, registered here and only here."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User

from achievements.models import Achievement, Note, Point, Task
from desk.accounts.admin import DeskUserAdmin
from desk.accounts.changes.review import AccountChangeAdmin
from desk.accounts.logs import (
    DeskGroupAdmin,
    FailedLoginAdmin,
    LogEntryAdmin,
    LoginAdmin,
)
from desk.batches.admin import BatchAdmin
from desk.bulk.actions import BulkStatementAdmin
from desk.entries.admin import DocumentEntryForm, ProposingEntryAdmin
from desk.entries.review import EntryProposalAdmin
from desk.feedback.inbox import ProblemReportAdmin
from desk.models import (
    AccountChange,
    Batch,
    EntryProposal,
    FailedLogin,
    Login,
    ProblemReport,
    Proposal,
)
from desk.proposals.admin_mixins import ProposingAdmin, ProposingChildInline
from desk.proposals.proposal_forms import LinkProposalForm, StatusUpdateProposalForm
from desk.proposals.revert import ReturningRevisionAdmin
from desk.proposals.review import ProposalAdmin
from goals.models import Detail, ExpectedEffect, Goal, KeyContent, Objective
from statements.admin.document import DocumentAdmin
from statements.admin.facts import (
    EventAdmin,
    FigureAdmin,
    LinkAdmin,
    StatusUpdateAdmin,
)
from statements.admin.vocabulary import CountryAdmin, GlossaryTermAdmin, TermAdmin
from statements.models import (
    Country,
    Document,
    Event,
    Figure,
    GlossaryTerm,
    Link,
    Organisation,
    Region,
    Revision,
    Statement,
    StatusUpdate,
    Theme,
)
from statements.models.vocabulary import Term


class ObjectiveInline(ProposingChildInline):
    model = Objective


class KeyContentInline(ProposingChildInline):
    model = KeyContent


class ExpectedEffectInline(ProposingChildInline):
    model = ExpectedEffect


class DetailInline(ProposingChildInline):
    model = Detail


class PointInline(ProposingChildInline):
    model = Point


class NoteInline(ProposingChildInline):
    model = Note


admin.site.register([Statement, Objective, ExpectedEffect], BulkStatementAdmin)


@admin.register(Goal)
class GoalAdmin(BulkStatementAdmin):
    inlines = [ObjectiveInline, KeyContentInline, ExpectedEffectInline]


@admin.register(KeyContent)
class KeyContentAdmin(BulkStatementAdmin):
    inlines = [DetailInline]


@admin.register(Achievement, Task)
class ReportItemAdmin(BulkStatementAdmin):
    inlines = [PointInline, NoteInline]


@admin.register(Link)
class ProposingLinkAdmin(ProposingAdmin[Link], LinkAdmin):
    """Links whose changes wait for approval."""

    form = LinkProposalForm


@admin.register(Event)
class ProposingEventAdmin(ProposingAdmin[Event], EventAdmin):
    """Dates whose changes wait for approval."""


@admin.register(Figure)
class ProposingFigureAdmin(ProposingAdmin[Figure], FigureAdmin):
    """Numbers whose changes wait for approval."""


@admin.register(StatusUpdate)
class ProposingStatusUpdateAdmin(ProposingAdmin[StatusUpdate], StatusUpdateAdmin):
    """Statuses whose changes wait for approval."""

    form = StatusUpdateProposalForm


@admin.register(Document)
class ProposingDocumentAdmin(ProposingEntryAdmin[Document], DocumentAdmin):
    """Documents whose description waits for approval."""

    form = DocumentEntryForm


@admin.register(Region, Theme, Organisation)
class ProposingTermAdmin(ProposingEntryAdmin[Term], TermAdmin[Term]):
    """Terms whose changes wait for approval."""


@admin.register(Country)
class ProposingCountryAdmin(ProposingEntryAdmin[Country], CountryAdmin):
    """Countries whose changes wait for approval."""


@admin.register(GlossaryTerm)
class ProposingGlossaryAdmin(ProposingEntryAdmin[GlossaryTerm], GlossaryTermAdmin):
    """Glossary terms whose changes wait for approval."""


admin.site.register(Proposal, ProposalAdmin)
admin.site.register(Batch, BatchAdmin)
admin.site.register(EntryProposal, EntryProposalAdmin)
admin.site.register(ProblemReport, ProblemReportAdmin)
admin.site.register(Revision, ReturningRevisionAdmin)

admin.site.register(User, DeskUserAdmin)
admin.site.register(AccountChange, AccountChangeAdmin)
admin.site.register(Group, DeskGroupAdmin)
admin.site.register(LogEntry, LogEntryAdmin)
admin.site.register(Login, LoginAdmin)
admin.site.register(FailedLogin, FailedLoginAdmin)
