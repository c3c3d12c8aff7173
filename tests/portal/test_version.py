"""The version is told in one number: by the changes, the About page and the health."""

import re

import pytest
from django.conf import settings

from portal.version import VERSION

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def test_the_newest_version_of_the_changes_is_the_programs():
    changes = (settings.BASE_DIR / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## (\S+)", changes, re.MULTILINE)
    assert newest and newest[1] == VERSION


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", f"runs version {VERSION}"), ("ko", f"프로그램 버전은 {VERSION}")],
)
def test_the_about_page_tells_the_version(client, language, told):
    assert told in client.get(f"/{language}/about/").content.decode()
