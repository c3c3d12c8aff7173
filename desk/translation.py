from modeltranslation.translator import TranslationOptions, register

from desk.models import Proposal


@register(Proposal)
class ProposalOptions(TranslationOptions):
    fields = ("note",)
    field_options = {"note": {"default": {"null": False, "default": ""}}}
