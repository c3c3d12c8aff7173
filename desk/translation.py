"""The fields of the desk that are written in both languages."""

from modeltranslation.translator import TranslationOptions, register

from desk.models import DocumentRequest, EntryProposal, ProblemReport, Proposal


@register([DocumentRequest, EntryProposal, Proposal])
class ProposalOptions(TranslationOptions):
    """The note of a proposal: it comes to stand in public."""

    fields = ("note",)
    field_options = {"note": {"default": {"null": False, "default": ""}}}


@register(ProblemReport)
class ProblemReportOptions(TranslationOptions):
    """The answer to a reader, who may read it in either language."""

    fields = ("answer",)
    field_options = {"answer": {"default": {"null": False, "default": ""}}}
