"""The staff's manual, docs/manual.md and its Korean, as a page of the desk."""

import re
from functools import cache

import markdown
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desk.pages import staff_page, staff_response

MANUAL_FILES = {"ko": "manual.ko.md", "en": "manual.md"}
PICTURE = re.compile(r"\.\./static/(manual/[\w-]+\.png)")
#: The file's own heading and the link to the other language: the page has both.
HEAD = re.compile(r"\A# .*\n+\[.*\]\(.*\)\n+")


@cache
def manual(language: str) -> SafeString:
    """Our own text from the repository, as HTML."""
    path = settings.BASE_DIR / "docs" / MANUAL_FILES[language]
    text = HEAD.sub("", path.read_text("utf-8"))
    text = PICTURE.sub(lambda match: static(match[1]), text)
    html: str = markdown.markdown(text, extensions=["tables", "toc"])
    return mark_safe(html)


@staff_page()
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Shows the manual in the reader's language."""
    title = _("Staff manual")
    text = manual(get_language() or settings.LANGUAGE_CODE)
    return staff_response(request, "desk/manual.html", title=title, text=text)
