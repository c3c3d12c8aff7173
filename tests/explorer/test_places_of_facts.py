"""Events and figures have places of their own, and are on the pages of those alone."""

import pytest

from statements.models import Country, Event, Figure, Region

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
FACTS = (Event, Figure)
TOPICS = [("region", "regions", Region), ("country", "countries", Country)]


def slugs(cell: str) -> set[str]:
    return set(filter(None, cell.split(";")))


@pytest.mark.parametrize("model", FACTS)
def test_each_has_a_region_and_its_countries_lie_there(model):
    regions = dict(Country.objects.values_list("slug", "region__slug"))
    known = set(Region.objects.values_list("slug", flat=True))
    for fact in model.objects.all():
        assert slugs(fact.region) and slugs(fact.region) <= known, fact
        assert {regions[slug] for slug in slugs(fact.country)} <= slugs(fact.region)


@pytest.mark.parametrize("model", FACTS)
def test_each_country_is_one_that_the_statement_names(model):
    for fact in model.objects.select_related("statement"):
        named = fact.statement.countries.values_list("slug", flat=True)
        assert slugs(fact.country) <= set(named), fact


@pytest.mark.parametrize(("name", "folder", "model"), TOPICS)
def test_a_page_has_its_own_facts_and_no_other(client, name, folder, model):
    seen = 0
    for term in model.objects.all():
        context = client.get(f"/en/{folder}/{term.slug}/").context
        for facts in (context["events"], context["figures"]):
            assert all(term.slug in slugs(getattr(f, name)) for f in facts), term
            seen += len(facts)
        for facts in (context["events_beside"], context["figures_beside"]):
            assert not [f for f in facts if term.slug in slugs(getattr(f, name))]
    assert seen


@pytest.mark.parametrize(("name", "folder", "model"), TOPICS)
def test_files_have_the_facts_of_the_page(client, name, folder, model):
    for term in model.objects.all():
        context = client.get(f"/en/{folder}/{term.slug}/").context
        for output, facts in (("timeline", "events"), ("figures", "figures")):
            answer = client.get(f"/en/{output}.csv?{name}={term.slug}")
            lines = b"".join(answer).decode().strip().splitlines()
            assert len(lines) - 1 == len(context[facts]), (output, term)


def test_what_stood_on_others_pages_stands_there_no_more(client):
    titles = {
        path: {event.title_en for event in client.get(path).context["events"]}
        for path in ("/en/regions/africa/", "/en/countries/japan/")
    }
    assert titles["/en/regions/africa/"] == {"Korea-Africa Summit"}
    assert not any("Harbin" in title for title in titles["/en/countries/japan/"])
