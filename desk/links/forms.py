"""Forms that narrow the lists of pairs, and that give a decision its reason."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.form_choices import set_queryset
from desk.upkeep.forms import DocumentChoice
from explorer.continuity.queries import OTHER_ENDS
from statements.input.plain_text import PlainTextField
from statements.models import LINKED_KINDS, Document, Kind, LinkState, Statement


def rationale_field(label: Promise, language: str) -> PlainTextField:
    widget = forms.Textarea(attrs={"rows": 2, "lang": language})
    return PlainTextField(label=label, widget=widget)


class RationaleForm(forms.Form):
    """The reason why two statements are not linked."""

    rationale_ko = rationale_field(_("Reason (Korean)"), "ko")
    rationale_en = rationale_field(_("Reason (English)"), "en")


class DraftLinkForm(RationaleForm):
    rationale_ko = rationale_field(_("In common (Korean)"), "ko")
    rationale_en = rationale_field(_("In common (English)"), "en")
    state = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (LinkState.SUGGESTED, _("Leave as a draft")),
            (LinkState.CONFIRMED, _("Confirm")),
            (LinkState.REJECTED, _("Reject")),
        ],
    )


class EndFilter(forms.Form):
    statement = forms.CharField(
        label=_("Statement number of either of the two"), required=False, max_length=64
    )

    def clean_statement(self) -> Statement | None:
        code = self.cleaned_data["statement"].upper()
        if not code:
            return None
        statement = Statement.objects.published().filter(code=code).first()
        if statement is None:
            text = gettext("There is no published statement with the number %(code)s.")
            raise ValidationError(text % {"code": code})
        return statement


class UnlinkedFilter(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All")), *((kind.value, kind.label) for kind in LINKED_KINDS)],
    )
    document = DocumentChoice()
    without = forms.ChoiceField(
        label=_("No link with"),
        required=False,
        choices=[
            ("", _("any statement")),
            ("later", _("a later statement")),
            ("earlier", _("an earlier statement")),
        ],
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        set_queryset(self, "document", Document.objects.all())

    @property
    def kinds(self) -> tuple[Kind, ...]:
        kind = self.cleaned_data["kind"]
        return (Kind(kind),) if kind else LINKED_KINDS

    @property
    def ends(self) -> tuple[str, ...]:
        """The ends of links that a statement is not at: later ones have it earlier."""
        without = self.cleaned_data["without"]
        return (OTHER_ENDS[without],) if without else tuple(OTHER_ENDS)
