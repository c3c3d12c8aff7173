"""The sheet of styles by a reader's own choices: text size and colors.

Pages are the same for everybody, so that one of each is kept; this sheet alone depends
on cookies, and needs no script.
"""

from functools import cache

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import condition, require_safe

from portal.kept_answers.marks import etag_of, mark_timeless
from portal.preferences import MODE, SCALE

#: The sheet of a mode, and the media that it is for: none is for print.
SHEETS = {
    "auto": ("css/dark.css", "screen and (prefers-color-scheme: dark)"),
    "dark": ("css/dark.css", "screen"),
    "contrast": ("css/contrast.css", "screen"),
}


def choices_of(request: HttpRequest) -> tuple[str, str]:
    return SCALE.of(request), MODE.of(request)


def etag_of_look(request: HttpRequest) -> str:
    return etag_of(style_sheet(*choices_of(request)).encode())


@require_safe
@condition(etag_func=etag_of_look)
def look(request: HttpRequest) -> HttpResponse:
    """Never from a browser's memory unasked: the next page has what was just chosen."""
    answer = HttpResponse(
        style_sheet(*choices_of(request)), content_type="text/css; charset=utf-8"
    )
    answer["Cache-Control"] = "private, no-cache"
    answer["Vary"] = "Cookie"
    mark_timeless(request)
    return answer


@cache
def style_sheet(scale: str, mode: str) -> str:
    """The rules of a pair of choices: there are twenty."""
    name, media = SHEETS.get(mode, ("", ""))
    context = {
        "scale": scale,
        "default_scale": SCALE.default,
        "chosen": [(SCALE.name, scale), (MODE.name, mode)],
        "media": media,
        "colors": mark_safe(rules_of(name)) if name else "",
    }
    return render_to_string("site/look.css", context)


def rules_of(name: str) -> str:
    with staticfiles_storage.open(name) as sheet:
        return bytes(sheet.read()).decode()
