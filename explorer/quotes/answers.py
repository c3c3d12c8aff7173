"""The same check for programs."""

import json
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from explorer.api.responses import bilingual_response, open_view, parameters_problem
from explorer.quotes.check import QuoteFinding, check_quote
from explorer.quotes.index import quote_index
from explorer.quotes.passages import Passage
from explorer.quotes.views import QuoteForm
from statements.requests import PortalRequest

JSON_BODY = "application/json"


@partial(open_view, methods="POST, OPTIONS")
def quote_answers(request: PortalRequest) -> HttpResponse:
    text = posted_text(request)
    form = QuoteForm({"text": text})
    # Signs without a letter are a text that has no sentence; no text is a slip.
    is_text = form.is_valid() or (text and form.has_error("text", code="required"))
    if not is_text:
        return parameters_problem(
            request,
            [{"parameter": "text", "detail": str(e)} for e in form.errors["text"]],
        )
    index = quote_index(request.data_version)
    findings = check_quote(form.cleaned_data.get("text", ""), index)
    answer = bilingual_response(
        {
            "as_of": timezone.localdate().isoformat(),
            "sentences": [plain_finding(found) for found in findings],
        }
    )
    answer["Cache-Control"] = "no-store"
    return answer


def posted_text(request: HttpRequest) -> str:
    """The text of a form or of a JSON object; of anything else, nothing."""
    if request.content_type != JSON_BODY:
        return str(request.POST.get("text", ""))
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return ""
    text = body.get("text") if isinstance(body, dict) else None
    return text if isinstance(text, str) else ""


def plain_finding(found: QuoteFinding) -> dict[str, Any]:
    return {
        "text": found.text,
        "verdict": found.verdict.value,
        "omission": found.has_omission,
        "codes": list(dict.fromkeys(p.code for p in found.passages if p.code)),
        "passages": [plain_passage(passage) for passage in found.passages],
        "changes": [{"change": run.change, "text": run.text} for run in found.runs],
    }


def plain_passage(passage: Passage) -> dict[str, Any]:
    return {
        "code": passage.code,
        "url_ko": passage_address(passage, "ko"),
        "url_en": passage_address(passage, "en"),
        "document": passage.document,
        "language": passage.language,
        "text": passage.text,
        "source_lines": [{"first": a, "last": b} for a, b in passage.lines],
        "standing": passage.standing.value,
        "until": passage.until.isoformat() if passage.until else None,
    }


def passage_address(passage: Passage, language: str) -> str:
    """The statement's page; of a line that became none, its document's."""
    with override(language):
        if passage.code:
            path = reverse("statements:detail", args=[passage.code])
        else:
            path = reverse("statements:source", args=[passage.document])
    return settings.SITE_URL + path
