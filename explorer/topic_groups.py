"""The groups in which a topic's page shows statements: an edition each."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from statements.filters.choices import Vocabulary
from statements.models import Document, Kind, PartNature

KINDS_OF_GOALS = (Kind.OBJECTIVE, Kind.KEY_CONTENT, Kind.EXPECTED_EFFECT)
#: What tells the groups of a topic apart, as `TopicGroup.holds` takes it.
GROUPED_BY = ("kind", "year", "document")


class TopicGroup(NamedTuple):
    """Statements that a topic's page shows and counts together: those of a year's
    reports, or of a document of goals.
    """

    name: str
    kinds: tuple[Kind, ...]
    year: int | None = None
    document: Document | None = None

    @property
    def query(self) -> str:
        given = [("kind", kind.value) for kind in self.kinds]
        given += [("year", str(self.year))] if self.year else []
        given += [("document", self.document.slug)] if self.document else []
        return urlencode(given)

    def holds(self, kind: str, year: int | None, document_id: int) -> bool:
        is_of_document = not self.document or self.document.pk == document_id
        return kind in self.kinds and self.year == year and is_of_document

    def total(self, counts: Mapping[tuple[Any, ...], int]) -> int:
        """The sum of the counts that are the group's own."""
        return sum(count for told, count in counts.items() if self.holds(*told))


def topic_groups(terms: Vocabulary) -> list[TopicGroup]:
    """The groups that the published documents make, the newest of each sort first."""
    of_reports = [
        TopicGroup(nature.name_of(year), (kind,), year)
        for nature, kind in (
            (PartNature.ACHIEVEMENTS, Kind.ACHIEVEMENT),
            (PartNature.TASKS, Kind.TASK),
        )
        for year in terms.editions[nature]
    ]
    of_goals = [
        TopicGroup(name_of_goals(document, terms), KINDS_OF_GOALS, None, document)
        for document in terms.goals_documents
    ]
    return of_reports + of_goals


def name_of_goals(document: Document, terms: Vocabulary) -> str:
    if not terms.later_goals(document):
        return _("Goals document")
    name = document.edition or document.title
    return _("Earlier goals document: %(name)s") % {"name": name}
