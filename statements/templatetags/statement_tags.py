import re

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

#: In escaped text: a middle dot of any kind with the letter or bracket before it, a
#: hyphen between a Latin letter and Hangul, a range of numbers.
HELD = re.compile(r"[^\s<>&;][·‧・]|[A-Z]-[가-힣]|\d+-\d+")


@register.filter
def listed(text: str) -> list[str]:
    """A text cut at its inline list marks (▴): the lead, then the items."""
    return [part.strip() for part in text.split("▴")]


@register.filter
@stringfilter
def unbroken(text: str) -> SafeString:
    """Keeps a middle dot with the letter before it, and K-이니셔티브 and 24-25 whole.

    Browsers break Korean before a dot and after a hyphen; no style forbids that, and a
    word joiner would be copied with the text.
    """
    held = HELD.sub(r'<span class="held">\g<0></span>', escape(text))
    return mark_safe(held)
