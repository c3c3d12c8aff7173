"""A whole document on one page, made to be printed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from statements.filters.choices import with_editions
from statements.models import Document
from statements.pages.parallel import depth, wordings_of

#: The value of `text` that asks for both languages; without it, that of the page.
BOTH = "both"
#: The level of the outline's first headings, and of the last that HTML has.
FIRST_LEVEL, LAST_LEVEL = 2, 6


@require_safe
def booklet(request: HttpRequest, slug: str) -> HttpResponse:
    """Its statements in order, in the language of the page or in both."""
    document = get_object_or_404(with_editions(Document.objects.public()), slug=slug)
    shown = ("ko", "en") if request.GET.get("text") == BOTH else (get_language(),)
    statements = document.statements.published().in_outline_order()
    above, entries = FIRST_LEVEL - 1, []
    for one in statements:
        # No level is left out, though some of those above have no title.
        level = min(FIRST_LEVEL + depth(one), above + 1, LAST_LEVEL)
        above = level if one.title_ko else above
        wordings = [w for w in wordings_of(one) if w.language in shown]
        entries.append({"code": one.code, "level": level, "wordings": wordings})
    context = {"document": document, "entries": entries, "is_both": len(shown) > 1}
    return render(request, "statements/pages/booklet.html", context)
