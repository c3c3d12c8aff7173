"""The groups in which a topic's page shows statements: an edition each, in columns."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from explorer.results.facet_index import FacetIndex
from statements.filters.choices import Vocabulary
from statements.models import Document, PartNature


class TopicColumn(NamedTuple):
    """A column of a topic's page, of those that answer people in the order they ask."""

    slug: str
    nature: str
    title: Promise


TOPIC_COLUMNS = (
    TopicColumn("wants", "", gettext_lazy("What Korea wants")),
    TopicColumn(
        "did",
        PartNature.ACHIEVEMENTS,
        gettext_lazy("What the ministry reports as done"),
    ),
    TopicColumn(
        "will-do", PartNature.TASKS, gettext_lazy("What the ministry plans to do")
    ),
)


class TopicGroup(NamedTuple):
    """Statements that a topic's page shows and counts together: those of a nature in a
    year's reports, or of a document of goals.
    """

    name: str
    documents: tuple[Document, ...]
    nature: str = ""
    year: int | None = None

    @property
    def query(self) -> str:
        """A report has one part of a year, so that its year and document tell."""
        given = [("document", document.slug) for document in self.documents]
        given += [("year", str(self.year))] if self.year else []
        return urlencode(given)

    def places(self, index: FacetIndex) -> BitMap:
        """The places of its statements, of every kind."""
        slugs = [document.slug for document in self.documents]
        places = index.of_nature(self.nature) & index.chosen("document", slugs)
        if self.year:
            places &= index.chosen("year", [str(self.year)])
        return places


def topic_groups(terms: Vocabulary) -> list[TopicGroup]:
    """The groups that the published documents make, column by column, the newest of
    each first.
    """
    of_goals = [
        TopicGroup(name_of_goals(document, terms), (document,))
        for document in terms.goals_documents
    ]
    of_reports = [
        TopicGroup(nature.name_of(year), terms.reports_of(nature, year), nature, year)
        for nature in PartNature
        for year in terms.editions[nature]
    ]
    return of_goals + of_reports


def name_of_goals(document: Document, terms: Vocabulary) -> str:
    if not terms.later_goals(document):
        return _("Goals document")
    name = document.edition or document.title
    return _("Earlier goals document: %(name)s") % {"name": name}
