"""The form that readers fill in, and the one by which staff answer."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from desk.feedback.models import (
    CLOSED_REPORTS,
    LONGEST_ANSWER,
    LONGEST_MAIL,
    LONGEST_REPORT,
    ProblemReport,
    ReportedProblem,
    ReportState,
)
from statements.input.letters import composed
from statements.input.plain_text import PlainTextField, require_plain
from statements.models import Revision


class WrittenTextField(PlainTextField):
    """Some lines of text: an end of line is one letter, as browsers count it, and what
    nobody sees is no text.
    """

    widget = forms.Textarea(attrs={"rows": 7})

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n")
        return text if composed(text).strip() else ""


class ReportForm(forms.Form):
    """`opened` is the stamp of the form; `homepage` a trap that people do not see."""

    problem = forms.ChoiceField(
        label=_("What is wrong?"), choices=ReportedProblem, widget=forms.RadioSelect
    )
    text = WrittenTextField(
        label=_("Describe the problem"),
        max_length=LONGEST_REPORT,
        help_text=_("Up to 2,000 characters. Please write nothing personal here."),
    )
    mail = forms.EmailField(
        label=_("Email address (optional)"),
        required=False,
        max_length=LONGEST_MAIL,
        validators=[require_plain],
        help_text=_("Only so that staff can ask you about this report."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    homepage = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)


class MadeChangeField(forms.ModelChoiceField):
    def label_from_instance(self, revision: Revision) -> str:
        return f"{revision}: {revision.note}"


class AnswerForm(forms.Form):
    """`seen` is the version of the report that the person looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("State"), choices=ReportState)
    answer_ko = WrittenTextField(
        label=_("Public answer (Korean)"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "ko"}),
    )
    answer_en = WrittenTextField(
        label=_("Public answer (English)"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "en"}),
    )

    def __init__(self, report: ProblemReport, data: Any = None) -> None:
        names = ("state", "answer_ko", "answer_en", "revision")
        present = {name: getattr(report, name) for name in names}
        super().__init__(data, initial={**present, "seen": report.version})
        made = report.statement.revisions.shown().newest_first()
        self.fields["revision"] = MadeChangeField(
            made.filter(at__gte=report.received_at),
            label=_("Change made after the report"),
            required=False,
            empty_label=_("no change chosen"),
            help_text=_(
                "Published changes of this statement since the report. The one you "
                "choose is marked in the change history, which says nothing of the "
                "report itself."
            ),
        )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        state = data.get("state")
        if state != ReportState.CHANGED:
            data["revision"] = None
        for name in ("answer_ko", "answer_en"):
            if state in CLOSED_REPORTS and name in data and not data[name]:
                self.add_error(name, ValidationError(NO_ANSWER))
        return data


NO_ANSWER = _("A closed report needs an answer in both languages.")
