import re
from collections.abc import Iterable, Iterator

from django import template
from django.template import Context
from django.template.defaultfilters import stringfilter
from django.utils.formats import number_format
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from statements.codes import goal_key
from statements.filters.choices import vocabulary
from statements.models import GlossaryTerm, PartNature, Statement
from statements.pages.initials import letter_slug
from statements.pages.originals import size_of_original
from statements.requests import PortalRequest

register = template.Library()

#: In escaped text: a middle dot of any kind with the letter or bracket before it, the
#: hyphens of a name (ROK-U.S., 한-미-일) with their neighbours, a range of numbers.
HELD = re.compile(r"[^\s<>&;][·‧・]|[A-Za-z.가-힣](?:-[A-Z가-힣])+|\d+-\d+")


HANGUL = re.compile("[ㄱ-ㅎ가-힣]")
#: The style sheets have a hue for as many goals; then they come round again.
HUES = 5

register.filter("original_size", size_of_original)


@register.filter
def hue(goal: Statement) -> str:
    """The class of a goal's hue."""
    return f"g{(goal.number - 1) % HUES + 1}"


@register.filter
def key(goal: Statement) -> str:
    """The goal as addresses have it."""
    return goal_key(goal.code)


@register.filter
def letter(term: GlossaryTerm) -> str:
    """The letter of the glossary that a term is under, as addresses have it."""
    return letter_slug(term, get_language() or "ko")


@register.filter
def grouped(number: int) -> str:
    """The number with commas at its thousands."""
    return number_format(number, force_grouping=True)


@register.filter
def section(statement: Statement) -> str:
    """The achievements or tasks of a year that the statement is one of."""
    return PartNature(statement.nature).name_of(int(statement.year or 0))


@register.simple_tag(takes_context=True)
def is_earlier(context: Context, statement: Statement) -> bool:
    """True of a statement of a document of goals that has a later one."""
    request: PortalRequest | None = getattr(context, "request", None)
    return request is not None and vocabulary(request.data_version).is_earlier(
        statement
    )


@register.filter
def outlined(
    statements: Iterable[Statement], below: str
) -> Iterator[tuple[int, Statement]]:
    """These and all below them, which the attribute `below` of each holds, in the order
    of the document: each with its level, from 1.
    """
    for statement in statements:
        yield 1, statement
        under = outlined(getattr(statement, below, ()), below)
        yield from ((level + 1, lower) for level, lower in under)


@register.filter
def tongue(text: str) -> str:
    """The language of a text that people wrote in either."""
    return "ko" if HANGUL.search(text) else "en"


@register.filter
def quoted(words: str | Iterable[str]) -> SafeString:
    """Words in quotation marks, those of the page's language if there are any; others
    say which language they are of.
    """
    given = [words] if isinstance(words, str) else list(words)
    frame = _("“%(word)s”") % {"word": "{}"}
    if own := [word for word in given if tongue(word) == get_language()]:
        return format_html_join(", ", frame, ([word] for word in own))
    marked = f'<span lang="{{}}">{frame}</span>'
    return format_html_join(", ", marked, ((tongue(word), word) for word in given))


@register.filter
def listed(text: str) -> list[str]:
    """A text cut at its inline list marks (▴): the lead, then the items."""
    return [part.strip() for part in text.split("▴")]


@register.filter
@stringfilter
def held_together(text: str) -> SafeString:
    """Keeps a middle dot with the letter before it, and K-팝, ROK-U.S., 24-25 whole.

    Browsers break Korean before a dot and any text after a hyphen; no style forbids
    that, and a word joiner would be copied with the text.
    """
    return mark_safe(HELD.sub(r'<span class="held">\g<0></span>', escape(text)))


@register.filter
@stringfilter
def unbroken(text: str) -> SafeString:
    """Holds a text together, in one span: in a link that is a flex box, each of its
    parts would be a word of its own, and be read so.
    """
    held = held_together(text)
    return mark_safe(f"<span>{held}</span>") if "<span" in held else held


@register.inclusion_tag("statements/editor_note.html")
def editor_note(statement: Statement) -> dict[str, str]:
    """The note of an editor, which goes with the statement wherever it is shown; in the
    other language where the active one has none.
    """
    notes = {"ko": statement.editor_note_ko, "en": statement.editor_note_en}
    language = get_language() or "ko"
    if not notes[language]:
        language = next((code for code, note in notes.items() if note), language)
    return {"note": notes[language], "language": language}
