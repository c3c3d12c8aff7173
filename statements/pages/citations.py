"""Citations of a statement: plain text in both languages, BibTeX, CSL-JSON."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, override, pgettext
from django.utils.translation import gettext as _

from statements.models import Document, Statement

#: Characters that BibTeX would read as commands.
ESCAPES = str.maketrans(
    {character: f"\\{character}" for character in "{}%&$#_"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def citations_in_both(statement: Statement) -> list[dict[str, str]]:
    """The plain citation in each language, the active one first, as it cites itself."""
    languages = [language for language, _name in settings.LANGUAGES]
    citations = []
    for language in sorted(languages, key=lambda code: code != get_language()):
        with override(language):
            address = settings.SITE_URL + statement.get_absolute_url()
            text = plain_citation(statement, address)
        citations.append({"language": language, "text": text})
    return citations


def plain_citation(statement: Statement, address: str) -> str:
    """One line in the active language."""
    parts = {
        "publisher": publisher_of(statement.document),
        "document": statement.document.title,
        "code": statement.code,
        "lines": told_lines(statement),
        "translation": statement.translation_state.label,
        "site": settings.SITE_NAME,
        "address": address,
        "today": date_format(today(), "SHORT_DATE_FORMAT"),
    }
    if statement.language == settings.MODELTRANSLATION_DEFAULT_LANGUAGE:
        citation = _(
            "%(publisher)s, “%(document)s,” %(code)s (%(lines)s). "
            "%(site)s, %(address)s (accessed %(today)s)."
        )
    else:
        citation = _(
            "%(publisher)s, “%(document)s,” %(code)s (%(lines)s; %(translation)s). "
            "%(site)s, %(address)s (accessed %(today)s)."
        )
    return " ".join([citation % parts, *notes_on(statement)])


def notes_on(statement: Statement) -> list[str]:
    """The note of editors on it, labeled as not of the source."""
    if not statement.editor_note:
        return []
    label = _("Editor’s note: not in the source")
    return [f"{label}: {statement.editor_note}"]


def publisher_of(document: Document) -> str:
    if document.publisher_is_attributed:
        return _("%(publisher)s (inferred)") % {"publisher": document.publisher}
    return document.publisher


def source_lines(statement: Statement) -> str:
    """The lines of the source: "6-10", or "25;27" for two paragraphs."""
    return lines((p.first_line, p.last_line) for p in statement.paragraphs.all())


def told_lines(statement: Statement) -> str:
    """The lines in words of the active language: "source lines 25, 27"."""
    numbers = source_lines(statement)
    text = ngettext(
        "source line %(lines)s", "source lines %(lines)s", 1 if numbers.isdigit() else 2
    )
    dash = pgettext("range", "–")
    return text % {"lines": numbers.replace("-", dash).replace(";", ", ")}


def lines(ranges: Iterable[tuple[int, int]]) -> str:
    return ";".join(line_range(first, last) for first, last in ranges)


def line_range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def title_of(statement: Statement) -> str:
    """The statement in one line; the items of a list in it are set apart."""
    lead, *items = (" ".join(part.split()) for part in statement.heading.split("▴"))
    return f"{lead} {'; '.join(items)}".strip()


def today() -> date:
    return timezone.localdate()


def remarks_on(statement: Statement) -> str:
    """The remarks on lines, translation and publisher that a citation needs."""
    remarks = [f"{statement.code}, {told_lines(statement)}"]
    if statement.language != settings.MODELTRANSLATION_DEFAULT_LANGUAGE:
        remarks.append(str(statement.translation_state.label))
    if statement.document.publisher_is_attributed:
        remarks.append(_("Inferred: the source does not name its publisher"))
    return "; ".join([*remarks, *notes_on(statement)])


def bibtex_entry(statement: Statement, address: str) -> str:
    document = statement.document
    # Braces twice keep capitals as they are, and a publisher from being cut into names.
    fields = {
        "author": f"{{{escape(document.publisher)}}}",
        "title": f"{{{escape(title_of(statement))}}}",
        "booktitle": f"{{{escape(document.title)}}}",
        "howpublished": escape(str(settings.SITE_NAME)),
        "note": escape(remarks_on(statement)),
        "url": address,
        "urldate": today().isoformat(),
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{statement.code},\n{body}}}\n"


def escape(text: str) -> str:
    return text.translate(ESCAPES)


def csl(statement: Statement, address: str) -> list[dict[str, Any]]:
    """CSL-JSON: a list with one item."""
    document = statement.document
    now = today()
    return [
        {
            "id": statement.code,
            "type": "webpage",
            "title": title_of(statement),
            "container-title": document.title,
            "author": [{"literal": document.publisher}],
            "source": str(settings.SITE_NAME),
            "URL": address,
            "number": statement.code,
            "locator": source_lines(statement),
            "note": remarks_on(statement),
            "language": statement.language,
            "accessed": {"date-parts": [[now.year, now.month, now.day]]},
        }
    ]
