"""CSV and XLIFF that somebody has made to harm, or that are odd and right."""

from desk.translations.xliff.unit import NAMESPACE
from tests.support.hostile_files.workbooks import HostileFile, laughing

HEAD = b"code,kind,seen\n"
NO_UTF8 = "CSV in UTF-8"
CSVS: dict[str, HostileFile] = {
    "700,000 columns": (lambda: b"a," * 700_000 + b"a", "more than 50 columns"),
    "2,500,000 columns": (lambda: b"a," * 2_490_000 + b"\n", "more than 50 columns"),
    "700,000 empty columns": (lambda: HEAD + b"," * 700_000, ""),
    "51 columns": (lambda: HEAD + b",".join([b"a"] * 51), "Row 2 has more than 50"),
    "50 columns": (lambda: b",".join([b"a"] * 50), ""),
    "700,000 lines": (lambda: HEAD + b"a\n" * 700_000, "more than 1000 rows"),
    "a million empty lines": (lambda: HEAD + b"\n" * 1_000_000, "more than 1000 rows"),
    "a cell of 4 MB": (lambda: HEAD + b"x" * (4 << 20), "error on line 2"),
    "many long cells": (lambda: HEAD + (b"x" * 100_000 + b"\n") * 50, "too much text"),
    "a quote never closed": (
        lambda: HEAD + b'"' + b"a,b\n" * 100_000,
        "has an error on line",
    ),
    "a quote in a cell": (lambda: HEAD + b'"a"b,c\n', "error on line 2"),
    "two million quotes": (lambda: b'"' * 2_000_000, "has an error on line"),
    "noughts": (lambda: bytes(1_000_000), "error on line 1"),
    "some noughts": (lambda: HEAD + b"G1\x00,\x00,1\n", ""),
    "lone returns": (lambda: HEAD.replace(b"\n", b"\r") + b"G1,goal,1\r", ""),
    "ends of lines of every kind": (
        lambda: b"code,kind\x0b,seen\x0c\r\nG1,\xe2\x80\xa8,1\n\r",
        "",
    ),
    "UTF-16": (lambda: HEAD.decode().encode("utf-16"), NO_UTF8),
    "UTF-16 without a mark": (lambda: HEAD.decode().encode("utf-16-le"), ""),
    "UTF-32": (lambda: HEAD.decode().encode("utf-32"), NO_UTF8),
    "two marks": (lambda: b"\xef\xbb\xbf" * 2 + HEAD, ""),
    "overlong": (lambda: b"\xc0\xaf" + HEAD, NO_UTF8),
    "a surrogate": (lambda: b"\xed\xa0\x80" + HEAD, NO_UTF8),
    "cut in a letter": (lambda: HEAD + "가".encode()[:2], NO_UTF8),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000), NO_UTF8),
    "a PDF": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", NO_UTF8),
    "HTML": (lambda: b"<!DOCTYPE html><html><body><table>" * 1000, ""),
    "formulas": (lambda: HEAD + b"=cmd|' /C calc'!A0,@SUM(1),+1\n", ""),
    "one letter": (lambda: b"x", ""),
    "nothing": (lambda: b"", ""),
    "old Excel": (lambda: b"\xd0\xcf\x11\xe0" + bytes(5000), "old .xls"),
}


def xliff_of(body: str, encoding: str = "UTF-8") -> str:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<xliff xmlns="{NAMESPACE}" '
        f'version="1.2"><file original="x" source-language="ko">'
        f"<body>{body}</body></file></xliff>"
    )


def unit_with(target: str, marks: str = f"{'0' * 32}:{'1' * 32}") -> str:
    return (
        f'<trans-unit id="G1:title" extradata="{marks}"><source>가</source>'
        f"<target>{target}</target></trans-unit>"
    )


def many_attributes(count: int) -> str:
    return " ".join(f'a{n}=""' for n in range(count))


ILL_FORMED = "not well-formed XML"
XLIFFS: dict[str, HostileFile] = {
    "laughs": (
        lambda: laughing("xliff", "<xliff>&j;</xliff>").encode(),
        "document type",
    ),
    "an entity from outside": (
        lambda: b'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x"><xliff/>',
        "document type",
    ),
    "deep": (lambda: xliff_of("<group>" * 150_000).encode(), "nested too deeply"),
    "20,000 units": (
        lambda: xliff_of(unit_with("") * 8000).encode(),
        "more than 5000 translation units",
    ),
    "1.4 MB of signs": (lambda: xliff_of(unit_with("&lt;" * 350_000)).encode(), ""),
    "1.4 MB of elements": (lambda: xliff_of(unit_with("<g/>" * 350_000)).encode(), ""),
    "an attribute of 1.4 MB": (
        lambda: xliff_of(unit_with("", "x" * 1_400_000)).encode(),
        "lost its",
    ),
    "70,000 attributes": (
        lambda: xliff_of(f"<x {many_attributes(70_000)}/>").encode(),
        "no translation unit",
    ),
    "an attribute twice": (lambda: xliff_of('<x a="" a=""/>').encode(), ILL_FORMED),
    "a long name": (
        lambda: xliff_of(f"<{'x' * 1_000_000}/>").encode(),
        "no translation unit",
    ),
    "a code with a long name": (
        lambda: xliff_of(unit_with(f"<{'x' * 1_000_000}/>")).encode(),
        "cannot contain tags",
    ),
    "a nought": (lambda: xliff_of(unit_with("a\0b")).encode(), ILL_FORMED),
    "a control sign": (lambda: xliff_of(unit_with("&#1;")).encode(), ILL_FORMED),
    "UTF-16": (lambda: xliff_of(unit_with("x"), "UTF-16").encode("utf-16"), ""),
    "UTF-16 that says UTF-8": (
        lambda: xliff_of(unit_with("x")).encode("utf-16"),
        ILL_FORMED,
    ),
    "Windows": (
        lambda: (
            xliff_of(unit_with("é"), "windows-1252").replace("가", "x").encode("cp1252")
        ),
        "",
    ),
    "EUC-KR": (lambda: xliff_of(unit_with("x"), "EUC-KR").encode("euc-kr"), "encoding"),
    "a codec that runs": (lambda: xliff_of("", "rot13").encode(), "encoding"),
    "a codec that inflates": (lambda: xliff_of("", "zlib").encode(), "encoding"),
    "UTF-7": (lambda: xliff_of("", "utf-7").encode(), "encoding"),
    "cut": (lambda: xliff_of(unit_with("x")).encode()[:-30], ILL_FORMED),
    "two roots": (lambda: xliff_of(unit_with("x")).encode() * 2, ILL_FORMED),
    "lone returns": (lambda: xliff_of(unit_with("a\rb")).encode(), ""),
    "a zip": (lambda: b"PK\x03\x04" + bytes(100), ILL_FORMED),
    "nothing but spaces": (lambda: b" " * 1_000_000, ILL_FORMED),
    "CDATA": (
        lambda: xliff_of(unit_with(f"<![CDATA[{'<' * 1_000_000}]]>")).encode(),
        "",
    ),
    "a million remarks": (
        lambda: xliff_of("<!---->" * 200_000).encode(),
        "no translation unit",
    ),
    "instructions": (
        lambda: xliff_of("<?x?>" * 250_000).encode(),
        "no translation unit",
    ),
    "XLIFF 2": (
        lambda: b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"/>',
        "not XLIFF 1.2",
    ),
}
