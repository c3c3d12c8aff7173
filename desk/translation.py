"""The fields of the desk that are written in both languages."""

from modeltranslation.translator import TranslationOptions, register

from desk.models import DocumentRequest, EntryProposal, Proposal


@register([DocumentRequest, EntryProposal, Proposal])
class ProposalOptions(TranslationOptions):
    """The note of a proposal: it comes to stand in public."""

    fields = ("note",)
    field_options = {"note": {"default": {"null": False, "default": ""}}}
