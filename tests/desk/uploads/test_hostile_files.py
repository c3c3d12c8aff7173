"""Files that somebody has made to harm: refused in words, or read for what they are."""

import os
import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from desk.bulk.sheets import sheet_file
from desk.bulk.sheets.reader import read_sheet, reason_of
from desk.translations.xliff import unit_file
from desk.translations.xliff.reader import Unreadable, read_xliff, reason_of_line
from outline.contained import archive, markup, refusal
from outline.contained.refusal import Refused
from outline.contained.runner import read_contained
from tests.support.hostile_files.readers import read_all_markup
from tests.support.hostile_files.texts import CSVS, XLIFFS
from tests.support.hostile_files.workbooks import WORKBOOKS
from tests.support.serving import PROJECT

pytestmark = pytest.mark.any_engine
HANGUL = re.compile("[가-힣]")


def said_of(read, content: bytes, language: str) -> str:
    """What is wrong with the file, in the language; nothing if it is read."""
    with override(language):
        try:
            read(content)
        except (ValidationError, Unreadable) as error:
            return " ".join(getattr(error, "messages", [str(error)]))
    return ""


SHEETS = {f"{name}.xlsx": file for name, file in WORKBOOKS.items()} | {
    f"{name}.csv": file for name, file in CSVS.items()
}


@pytest.mark.parametrize(("make", "words"), SHEETS.values(), ids=SHEETS)
def test_a_hostile_sheet_is_refused_in_words_or_read(make, words):
    said = said_of(read_sheet, make(), "en")
    assert words in said
    assert bool(words) == bool(said)


@pytest.mark.parametrize(("make", "words"), XLIFFS.values(), ids=XLIFFS)
def test_a_hostile_xliff_is_refused_in_words_or_read(make, words):
    said = said_of(read_xliff, make(), "en")
    assert words in said
    assert bool(words) == bool(said)


def words_in(module) -> set[str]:
    """The reasons of a module: its constants that are words."""
    names = [name for name in vars(module) if name.isupper()]
    return {v for n in names if isinstance(v := getattr(module, n), str)}


@pytest.mark.parametrize("explain", [reason_of, reason_of_line])
def test_every_reason_is_told_in_both_languages(explain):
    values = dict.fromkeys(("n", "row", "error", "line", "name", "id", "language"), "7")
    values["wanted"] = "7"
    reasons = set().union(*map(words_in, (refusal, archive, markup)))
    own = sheet_file if explain is reason_of else unit_file
    for reason in reasons | words_in(own):
        for language, script in (("ko", HANGUL), ("en", re.compile("[a-z]{3}"))):
            with override(language):
                said = explain(Refused(reason, **values))
            assert script.search(said), reason
            assert bool(HANGUL.search(said)) == (language == "ko"), reason


def sample(name: str) -> bytes:
    folder = Path(os.environ.get("SHARED", PROJECT.parent / "shared"))
    path = folder / "intake" / "hostile" / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("bomb.hwpx", archive.BOMB),
        ("deep.hwpx", markup.DEEP),
        ("laughs.hwpx", markup.DOCUMENT_TYPE),
        ("trunc.hwpx", refusal.BROKEN),
        ("wrongmagic.hwpx", refusal.BROKEN),
        ("xxe.hwpx", markup.DOCUMENT_TYPE),
        ("flate-bomb.pdf", refusal.BROKEN),
    ],
)
def test_the_same_runner_refuses_documents_from_outside(name, reason):
    with pytest.raises(Refused) as refused:
        read_contained(read_all_markup, sample(name))
    assert refused.value.reason == reason
