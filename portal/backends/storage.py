"""Static files as the server sends them: hashed, compressed, the style sheet whole."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLE_SHEET = "css/main.css"
IMPORT = re.compile(r'@import url\("([\w-]+\.css)"\) layer\((\w+)\);')

#: The storage that holds each file, and its path there, by the file's name.
StoredFiles = dict[str, tuple[Storage, str]]


class OneSheetStorage(CompressedManifestStaticFilesStorage):
    """Puts what main.css imports into it: one request in place of one a component.

    The list of all files stands beside the folder of files, where nobody is served it.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        lists = FileSystemStorage(location=Path(settings.STATIC_ROOT).parent)
        super().__init__(*args, manifest_storage=lists, **options)

    def post_process(
        self, paths: StoredFiles, dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        if not dry_run:
            # Where an earlier version left it.
            self.delete(self.manifest_name)
        if not dry_run and STYLE_SHEET in paths:
            joined = IMPORT.sub(
                lambda rule: layer(read_sheet(paths, f"css/{rule[1]}"), rule[2]),
                read_sheet(paths, STYLE_SHEET),
            )
            self.delete(STYLE_SHEET)
            self.save(STYLE_SHEET, ContentFile(joined.encode()))
            paths = {**paths, STYLE_SHEET: (self, STYLE_SHEET)}
        yield from super().post_process(paths, dry_run, **options)


def read_sheet(paths: StoredFiles, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as sheet:
        return bytes(sheet.read()).decode()


def layer(rules: str, name: str) -> str:
    return f"@layer {name} {{\n{rules}}}"
