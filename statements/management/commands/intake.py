import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from outline import (
    OutlineError,
    Reading,
    decode,
    outline_of,
    read_document,
    working_text,
)
from outline.pieces.outline_form import KINDS
from outline.pieces.text_file import MOST_BYTES
from outline.tree.tree import Outline

#: Where levels come from, as read_document has it.
LEVELS = {"marker": False, "indent": True}
ONLY_TRIED = (
    "Drafts are made at the desk, by somebody who has read them. Use --dry-run here. / "
    "초안은 담당자가 읽고 담당자 페이지에서 만듭니다. 여기서는 --dry-run을 쓰세요."
)
UNREADABLE = "{file}: cannot be opened. / 열 수 없습니다."


class Command(BaseCommand):
    help = "Shows how a document would be read: its working text, its tree, its doubts."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--kind", choices=KINDS)
        parser.add_argument("--year", type=int, choices=range(1000, 10000), metavar="Y")
        parser.add_argument("--levels", choices=LEVELS)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: str, **options: Any) -> None:
        if not options["dry_run"]:
            raise CommandError(ONLY_TRIED)
        file = options["file"]
        try:
            with file.open("rb") as opened:
                text = decode(opened.read(MOST_BYTES + 1), file.name)
        except OutlineError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(UNREADABLE.format(file=file)) from error
        by_indent = LEVELS.get(options["levels"])
        reading = read_document(text.lines, options["kind"], by_indent=by_indent)
        outline = outline_of(reading, options["year"])
        if options["json"]:
            tree = as_json(reading, outline, text.encoding)
            self.stdout.write(json.dumps(tree, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(as_text(reading, outline, text.encoding))


def as_json(reading: Reading, outline: Outline, encoding: str) -> dict[str, Any]:
    return {
        "kind": reading.kind,
        "encoding": encoding,
        "by_indent": reading.by_indent,
        "pieces": [
            {
                "lines": list(piece.lines),
                "marker": piece.marker,
                "depth": depth,
                "text": piece.text,
                "excluded": piece.excluded,
                "doubts": [
                    {
                        "code": doubt.code,
                        "line": doubt.line,
                        "ko": doubt.message("ko"),
                        "en": doubt.message("en"),
                    }
                    for doubt in doubts
                ],
            }
            for piece, depth, doubts in zip(
                reading.pieces, outline.depths, outline.doubts, strict=True
            )
        ],
        "statements": [
            {
                "code": row.code,
                "kind": row.kind,
                "parent": row.parent,
                "title_ko": row.title_ko,
                "text_ko": row.text_ko,
            }
            for row in outline.statements
        ],
    }


def as_text(reading: Reading, outline: Outline, encoding: str) -> str:
    """The working text, the tree, and the doubts by line of the file."""
    levels = "indent" if reading.by_indent else "marker"
    doubts = sorted(
        (doubt for doubts in outline.doubts for doubt in doubts),
        key=lambda doubt: doubt.line,
    )
    lines = [
        f"[{encoding}, {reading.kind}, levels by {levels}]",
        working_text.write(reading),
        f"[{len(outline.statements)} statements]",
        *(
            f"{row.code} {row.kind}: {' | '.join(filter(None, texts))}"
            for row in outline.statements
            if (texts := (row.title_ko, row.text_ko))
        ),
        "",
        f"[{outline.doubt_count} doubts]",
        *(f"{d.line}: {d.message('ko')} / {d.message('en')}" for d in doubts),
    ]
    return "\n".join(lines)
