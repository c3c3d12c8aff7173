"""The page that checks a quote."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from explorer.quotes.check import LONGEST_QUOTE, QuoteFinding, check_quote
from explorer.quotes.index import quote_index
from explorer.quotes.letter_key import count_letters
from explorer.quotes.passages import Passage
from statements.filters.choices import vocabulary
from statements.input.letters import composed
from statements.input.plain_text import without_foreign
from statements.models import Statement
from statements.requests import PortalRequest


class PastedTextField(forms.CharField):
    """The text as a person sees it: signs that nobody sees come with texts that are
    copied out of other programs.
    """

    def to_python(self, value: Any) -> str:
        text = composed(without_foreign(super().to_python(value) or ""))
        return text.replace("\r\n", "\n")


class QuoteForm(forms.Form):
    """Shows again what was typed, whatever is wrong with it."""

    text = PastedTextField(
        label=gettext_lazy("Sentence or passage, in Korean or English"),
        help_text=gettext_lazy("Up to 5,000 letters. Nothing is stored."),
        widget=forms.Textarea(attrs={"rows": 8}),
        strip=False,
        error_messages={"required": gettext_lazy("Enter the text to check.")},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not count_letters(text):
            raise ValidationError(_("Enter the text to check."), code="required")
        if len(text) > LONGEST_QUOTE:
            raise ValidationError(
                _("The text has %(n)s letters. Shorten it to %(most)s.")
                % {"n": f"{len(text):,}", "most": f"{LONGEST_QUOTE:,}"}
            )
        return text


# The check changes nothing, and readers have no cookie that a token would need.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def quotes_page(request: PortalRequest) -> HttpResponse:
    form = QuoteForm(request.POST) if request.method == "POST" else QuoteForm()
    context: dict[str, Any] = {"form": form, "today": timezone.localdate()}
    if form.is_bound and form.is_valid():
        index = quote_index(request.data_version)
        context["findings"] = shown(
            request, check_quote(form.cleaned_data["text"], index)
        )
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    answer = render(request, "explorer/quotes/quotes.html", context, status=status)
    if form.is_bound:
        answer["Cache-Control"] = "no-store"
    return answer


def shown(request: PortalRequest, findings: list[QuoteFinding]) -> list[dict[str, Any]]:
    """Each finding with the statement and the document of each passage."""
    passages = [passage for found in findings for passage in found.passages]
    places = with_places(request, passages)
    return [
        {"found": found, "places": [places[p] for p in found.passages]}
        for found in findings
    ]


def with_places(
    request: PortalRequest, passages: list[Passage]
) -> dict[Passage, dict[str, Any]]:
    codes = {passage.code for passage in passages}
    statements = Statement.objects.filter(code__in=codes).in_bulk(field_name="code")
    documents = {d.slug: d for d in vocabulary(request.data_version).documents}
    return {
        passage: {
            "passage": passage,
            "statement": statements.get(passage.code),
            "document": documents.get(passage.document),
        }
        for passage in passages
    }
