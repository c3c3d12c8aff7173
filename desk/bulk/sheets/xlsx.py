"""The parts of a workbook that a sheet needs, and no other: what there is and where,
texts, formats of dates, and the one worksheet.
"""

import posixpath
from collections.abc import Iterator

from desk.bulk.sheets.cell_numbers import LONGEST_FORMAT, Look, look_of
from desk.bulk.sheets.cells import WORKSHEET_NAME, FileLine
from desk.bulk.sheets.worksheet import Worksheet, whole_number
from outline.contained.archive import Archive
from outline.contained.markup import Markup
from outline.contained.refusal import BROKEN, LARGE, Refused

MOST_STRINGS = 100_000
#: Excel itself has no more styles of cells.
MOST_STYLES = 65_500


def read_workbook(content: bytes) -> Iterator[FileLine]:
    """The sheet that the download has, else the first."""
    archive = Archive(content)
    root = next(paths_of(archive, "").of_kind("officeDocument"), "")
    book, paths = Book(), paths_of(archive, root)
    book.parse(archive.read(root))
    strings, styles = Strings(), Styles()
    for markup, kind in ((strings, "sharedStrings"), (styles, "styles")):
        for path in paths.of_kind(kind):
            markup.parse(archive.read(path))
    sheets = {name: paths.by_id.get(key, ("", "")) for name, key in book.sheets}
    worksheets = [path for kind, path in sheets.values() if kind == "worksheet"]
    wanted = [
        p for n, (k, p) in sheets.items() if (n, k) == (WORKSHEET_NAME, "worksheet")
    ]
    if not worksheets:
        raise Refused(BROKEN)
    sheet = Worksheet(strings.found, styles.looks(), book.is_1904)
    for _block in sheet.blocks(archive.read((wanted or worksheets)[0])):
        yield from sheet.take_lines()


def paths_of(archive: Archive, part: str) -> "Relations":
    """The parts that a part names, by their paths inside the archive."""
    folder, name = posixpath.split(part)
    relations = Relations(folder)
    relations.parse(archive.read(posixpath.join(folder, "_rels", f"{name}.rels")))
    return relations


class Relations(Markup):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        #: Kind and path by key.
        self.by_id: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.join("/", self.folder, attributes.get("Target", ""))
            kind = attributes.get("Type", "").rpartition("/")[2]
            path = posixpath.normpath(target).lstrip("/")
            self.by_id[attributes.get("Id", "")] = kind, path

    def of_kind(self, kind: str) -> Iterator[str]:
        return (path for other, path in self.by_id.values() if other == kind)


class Book(Markup):
    """Its sheets in their order, by name, each with the key of its relation."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.is_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            keys = [v for n, v in attributes.items() if n.endswith("/relationships id")]
            self.sheets.append((attributes.get("name", ""), "".join(keys)))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in ("1", "true")


class Strings(Markup):
    """The texts that cells name by their place; how one is read aloud is no text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.parts: list[str] = []
        self.is_text = self.is_sound = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.parts = []
        self.is_sound = self.is_sound or name == "rPh"
        self.is_text = name == "t" and not self.is_sound

    def end(self, name: str) -> None:
        self.is_text = False
        if name == "rPh":
            self.is_sound = False
        elif name == "si":
            self.found.append("".join(self.parts))
            if len(self.found) > MOST_STRINGS:
                raise Refused(LARGE)

    def text(self, text: str) -> None:
        if self.is_text:
            self.parts.append(text)


class Styles(Markup):
    """The formats of numbers, and which of them each style of cells has."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[int, str] = {}
        self.formats: list[int] = []
        self.is_of_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            code = attributes.get("formatCode", "")
            if len(code) > LONGEST_FORMAT:
                raise Refused(BROKEN)
            self.codes[whole_number(attributes.get("numFmtId", ""))] = code
        elif name == "cellXfs":
            self.is_of_cells = True
        elif name == "xf" and self.is_of_cells:
            self.formats.append(whole_number(attributes.get("numFmtId", "0")))
            if len(self.formats) > MOST_STYLES:
                raise Refused(BROKEN)

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.is_of_cells = False

    def looks(self) -> list[Look]:
        return [look_of(number, self.codes) for number in self.formats]
