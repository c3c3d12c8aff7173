import pytest

from portal.mirror.addresses import clean_address, file_of, place_of

pytestmark = pytest.mark.any_engine


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/en/", "/en/"),
        ("/en/statements/?page=2", "/en/statements/page-2/"),
        ("/ko/timeline/?page=3&year=2025", "/ko/timeline/page-3/year-2025/"),
        ("/ko/glossary/?letter=%E3%84%B1", "/ko/glossary/letter-%E3%84%B1/"),
        ("/en/statements.csv?goal=3", "/en/statements.goal-3.csv"),
        ("/en/timeline.ics?region=europe", "/en/timeline.region-europe.ics"),
        ("/en/statements/?region=europe", None),
        ("/en/statements/?q=APEC", None),
        ("/en/statements/?year=2025&goal=3", None),
        ("/en/statements/?page=../2", None),
        ("/en/statements/G1/report/", None),
        ("/en/../../etc/", None),
        ("/en/%2e%2e/x/", None),
        ("/admin/", None),
        ("/api/v1/statements/", None),
        ("/preferences/", None),
    ],
)
def test_an_address_has_one_place_or_none(address, place):
    assert place_of(address) == place


def test_an_address_has_one_spelling():
    assert clean_address("/en/x/", "year=2025&page=2") == "/en/x/?page=2&year=2025"
    assert clean_address("/en/x/", "page=1") == "/en/x/"


def test_a_page_is_the_index_of_its_folder():
    assert (
        file_of("/ko/glossary/letter-%E3%84%B1/") == "ko/glossary/letter-ㄱ/index.html"
    )
    assert file_of("/en/statements.csv") == "en/statements.csv"
