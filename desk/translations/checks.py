"""Checks of the corpus, held to the English of a statement and told in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from statements.corpus.checks import Finding, check_pair
from statements.corpus.checks.pairs import CheckedPair, CheckedTerm
from statements.corpus.checks.terms import is_used, read_term
from statements.models import Country, GlossaryTerm, Statement
from statements.pages.glossary import folded_terms, terms_in

#: Labels by rule and the first word of its detail, or by rule alone, with the language
#: of what stands after that; the page's where it is empty.
FINDING_LABELS = {
    "dates missing": (_("Date missing from the English:"), "en"),
    "dates added": (_("Date not in the Korean:"), "en"),
    "numbers missing": (_("Number missing from the English:"), "en"),
    "numbers added": (_("Number not in the Korean:"), "en"),
    "countries missing": (_("Country missing from the English:"), ""),
    "countries added": (_("Country not named in the Korean:"), ""),
    "distinctions missing": (
        _("Term missing, or translated as a different term:"),
        "ko",
    ),
    "distinctions added": (_("Term not in the Korean:"), "ko"),
    "glossary": (_("Term missing, or not the translation used on this site:"), "ko"),
    "marks mark": (_("Character that does not belong in English:"), "ko"),
    "marks etc.": (_("Instead of “etc.”, say what is meant."), ""),
    "marks stray": (_("There is an extra space."), ""),
    "marks full": (_("Statements end without a period."), ""),
    "spelling": (_("British spelling (use American spelling):"), "en"),
    "calques": (_("Word for word from the Korean; say it in plain English:"), "en"),
    "form first": (
        _("Only achievements start in the past tense:"),
        "en",
    ),
}
#: The details that say nothing beyond their first word.
LABEL_ALONE = ("marks etc.", "marks stray", "marks full")


class EnglishWarning(NamedTuple):
    """A label, and what it is about, which is in `language`."""

    label: str
    about: str = ""
    language: str = ""


class TermUse(NamedTuple):
    term: GlossaryTerm
    is_used: bool


@dataclass
class CheckedEnglish:
    """Terms and warnings of one text: `field` is title or text."""

    field: str
    terms: list[TermUse]
    warnings: list[EnglishWarning]


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
        return [self.check(statement, name, text) for name, text in english.items()]

    def check(self, statement: Statement, name: str, english: str) -> CheckedEnglish:
        """Checks one text: `name` is title or text; `english` is beside its Korean."""
        korean = getattr(statement, f"{name}_ko")
        terms = terms_in(korean, self.terms)
        uses = [TermUse(term, is_used(checked_term(term), english)) for term in terms]
        if not english:
            return CheckedEnglish(
                name,
                uses,
                [EnglishWarning(gettext("There is no English translation yet."))],
            )
        checked = tuple(map(checked_term, terms))
        pair = CheckedPair(statement.code, name, korean, english, checked)
        return CheckedEnglish(name, uses, list(self.warnings(pair)))

    def warnings(self, pair: CheckedPair) -> Iterator[EnglishWarning]:
        for finding in check_pair(pair, "statements"):
            yield self.warning(finding)

    def warning(self, finding: Finding) -> EnglishWarning:
        sign, _space, about = finding.detail.partition(" ")
        key = f"{finding.rule} {sign}"
        if key not in FINDING_LABELS:
            key, about = finding.rule, finding.detail
        label, language = FINDING_LABELS[key]
        if key in LABEL_ALONE:
            return EnglishWarning(str(label))
        if finding.rule == "countries":
            about = self.countries.get(about, about)
        about = about.removeprefix("word ")
        return EnglishWarning(str(label), about, language or get_language())


def checked_term(term: GlossaryTerm) -> CheckedTerm:
    """The term as the checks of the corpus know it."""
    return read_term(term.korean, term.english, term.note_en, term.is_established)
