"""A statement to quote: its words in both languages, its citation and its address."""

from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from statements.models import Statement
from statements.pages.citations import plain_citation
from statements.pages.parallel import Wording, wordings_of


class QuotedWording(NamedTuple):
    """A statement as one language has it, in the lines that a quotation has."""

    language: str
    lines: list[str]
    #: Said of a translation, in the active language.
    label: str


class Quotation(NamedTuple):
    """The Korean is the source and comes first; English that is missing is left out."""

    wordings: list[QuotedWording]
    citation: str
    address: str

    @property
    def text(self) -> str:
        """All of it as plain text."""
        parts = (
            "\n".join([*wording.lines, *filter(None, [wording.label])])
            for wording in self.wordings
        )
        return "\n\n".join([*parts, self.citation])


def quotation_of(statement: Statement) -> Quotation:
    """With the citation in the active language."""
    address = settings.SITE_URL + statement.get_absolute_url()
    korean, english = wordings_of(statement)
    label = _("English: %(state)s") % {"state": statement.translation_state.label}
    given = [(korean, "")] + [(english, label)] * (not statement.english_is_missing)
    return Quotation(
        [
            QuotedWording(wording.language, list(lines_of_wording(wording)), label)
            for wording, label in given
        ],
        plain_citation(statement, address),
        address,
    )


def lines_of_wording(wording: Wording) -> Iterator[str]:
    """Title, text, and each item of a list in the text on a line of its own."""
    for part in (wording.title, wording.text):
        lead, *items = (" ".join(piece.split()) for piece in part.split("▴"))
        if lead:
            yield lead
        yield from (f"- {item}" for item in items)


def other_wording(statement: Statement) -> Wording | None:
    """The wording that is not the page's own; none where the English is missing."""
    if statement.english_is_missing:
        return None
    other = (w for w in wordings_of(statement) if w.language != statement.language)
    return next(other)
