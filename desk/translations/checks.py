"""What the checks of the corpus find in the English of a statement, in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from statements.corpus.checks import Finding, check_pair
from statements.corpus.checks.pairs import CheckedPair, CheckedTerm
from statements.corpus.checks.terms import is_used, read_term
from statements.models import Country, GlossaryTerm, Statement
from statements.pages.glossary import folded_terms, terms_in

#: By rule and the first word of its detail, or by rule alone, with the language of
#: what stands after that; the page's where it is empty.
WORDS = {
    "dates missing": (_("Date missing in the English:"), "en"),
    "dates added": (_("Date that the Korean does not have:"), "en"),
    "numbers missing": (_("Number missing in the English:"), "en"),
    "numbers added": (_("Number that the Korean does not have:"), "en"),
    "countries missing": (_("Country missing in the English:"), ""),
    "countries added": (_("Country that the Korean does not name:"), ""),
    "distinctions missing": (_("Term missing, or said as another one:"), "ko"),
    "distinctions added": (_("Term that the Korean does not have:"), "ko"),
    "glossary": (_("Established term used differently or missing:"), "ko"),
    "marks mark": (_("Mark that does not belong in English:"), "ko"),
    "marks etc.": (_("“etc.” stands for nothing: say what is meant."), ""),
    "marks stray": (_("There is a space too many."), ""),
    "marks full": (_("Texts of statements end without a full stop."), ""),
    "spelling": (_("British spelling; the house style is American:"), "en"),
    "form first": (
        _("Achievements are told in the past tense, nothing else is:"),
        "en",
    ),
}
#: The details that say nothing beyond their first word.
WORDLESS = ("marks etc.", "marks stray", "marks full")


class Warned(NamedTuple):
    """`about` is in `language`."""

    label: str
    about: str = ""
    language: str = ""


class TermUse(NamedTuple):
    term: GlossaryTerm
    is_used: bool


@dataclass
class CheckedEnglish:
    """What was found in one text: `field` is title or text."""

    field: str
    terms: list[TermUse]
    warnings: list[Warned]


@dataclass
class EnglishChecks:
    """Reads glossary and countries once, for any number of texts."""

    terms: list[tuple[str, GlossaryTerm]] = field(default_factory=folded_terms)
    countries: dict[str, str] = field(
        default_factory=lambda: {c.slug: c.name for c in Country.objects.all()}
    )

    def check_all(
        self, statement: Statement, english: dict[str, str]
    ) -> list[CheckedEnglish]:
        return [self.check(statement, *one) for one in english.items()]

    def check(self, statement: Statement, name: str, english: str) -> CheckedEnglish:
        """`name` is title or text; `english` stands beside the Korean of that."""
        korean = getattr(statement, f"{name}_ko")
        found = terms_in(korean, self.terms)
        uses = [TermUse(one, is_used(checked_term(one), english)) for one in found]
        if not english:
            return CheckedEnglish(name, uses, [Warned(_("There is no English yet."))])
        terms = tuple(map(checked_term, found))
        pair = CheckedPair(statement.code, name, korean, english, terms)
        return CheckedEnglish(name, uses, list(self.warnings(pair)))

    def warnings(self, pair: CheckedPair) -> Iterator[Warned]:
        for finding in check_pair(pair, "statements"):
            yield self.warning(finding)

    def warning(self, finding: Finding) -> Warned:
        sign, _space, about = finding.detail.partition(" ")
        key = f"{finding.rule} {sign}"
        if key not in WORDS:
            key, about = finding.rule, finding.detail
        label, language = WORDS[key]
        if key in WORDLESS:
            return Warned(label)
        if finding.rule == "countries":
            about = self.countries.get(about, about)
        return Warned(label, about.removeprefix("word "), language or get_language())


def checked_term(term: GlossaryTerm) -> CheckedTerm:
    """The term as the checks of the corpus know it."""
    return read_term(term.korean, term.english, term.note_en, term.is_established)
