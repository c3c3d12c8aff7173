"""Words found in many statements and replaced, each hit looked at before."""

import re

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
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
from desk.bulk.text_rules import problems
from desk.pages import staff_page, staff_response
from desk.proposals.admin_mixins import EDIT_KOREAN
from statements.fields import ENGLISH, TEXTS

LONGEST_WORDS = 200


class ReplaceForm(ScopeForm):
    find = forms.CharField(
        label=gettext_lazy("Find"),
        max_length=LONGEST_WORDS,
        strip=False,
        help_text=gettext_lazy("The words as they stand, signs and spaces included."),
    )
    replacement = forms.CharField(
        label=gettext_lazy("Replace by"),
        max_length=LONGEST_WORDS,
        strip=False,
        required=False,
        help_text=gettext_lazy("Empty: the words are taken out."),
    )
    whole_words = forms.BooleanField(
        label=gettext_lazy("Whole words"),
        required=False,
        help_text=gettext_lazy(
            "In Korean, a word with a particle attached is another word."
        ),
    )
    match_case = forms.BooleanField(
        label=gettext_lazy("Match capitals"), required=False, initial=True
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

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = TEXTS if user.has_perm(EDIT_KOREAN) else ENGLISH
        self.fields["fields_searched"].choices = [(n, TEXTS[n].label) for n in names]

    def clean_find(self):
        find = self.cleaned_data["find"]
        if not find.strip():
            raise ValidationError(_("Enter the words to find."))
        return find

    def clean(self):
        data = super().clean()
        if "find" in data and data["find"] == data.get("replacement"):
            self.add_error("replacement", _("These are the same words."))
        return data

    def edits(self) -> Edits:
        """The texts anew; none that could not stand, which `left_out` names."""
        data = self.cleaned_data
        pattern = pattern_of(data["find"], data["whole_words"], data["match_case"])
        names = data["fields_searched"]
        found: Edits = {}
        self.left_out: list[str] = []
        for statement in self.chosen():
            old = {name: getattr(statement, name) for name in names}
            values = {
                name: new
                for name, text in old.items()
                if (new := pattern.sub(lambda _hit: data["replacement"], text)) != text
            }
            wrong = list(problems(statement.kind, values))
            self.left_out += [f"{statement.code}: {what}" for _name, what in wrong]
            if values and not wrong:
                found[statement.pk] = values
        return found


def pattern_of(words: str, whole: bool, match_case: bool) -> re.Pattern[str]:
    text = re.escape(words)
    if whole:
        text = rf"(?<!\w){text}(?!\w)"
    return re.compile(text, 0 if match_case else re.IGNORECASE)


@staff_page(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def replacing(request: HttpRequest) -> HttpResponse:
    form = ReplaceForm(request.user, request.POST or None)
    if form.is_valid():
        edits = form.edits()
        for one in form.left_out:
            messages.warning(request, _("Left out: %(what)s") % {"what": one})
        if 0 < len(edits) <= MOST_STATEMENTS:
            here = reverse("staff:replacing")
            job = Job(here, edits, newest_revisions(edits), may_choose=True)
            return keep_job(request, job)
        form.add_error("find", hits_refused(len(edits)))
    return staff_response(
        request,
        "admin/desk/bulk/replacing.html",
        title=_("Find and replace"),
        form=form,
    )


def hits_refused(count: int) -> str:
    if not count:
        return _("No text was found that this would change.")
    text = _("Found in %(count)s statements; narrow it to at most %(most)s.")
    return text % {"count": count, "most": MOST_STATEMENTS}
