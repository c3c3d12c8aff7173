"""Words of many statements are replaced, each place looked at before."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from desk.bulk.jobs import (
    CHANGE,
    MOST_STATEMENTS,
    Edits,
    Job,
    keep_job,
    newest_revisions,
)
from desk.bulk.selection import ScopeForm
from desk.bulk.text_rules import find_text_problems
from desk.form_choices import set_choices
from desk.models import BatchKind
from desk.pages import staff_page, staff_response
from desk.proposals.further.resumed import EDIT_KOREAN
from desk.requests import StaffRequest
from statements.fields import ENGLISH, TEXTS
from statements.input.letters import unify

LONGEST_WORDS = 200


class ReplaceForm(ScopeForm):
    find = forms.CharField(
        label=gettext_lazy("Find"),
        max_length=LONGEST_WORDS,
        strip=False,
        help_text=gettext_lazy(
            "Include punctuation and spaces. Full-width and half-width characters, and "
            "different middle dots, dashes and apostrophes, count as the same."
        ),
    )
    replacement = forms.CharField(
        label=gettext_lazy("Replace with"),
        max_length=LONGEST_WORDS,
        strip=False,
        required=False,
        help_text=gettext_lazy("If empty, the words are deleted."),
    )
    whole_words = forms.BooleanField(
        label=gettext_lazy("Whole words only"),
        required=False,
        help_text=gettext_lazy(
            "In Korean, a word with a particle counts as a different word."
        ),
    )
    match_case = forms.BooleanField(
        label=gettext_lazy("Match case"), required=False, initial=True
    )
    fields_searched = forms.MultipleChoiceField(
        label=gettext_lazy("Look in"), widget=forms.CheckboxSelectMultiple
    )
    field_order = [
        "find",
        "replacement",
        "whole_words",
        "match_case",
        "fields_searched",
    ]

    def __init__(self, user: User, data: QueryDict | None = None) -> None:
        super().__init__(data)
        names = TEXTS if user.has_perm(EDIT_KOREAN) else ENGLISH
        set_choices(self, "fields_searched", [(n, TEXTS[n].label) for n in names])

    def clean_find(self) -> str:
        find: str = self.cleaned_data["find"]
        if not unify(find).text.strip():
            raise ValidationError(_("Enter the words to find."))
        return find

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if "find" in data and data["find"] == data.get("replacement"):
            self.add_error("replacement", _("The two texts are the same."))
        return data

    @property
    def subject(self) -> str:
        """The words, as the batch tells of them."""
        data = self.cleaned_data
        return f"{data['find']} → {data['replacement']}"

    def edits(self) -> Edits:
        """New texts by statement; `left_out` names those that could not stand."""
        data = self.cleaned_data
        pattern = pattern_of(data["find"], data["whole_words"], data["match_case"])
        names = data["fields_searched"]
        edits: Edits = {}
        self.left_out: list[str] = []
        for statement in self.chosen():
            old = {name: getattr(statement, name) for name in names}
            values = {
                name: new
                for name, text in old.items()
                if (new := replaced(text, pattern, data["replacement"])) != text
            }
            wrong = list(find_text_problems(statement.kind, values))
            self.left_out += [f"{statement.code}: {what}" for _name, what in wrong]
            if values and not wrong:
                edits[statement.pk] = values
        return edits


def pattern_of(words: str, whole: bool, match_case: bool) -> re.Pattern[str]:
    text = re.escape(unify(words).text)
    if whole:
        text = rf"(?<!\w){text}(?!\w)"
    return re.compile(text, 0 if match_case else re.IGNORECASE)


def replaced(text: str, pattern: re.Pattern[str], replacement: str) -> str:
    """The words are found whatever dots and widths they are written with; all else
    stays as it is, and so does a sign of which only a part was found.
    """
    unified = unify(text)
    pieces, at = [], 0
    for hit in pattern.finditer(unified.text):
        if unified.is_whole(*hit.span()):
            start, end = unified.place(*hit.span())
            pieces += [text[at:start], replacement]
            at = end
    return "".join([*pieces, text[at:]])


@staff_page(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def replace_words(request: StaffRequest) -> HttpResponse:
    form = ReplaceForm(request.user, request.POST or None)
    if form.is_valid():
        edits = form.edits()
        for problem in form.left_out:
            messages.warning(request, _("Left out: %(what)s") % {"what": problem})
        if 0 < len(edits) <= MOST_STATEMENTS:
            here = reverse("staff:replacing")
            seen, kind = newest_revisions(edits), BatchKind.REPLACEMENT
            job = Job(here, edits, seen, kind, form.subject, may_choose=True)
            return keep_job(request, job)
        form.add_error("find", hit_count_error(len(edits)))
    return staff_response(
        request,
        "desk/bulk/replace.html",
        title=_("Find and replace"),
        form=form,
    )


def hit_count_error(count: int) -> str:
    if not count:
        return _("Nothing was found to change.")
    text = _("Found in %(count)s statements. Narrow the search to %(most)s or fewer.")
    return text % {"count": count, "most": MOST_STATEMENTS}
