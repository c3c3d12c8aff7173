"""All that filters can ask for finds just what is tagged so, and is counted so."""

import itertools
import random
from functools import cached_property

import pytest
from django.test import RequestFactory

from explorer.query import offered_statements, statement_filterset
from explorer.results.facets import facets
from explorer.results.filters import ExplorerFilter
from explorer.results.result_set import ResultSet
from statements.models import (
    COUNTED_KINDS,
    DataVersion,
    Document,
    Kind,
    Region,
    Statement,
    Theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.audit]
SOME = 1000


class Tagged:
    """What the statements are tagged with, read without any filter."""

    def __init__(self):
        found = (
            Statement.objects.published()
            .select_related("document")
            .prefetch_related("regions", "countries__region", "themes")
            .in_outline_order()
        )
        self.codes = [statement.code for statement in found]
        self.pks = {statement.pk: statement.code for statement in found}
        self.values = {
            name: {value: set() for value in values}
            for name, values in {
                "region": Region.objects.values_list("slug", flat=True),
                "theme": Theme.objects.values_list("slug", flat=True),
                "kind": Kind.values,
                "document": Document.objects.values_list("slug", flat=True),
            }.items()
        }
        for statement in found:
            regions = {*statement.regions.all()}
            regions |= {country.region for country in statement.countries.all()}
            for region in regions:
                self.values["region"][region.slug].add(statement.code)
            for theme in statement.themes.all():
                self.values["theme"][theme.slug].add(statement.code)
            self.values["kind"][statement.kind].add(statement.code)
            self.values["document"][statement.document.slug].add(statement.code)

    @cached_property
    def counted(self) -> set[str]:
        return set().union(*(self.values["kind"][kind] for kind in COUNTED_KINDS))

    def beside(self, query: dict[str, list[str]], name: str = "") -> set[str]:
        """What all that is asked for but this filter finds."""
        is_browsing = "kind" not in query
        found = self.counted if is_browsing and name != "kind" else set(self.codes)
        for other, values in query.items():
            if other != name:
                found = found & set().union(*(self.values[other][v] for v in values))
        return found


@pytest.fixture
def tagged() -> Tagged:
    return Tagged()


def check(tagged: Tagged, query: dict[str, list[str]], version: DataVersion) -> None:
    """The files' selection, the page's index and its counts against the tags."""
    request = RequestFactory().get("/", query)
    request.data_version = version
    right = tagged.beside(query)
    expected = [code for code in tagged.codes if code in right]
    found = statement_filterset(request).qs.values_list("code", flat=True)
    assert list(found) == expected, query
    asked = ExplorerFilter(request.GET, offered_statements(request), request=request)
    assert asked.is_valid()
    finding = ResultSet(request, asked)
    by_index = [tagged.pks[finding.index.pks[place]] for place in finding.places]
    assert by_index == expected, query
    for facet in facets(asked, finding):
        if facet.name in tagged.values:
            beside = tagged.beside(query, facet.name)
            counted = {choice.value: choice.count for choice in facet.choices}
            of_values = tagged.values[facet.name].items()
            assert counted == {v: len(codes & beside) for v, codes in of_values}, query


@pytest.mark.parametrize("kind", [None, *Kind.values])
def test_every_region_with_every_theme_kind_and_document(tagged, kind):
    version = DataVersion.current()
    values = {name: [None, *found] for name, found in tagged.values.items()}
    values["kind"] = [kind]
    for combination in itertools.product(*values.values()):
        asked = zip(values, combination, strict=True)
        check(tagged, {name: [value] for name, value in asked if value}, version)


@pytest.mark.parametrize("seed", range(2))
def test_several_values_of_several_filters(tagged, seed):
    version, chance = DataVersion.current(), random.Random(seed)
    for _ in range(SOME // 2):
        names = chance.sample(sorted(tagged.values), chance.randint(1, 4))
        query = {
            name: chance.sample(values, chance.randint(1, min(4, len(values))))
            for name in names
            for values in [sorted(tagged.values[name])]
        }
        check(tagged, query, version)
