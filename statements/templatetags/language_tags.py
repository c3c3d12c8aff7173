import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from statements.admin.languages import yes_or_no
from statements.history.entry_diff import field_language

register = template.Library()

#: How the admin draws yes and no where nothing can be changed.
ICON = re.compile(r'<img src="[^"]*/icon-(yes|no)[^"]*" alt="\w+">')


@register.filter
def language_of(name: str | None) -> str:
    """Of a field of the admin; nothing where it is the page's own."""
    return field_language(name or "")


@register.filter
def in_words(contents: SafeString) -> SafeString:
    """Yes and no, which the admin draws and names in English."""
    said = {answer: yes_or_no(answer == "yes") for answer in ("yes", "no")}
    return mark_safe(ICON.sub(lambda icon: said[icon[1]], conditional_escape(contents)))
