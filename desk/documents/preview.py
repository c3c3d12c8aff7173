"""A document with drafts on the real pages, as readers would find them: tried, shown to
staff, and taken back.
"""

import re

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import SimpleTemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language

from desk.documents.scope import STATE_AFTER, statements_of
from desk.models import DocumentAct
from desk.proposals.preview import trial_of
from desk.proposals.preview_pages import VIEW, PreviewRequest
from statements.models import Document

#: The pages that show what a document says, by the names of their addresses.
SHOWN = (
    *("statements:source", "statements:source_compare", "statements:detail"),
    *("goals:list", "goals:detail", "goals:compare"),
    *("achievements:achievements", "achievements:tasks"),
)
LINK = re.compile(r'href="(/[^"#?]*)')


@admin.site.admin_view
def preview_source(request: PreviewRequest, slug: str) -> HttpResponse:
    """The way in: the page of the whole source."""
    require_reader(request)
    return redirect(address_of("statements:source", slug, slug))


@admin.site.admin_view
def preview_page(request: PreviewRequest, slug: str, path: str) -> HttpResponseBase:
    """One of the readers' pages, as if all drafts of the document were published; its
    links lead on to others of these.
    """
    require_reader(request)
    document = get_object_or_404(Document, slug=slug)
    address = f"/{get_language()}/{path}"
    if not is_shown(address):
        raise Http404
    view, args, options = resolve(address)
    request.is_draft_preview = True
    drafts = statements_of(document, DocumentAct.PUBLISH)
    state = STATE_AFTER[DocumentAct.PUBLISH]
    with trial_of(request, lambda: drafts.update(state=state)):
        response = view(request, *args, **options)
        if isinstance(response, SimpleTemplateResponse):
            response.render()
    lead_on(response, slug)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response  # type: ignore[no-any-return]


def require_reader(request: PreviewRequest) -> None:
    if not request.user.has_perm(VIEW):
        raise PermissionDenied


def lead_on(response: HttpResponse, slug: str) -> None:
    """Links to pages that can be shown so lead to their previews."""

    def previewed(link: re.Match[str]) -> str:
        return f'href="{in_preview(link[1], slug)}'

    if "Location" in response:
        response["Location"] = in_preview(response["Location"], slug)
    else:
        response.content = LINK.sub(previewed, response.content.decode())


def in_preview(address: str, slug: str) -> str:
    if not is_shown(address):
        return address
    path = address.removeprefix(f"/{get_language()}/")
    return reverse("desk:preview_page", args=[slug, path])


def address_of(name: str, slug: str, *args: object) -> str:
    """The preview of the page with that name."""
    return in_preview(reverse(name, args=args), slug)


def is_shown(address: str) -> bool:
    try:
        return resolve(address).view_name in SHOWN
    except Resolver404:
        return False
