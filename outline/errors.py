"""What can be wrong with a document, said in both languages with file and line."""

REASONS = {
    "empty": {
        "ko": "문서에 글이 없습니다.",
        "en": "The document holds no text.",
    },
    "undecodable": {
        "ko": "UTF-8로 읽을 수 없는 바이트가 있습니다.",
        "en": "A byte here cannot be read as UTF-8.",
    },
    "unknown-marker": {
        "ko": "알 수 없는 항목 기호입니다: {found}",
        "en": "Unknown item marker: {found}",
    },
    "orphan": {
        "ko": "상위 항목 없이 하위 항목이 나옵니다: {found}",
        "en": "A sub-item without an item above it: {found}",
    },
    "indent": {
        "ko": "들여쓰기가 어느 단계와도 맞지 않습니다(공백 {found}칸).",
        "en": "The indentation matches no level ({found} spaces).",
    },
    "no-item": {
        "ko": "첫 항목보다 앞에 글이 있습니다: {found}",
        "en": "Text before the first item: {found}",
    },
}


class OutlineError(ValueError):
    """A document that cannot be read: `path`, `line` (from 1), reason and `found`."""

    def __init__(self, reason: str, path: str, line: int, found: str | int = ""):
        self.reason, self.path, self.line, self.found = reason, path, line, found
        super().__init__(f"{path}:{line}: {self.message('en')} / {self.message('ko')}")

    def message(self, language: str) -> str:
        return REASONS[self.reason][language].format(found=self.found)
