"""The colors are those of KRDS, and of those only the ones that the portal uses."""

import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_engine

STATIC = settings.BASE_DIR / "static"
PALETTE = STATIC / "css" / "palette.css"


def values(path) -> dict[str, str]:
    return dict(re.findall(r"(--krds-[\w-]+):\s*([^;]+);", path.read_text("utf-8")))


def used() -> set[str]:
    sheets = [path for path in (STATIC / "css").glob("*.css") if path != PALETTE]
    return {
        name
        for path in sheets
        for name in re.findall(r"var\((--krds-[\w-]+)", path.read_text("utf-8"))
    }


def test_every_color_of_the_palette_is_as_krds_has_it():
    krds = values(STATIC / "vendor" / "krds" / "krds_tokens.css")
    assert {name: krds.get(name) for name in values(PALETTE)} == values(PALETTE)


def test_the_palette_is_what_is_used():
    assert set(values(PALETTE)) == used()
