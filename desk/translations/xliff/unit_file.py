"""The units of an XLIFF file, read in a child process: plain Python, without Django."""

import re
from collections.abc import Iterator
from typing import Any, NoReturn

from desk.translations.xliff.unit import NAMESPACE, Unit
from outline.contained.markup import Markup
from outline.contained.refusal import Refused

#: Far more than a file has that was exported and is no larger than it may be.
MOST_UNITS = 5000
MARKS = re.compile("(?P<korean>[0-9a-f]{32}):(?P<english>[0-9a-f]{32})")
UNIT_TEXTS = ("source", "target")
#: The elements that tools put around words without changing them.
TRANSPARENT = ("mrk", "g")
#: Letters of what a file says of itself, where a reason names it.
LONGEST_NAMED = 100
#: Reasons.
OTHER_ROOT, CODE_INSIDE, TWICE = "other-root", "code-inside", "twice"
LANGUAGE, NO_MARKS, NO_UNITS, MANY_UNITS = "language", "no-marks", "none", "many-units"


class UnitFile(Markup):
    """XLIFF’s own elements stand in `path` by their plain names."""

    def __init__(self) -> None:
        super().__init__()
        self.units: list[Unit] = []
        self.path: list[str] = []
        self.unit: dict[str, Any] = {}
        self.inside = ""

    def plain(self, name: str) -> str:
        return name.removeprefix(f"{NAMESPACE} ")

    def refuse(self, reason: str, **values: str) -> NoReturn:
        named = {name: value[:LONGEST_NAMED] for name, value in values.items()}
        raise Refused(reason, line=self.line, **named)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.path and name != "xliff":
            self.refuse(OTHER_ROOT)
        if self.inside and name not in TRANSPARENT:
            self.refuse(CODE_INSIDE, name=name)
        if name == "file":
            self.require_languages(attributes)
        elif name == "trans-unit":
            self.open(attributes)
        elif name in UNIT_TEXTS and self.path[-1] == "trans-unit":
            if name in self.unit:
                self.refuse(TWICE, name=name)
            self.unit[name] = ""
            self.inside = name
        self.path.append(name)

    def end(self, name: str) -> None:
        self.path.pop()
        if name == self.inside:
            self.inside = ""
        elif name == "trans-unit":
            self.units.append(Unit(**{"source": "", "target": "", **self.unit}))
            if len(self.units) > MOST_UNITS:
                raise Refused(MANY_UNITS, line=self.line, n=MOST_UNITS)

    def text(self, text: str) -> None:
        if self.inside:
            self.unit[self.inside] += text

    def require_languages(self, attributes: dict[str, str]) -> None:
        for name, wanted in (("source-language", "ko"), ("target-language", "en")):
            language = attributes.get(name, wanted).lower()
            if language.partition("-")[0] != wanted:
                self.refuse(LANGUAGE, name=name, language=language, wanted=wanted)

    def open(self, attributes: dict[str, str]) -> None:
        unit_id = attributes.get("id", "")
        marks = MARKS.fullmatch(attributes.get("extradata", ""))
        if marks is None:
            self.refuse(NO_MARKS, id=unit_id)
        code, _colon, field = unit_id.rpartition(":")
        self.unit = {"line": self.line, "code": code, "field": field} | (
            marks.groupdict()
        )


def read_units(content: bytes) -> Iterator[Unit]:
    file = UnitFile()
    file.parse(content)
    if not file.units:
        raise Refused(NO_UNITS, line=1)
    return iter(file.units)
