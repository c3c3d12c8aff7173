"""Reads the file of a translator's tool, and names the line that it cannot read."""

import re
from typing import Any, NoReturn
from xml.parsers import expat

from django.utils.translation import gettext as _

from desk.translations.xliff.document import NAMESPACE, Unit

MARKS = re.compile("(?P<korean>[0-9a-f]{32}):(?P<english>[0-9a-f]{32})")
UNIT_TEXTS = ("source", "target")
#: The elements that tools put around words without changing them.
TRANSPARENT = ("mrk", "g")


class Unreadable(Exception):
    """The file as a whole is not what it should be."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(
            _("Line %(line)s: %(problem)s") % {"line": line, "problem": problem}
        )


def read_xliff(data: bytes) -> list[Unit]:
    reader = Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise Unreadable(
            error.lineno, _("this is no well-formed XML (%s).") % reason
        ) from error
    except (ValueError, LookupError) as error:
        raise Unreadable(1, _("the encoding is unknown; UTF-8 is right.")) from error
    if not reader.units:
        raise Unreadable(1, _("there is no trans-unit in the file."))
    return reader.units


class Reader:
    """Without a document type there are no entities: nothing grows, nothing is fetched.

    XLIFF’s own elements stand in `path` by their plain names.
    """

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self.path: list[str] = []
        self.unit: dict[str, Any] = {}
        self.inside = ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.refuse_document_type
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def refuse(self, problem: str) -> NoReturn:
        raise Unreadable(self.line, problem)

    def refuse_document_type(self, *_declared: object) -> None:
        self.refuse(_("a document type declaration is not accepted."))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.removeprefix(f"{NAMESPACE} ")
        if not self.path and name != "xliff":
            self.refuse(_("this is no XLIFF 1.2: its first element is another one."))
        if self.inside and name not in TRANSPARENT:
            self.refuse(_("texts have no codes inside; this one has <%s>.") % name)
        if name == "file":
            self.require_languages(attributes)
        elif name == "trans-unit":
            self.open(attributes)
        elif name in UNIT_TEXTS and self.path[-1] == "trans-unit":
            if name in self.unit:
                self.refuse(_("this unit has a second <%s>.") % name)
            self.unit[name] = ""
            self.inside = name
        self.path.append(name)

    def end(self, name: str) -> None:
        ended = self.path.pop()
        if ended == self.inside:
            self.inside = ""
        elif ended == "trans-unit":
            self.units.append(Unit(**{"source": "", "target": "", **self.unit}))

    def characters(self, text: str) -> None:
        if self.inside:
            self.unit[self.inside] += text

    def require_languages(self, attributes: dict[str, str]) -> None:
        for name, wanted in (("source-language", "ko"), ("target-language", "en")):
            language = attributes.get(name, wanted).lower()
            if language.partition("-")[0] != wanted:
                self.refuse(
                    _("the %(name)s is %(language)s, not %(wanted)s.")
                    % {"name": name, "language": language, "wanted": wanted}
                )

    def open(self, attributes: dict[str, str]) -> None:
        unit_id = attributes.get("id", "")
        marks = MARKS.fullmatch(attributes.get("extradata", ""))
        if marks is None:
            self.refuse(
                _("unit “%s” has lost its extradata: export the file anew.") % unit_id
            )
        code, _colon, field = unit_id.rpartition(":")
        self.unit = {"line": self.line, "code": code, "field": field} | (
            marks.groupdict()
        )
