"""Workbooks that somebody has made to harm, or that are odd and right."""

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'
ROOT, BOOK = "_rels/.rels", "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
SHEET, STRINGS, STYLES = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
)
TEXT = '<c t="inlineStr"><is><t>{}</t></is></c>'


def relations(folder: str, **targets: str) -> str:
    links = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{key.rstrip("1")}" Target="{path}"/>'
        for key, path in targets.items()
    )
    return f'{DECLARED}<Relationships xmlns="{PACKAGE}">{links}</Relationships>'


def sheet_of(rows: str) -> str:
    return (
        f'{DECLARED}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    )


def strings_of(items: str) -> str:
    return f'{DECLARED}<sst xmlns="{MAIN}">{items}</sst>'


def styles_of(formats: str, count: int = 1) -> str:
    looks = '<xf numFmtId="200"/>' * count
    return (
        f'{DECLARED}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f"<cellXfs>{looks}</cellXfs></styleSheet>"
    )


def parts_of(**changed: str | bytes) -> dict[str, str | bytes]:
    """A small right workbook, but for the parts that are given."""
    book = (
        f'{DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="statements" sheetId="1" r:id="worksheet1"/></sheets></workbook>'
    )
    targets = {
        "worksheet1": "worksheets/sheet1.xml",
        "sharedStrings": "sharedStrings.xml",
        "styles": "styles.xml",
    }
    return {
        ROOT: changed.get("root", relations("", officeDocument=BOOK)),
        BOOK: changed.get("book", book),
        RELATIONS: changed.get("links", relations("xl", **targets)),
        STRINGS: changed.get("strings", strings_of("<si><t>code</t></si>")),
        STYLES: changed.get("styles", styles_of("")),
        SHEET: changed.get("sheet", sheet_of('<row><c t="s"><v>0</v></c></row>')),
    }


def packed(
    parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def workbook_of(**changed: str | bytes) -> bytes:
    return packed(parts_of(**changed))


def with_cells(cells: str, **changed: str | bytes) -> bytes:
    return workbook_of(sheet=sheet_of(f"<row>{cells}</row>"), **changed)


def with_number(numeral: str, code: str = "General") -> bytes:
    styles = styles_of(f'<numFmt numFmtId="200" formatCode="{code}"/>')
    return with_cells(f'<c s="0"><v>{numeral}</v></c>', styles=styles)


def twice() -> bytes:
    """One name for two entries: which of them a program reads is its own affair."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in parts_of().items():
            made.writestr(name, content)
        made.writestr(SHEET, sheet_of(""))
    return file.getvalue()


def with_entries(count: int) -> bytes:
    return packed(parts_of() | {f"x/{n}": b"" for n in range(count)})


def with_false_count(count: int) -> bytes:
    """So many entries where the end of the file speaks of six."""
    content = bytearray(with_entries(count))
    at = content.rindex(b"PK\x05\x06")
    struct.pack_into("<2H", content, at + 8, 6, 6)
    return bytes(content)


def with_false_size() -> bytes:
    """An entry that says it is small, and is not."""
    content = bytearray(workbook_of(sheet=sheet_of(" " * (40 << 20))))
    at = content.rindex(b"PK\x01\x02")
    struct.pack_into("<L", content, at + 24, 1000)
    return bytes(content)


def locked() -> bytes:
    content = bytearray(workbook_of())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    return bytes(content)


def nested(depth: int) -> bytes:
    """A zip in a zip in a zip."""
    content = bytes(1 << 20)
    for _ in range(depth):
        content = packed({"inside.zip": content})
    return content


def laughing(part: str, element: str) -> str:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(97 + n)} "{f"&{chr(96 + n)};" * 10}">' for n in range(1, 10)
    )
    return f'<?xml version="1.0"?><!DOCTYPE {part} [{entities}]>{element}'


#: What makes the file, and what the answer says, or nothing for what is read.
HostileFile = tuple[Callable[[], bytes], str]
DAMAGED = "damaged or is not an Excel"
WORKBOOKS: dict[str, HostileFile] = {
    "300,000 brackets": (lambda: with_number("1", "[" * 300_000), DAMAGED),
    "brackets within the limit": (lambda: with_number("1", "[" * 255), ""),
    "quotes within the limit": (lambda: with_number("1", "&quot;" * 255), ""),
    "many formats": (
        lambda: workbook_of(
            styles=styles_of(
                "".join(
                    f'<numFmt numFmtId="{n}" formatCode="{"[" * 200}"/>'
                    for n in range(40_000)
                )
            )
        ),
        "",
    ),
    "many styles": (lambda: workbook_of(styles=styles_of("", 400_000)), DAMAGED),
    "many other styles": (
        lambda: workbook_of(
            styles=styles_of("").replace(
                "<cellXfs>", "<dxfs>" + "<dxf/>" * 1_000_000 + "</dxfs><cellXfs>"
            )
        ),
        "",
    ),
    "many texts": (
        lambda: workbook_of(strings=strings_of("<si><t/></si>" * 1_000_000)),
        "too much text",
    ),
    "deep texts": (
        lambda: workbook_of(strings=strings_of("<si><r><t>a</t></r></si>" * 90_000)),
        "",
    ),
    "deep": (lambda: with_cells("<c>" * 100_000 + "</c>" * 100_000), DAMAGED),
    "far row": (
        lambda: workbook_of(
            sheet=sheet_of('<row r="1"/><row r="999999999"><c><v>1</v></c></row>')
        ),
        "",
    ),
    "huge row": (
        lambda: workbook_of(sheet=sheet_of(f'<row r="{"9" * 5000}"/>')),
        DAMAGED,
    ),
    "far columns": (
        lambda: workbook_of(
            sheet=sheet_of('<row><c r="XFD1"><v>1</v></c></row>' * 20_000)
        ),
        "more than 50 columns",
    ),
    "beyond the last column": (lambda: with_cells('<c r="ZZZ1"><v>1</v></c>'), DAMAGED),
    "rows backwards": (
        lambda: workbook_of(sheet=sheet_of('<row r="5"/><row r="4"/>')),
        DAMAGED,
    ),
    "cells backwards": (
        lambda: with_cells('<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>'),
        DAMAGED,
    ),
    "a cell twice": (
        lambda: with_cells('<c r="A1"><v>1</v></c><c r="A1"><v>1</v></c>'),
        DAMAGED,
    ),
    "many rows": (
        lambda: workbook_of(sheet=sheet_of("<row><c><v>1</v></c></row>" * 200_000)),
        "more than 1000 rows",
    ),
    "many empty rows": (lambda: workbook_of(sheet=sheet_of("<row/>" * 1_000_000)), ""),
    "many empty cells": (
        lambda: workbook_of(sheet=sheet_of("<row>" + "<c/>" * 16_000 + "</row>")),
        "",
    ),
    "many cells": (
        lambda: workbook_of(
            sheet=sheet_of("<row>" + "<c><v>1</v></c>" * 900_000 + "</row>")
        ),
        DAMAGED,
    ),
    "a long text": (
        lambda: with_cells(TEXT.format("x" * 200_000)),
        "more than 131072 characters",
    ),
    "a text of 15 MB": (
        lambda: with_cells(TEXT.format("x" * (15 << 20))),
        "more than 131072 characters",
    ),
    "much text": (
        lambda: workbook_of(
            strings=strings_of(f"<si><t>{'가' * 100_000}</t></si>"),
            sheet=sheet_of('<row><c t="s"><v>0</v></c></row>' * 1000),
        ),
        "too much text",
    ),
    "no such text": (lambda: with_cells('<c t="s"><v>9</v></c>'), DAMAGED),
    "text before the first": (lambda: with_cells('<c t="s"><v>-1</v></c>'), DAMAGED),
    "1e308": (lambda: with_number("1e308"), ""),
    "1e999": (lambda: with_number("1e999"), ""),
    "a numeral of 100,000 digits": (lambda: with_number("9" * 100_000), DAMAGED),
    "no numeral": (lambda: with_number("0x10"), DAMAGED),
    "a day of 9999": (lambda: with_number("2958465", "yyyy"), ""),
    "a day beyond": (lambda: with_number("1e300", "yyyy"), ""),
    "a day before": (lambda: with_number("-1e9", "yyyy"), ""),
    "an unknown kind of cell": (lambda: with_cells('<c t="z"><v>1</v></c>'), DAMAGED),
    "a formula": (
        lambda: with_cells('<c><f>HYPERLINK("http://x")</f><v>1</v></c>'),
        "",
    ),
    "merged": (
        lambda: workbook_of(
            sheet=sheet_of("<row><c><v>1</v></c></row>").replace(
                "</worksheet>",
                "<mergeCells>"
                + '<mergeCell ref="A1:XFD1048576"/>' * 100_000
                + "</mergeCells></worksheet>",
            )
        ),
        "",
    ),
    "laughs in the sheet": (
        lambda: workbook_of(sheet=laughing("worksheet", "<worksheet>&j;</worksheet>")),
        DAMAGED,
    ),
    "laughs in the texts": (
        lambda: workbook_of(strings=laughing("sst", "<sst>&j;</sst>")),
        DAMAGED,
    ),
    "an entity from outside": (
        lambda: workbook_of(
            book='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook>&a;</workbook>'
        ),
        DAMAGED,
    ),
    "in UTF-16": (
        lambda: workbook_of(
            sheet=sheet_of('<row><c t="s"><v>0</v></c></row>')
            .replace("UTF-8", "UTF-16")
            .encode("utf-16")
        ),
        "",
    ),
    "in an unknown encoding": (
        lambda: workbook_of(sheet=sheet_of("").replace("UTF-8", "klingon")),
        DAMAGED,
    ),
    "a part that is cut": (lambda: workbook_of(sheet=sheet_of("<row>")[:-20]), DAMAGED),
    "no sheet": (lambda: workbook_of(book=f'<workbook xmlns="{MAIN}"/>'), DAMAGED),
    "the sheet leads out": (
        lambda: workbook_of(links=relations("xl", worksheet1="../../../../etc/passwd")),
        DAMAGED,
    ),
    "the sheet is itself": (
        lambda: workbook_of(links=relations("xl", worksheet1="workbook.xml")),
        "",
    ),
    "a bomb": (lambda: workbook_of(sheet=sheet_of(" " * (80 << 20))), DAMAGED),
    "a part of 20 MB": (lambda: workbook_of(sheet=sheet_of(" " * (20 << 20))), DAMAGED),
    "a false size": (lambda: with_false_size(), DAMAGED),
    "a bomb beside": (
        lambda: packed(parts_of() | {"media/x.png": bytes(50 << 20)}),
        "",
    ),
    "40,000 entries": (lambda: with_entries(40_000), DAMAGED),
    "40,000 entries, said to be six": (lambda: with_false_count(40_000), DAMAGED),
    "2,500 entries": (lambda: with_entries(2500), DAMAGED),
    "a name twice": (lambda: twice(), DAMAGED),
    "a zip in a zip": (lambda: nested(20), DAMAGED),
    "a password": (lambda: locked(), "a password"),
    "packed otherwise": (lambda: packed(parts_of(), zipfile.ZIP_LZMA), ""),
    "cut": (lambda: workbook_of()[:-100], DAMAGED),
    "half": (lambda: workbook_of()[: len(workbook_of()) // 2], DAMAGED),
    "something before": (lambda: b"PK\x03\x04" + workbook_of(), DAMAGED),
    "a remark": (lambda: workbook_of() + b"x", ""),
    "the magic alone": (lambda: b"PK\x03\x04", DAMAGED),
    "an empty zip": (lambda: b"PK\x05\x06" + bytes(18), ""),
}
