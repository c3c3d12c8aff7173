"""Builds the fixtures: the Korean verbatim from the sources, and what is curated.

Rows are written by hand-made dictionaries rather than by Django's serializer, which
skips proxies and writes the untranslated columns.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from statements.corpus.curated import Curated
from statements.corpus.sources import Source, read_source
from statements.fields import TAGS, TEXTS

FixtureRow = dict[str, Any]
Fixture = dict[str, list[FixtureRow]]

#: In the order in which they are loaded: what is referred to comes first.
FIXTURE_NAMES = (
    "vocabulary",
    "glossary",
    "documents",
    "statements",
    "paragraphs",
    "links",
    "events",
    "figures",
)
#: The texts of a statement that english.toml has under names of its own.
CURATED_NAMES = {
    "title_en": "title",
    "text_en": "text",
    "editor_note_ko": "note_ko",
    "editor_note_en": "note_en",
}
TRANSLATED_DOCUMENT_FIELDS = (
    *("title", "edition", "time_basis", "publisher", "licence", "contains", "lacks"),
)


def build(folder: Path) -> Fixture:
    """All fixtures by name, from `folder`/sources and `folder`/curated."""
    curated = Curated(folder / "curated")
    sources = [
        read_source(slug, record, folder / "sources")
        for slug, record in curated.documents().items()
    ]
    return {
        "vocabulary": list(vocabulary_rows(curated)),
        "glossary": list(glossary_rows(curated)),
        "documents": list(document_rows(sources)),
        "statements": list(statement_fixture_rows(sources, curated)),
        "paragraphs": list(paragraphs(sources)),
        "links": list(links(curated)),
        "events": list(facts(curated, "events")),
        "figures": list(facts(curated, "figures")),
    }


def write_fixtures(fixtures: Fixture, folder: Path) -> None:
    for name, rows in fixtures.items():
        (folder / f"{name}.json").write_text(dump(rows), encoding="utf-8")


def dump(rows: Iterable[FixtureRow]) -> str:
    """JSON with a line for each field, lists on one line: easy to compare."""
    return "[\n" + ",\n".join(dump_row(row) for row in rows) + "\n]\n"


def dump_row(row: FixtureRow) -> str:
    fields = ",\n".join(
        f"    {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in row["fields"].items()
    )
    return f'  {{"model": {json.dumps(row["model"])}, "fields": {{\n{fields}\n  }}}}'


def row(model: str, **fields: Any) -> FixtureRow:
    return {"model": f"statements.{model}", "fields": fields}


def natural_key_of(value: str | None) -> list[str] | None:
    return [value] if value else None


def natural_keys_of(values: Iterable[str]) -> list[list[str]]:
    return [[value] for value in values]


def vocabulary_rows(curated: Curated) -> Iterable[FixtureRow]:
    rows = curated.table("vocabulary")
    for model in ("region", "country", "theme", "organisation"):
        terms = [term for term in rows if term["kind"] == model]
        for position, term in enumerate(terms, 1):
            more = {}
            if model == "country":
                more = {"region": natural_key_of(term["parent"]), "iso": term["iso"]}
            yield row(
                model,
                slug=term["slug"],
                position=position,
                name_ko=term["ko"],
                name_en=term["en"],
                scope_ko="",
                scope_en=term["scope"],
                **more,
            )


def glossary_rows(curated: Curated) -> Iterable[FixtureRow]:
    for position, term in enumerate(curated.table("glossary"), 1):
        yield row(
            "glossaryterm",
            position=position,
            korean=term["ko"],
            english=term["en"],
            note_ko=term["note_ko"],
            note_en=term["note_en"],
            category=term["category"],
            is_established=term["confidence"] == "high",
        )


def document_rows(sources: list[Source]) -> Iterable[FixtureRow]:
    for source in sources:
        record = source.record
        translated = {
            f"{name}_{language}": record[f"{name}_{language}"]
            for name in TRANSLATED_DOCUMENT_FIELDS
            for language in ("ko", "en")
        }
        yield row(
            "document",
            slug=source.slug,
            kind=record["kind"],
            time_year=record["time_year"],
            time_order=record["time_order"],
            **translated,
            title_is_descriptive=record["title_is_descriptive"],
            publisher_is_attributed=record["publisher_is_attributed"],
            source_url="",
            file=record["file"],
            sha256=source.sha256,
        )


def statement_fixture_rows(
    sources: list[Source], curated: Curated
) -> Iterable[FixtureRow]:
    english, tags, bodies = curated.english(), curated.tags(), responsible(curated)
    numbers = {line.pop("code"): line for line in curated.table("numbers")}
    for source in sources:
        for read in source.outline.statements:
            words = english.get(read.code, {})
            texts = {
                name: words.get(CURATED_NAMES.get(name, name), "") for name in TEXTS
            }
            korean = {"title_ko": read.title_ko, "text_ko": read.text_ko}
            slugs = {**tags.get(read.code, {}), "organisations": bodies[read.code]}
            yield row(
                "statement",
                code=read.code,
                kind=read.kind,
                document=natural_key_of(source.slug),
                parent=natural_key_of(read.parent),
                position=read.position,
                year=read.year,
                **{**texts, **korean},
                **{name: natural_keys_of(slugs.get(name, ())) for name in TAGS},
                **filled_numbers(numbers.get(read.code, {})),
            )


def filled_numbers(line: dict[str, str]) -> dict[str, int]:
    """The numbers of a statement, by the columns of numbers.csv that are filled."""
    return {name: int(number) for name, number in line.items() if number}


def responsible(curated: Curated) -> dict[str, list[str]]:
    """Code of a goal to the bodies that the source makes responsible for it."""
    bodies: dict[str, list[str]] = defaultdict(list)
    for line in curated.table("organisations"):
        bodies[line["code"]].append(line["organisation"])
    return bodies


def paragraphs(sources: list[Source]) -> Iterable[FixtureRow]:
    for source in sources:
        codes = source.outline.codes()
        for ordinal, piece, depth, above in source.paragraphs():
            first, last = piece.lines
            raw = piece.raw_in_place
            yield row(
                "paragraph",
                document=natural_key_of(source.slug),
                ordinal=ordinal,
                marker=piece.public_marker,
                depth=depth,
                parent=[source.slug, above] if above else None,
                raw=raw,
                text=piece.public_text,
                first_line=first,
                last_line=last,
                sha256=hashlib.sha256(raw.encode()).hexdigest(),
                statement=natural_key_of(codes.get(ordinal - 1)),
                exclusion=piece.excluded or "",
            )


def links(curated: Curated) -> Iterable[FixtureRow]:
    for line in curated.table("links"):
        yield row(
            "link",
            later=natural_key_of(line["later"]),
            earlier=natural_key_of(line["earlier"]),
            relation=line["relation"],
            rationale_ko=line["rationale_ko"],
            rationale_en=line["rationale_en"],
            state="suggested",
        )


def facts(curated: Curated, name: str) -> Iterable[FixtureRow]:
    """Events or figures: the table's columns are the model's fields."""
    for line in curated.table(name):
        fields: dict[str, Any] = {
            **line,
            "statement": natural_key_of(line["statement"]),
        }
        if "tentative" in fields:
            fields["tentative"] = fields["tentative"] == "true"
        yield row(name.removesuffix("s"), **fields)
