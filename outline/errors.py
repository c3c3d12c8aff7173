"""The faults of a document, told in both languages with file and line."""

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
        "ko": "알 수 없는 항목 기호입니다: {detail}",
        "en": "Unknown item marker: {detail}",
    },
    "orphan": {
        "ko": "상위 항목 없이 하위 항목이 나옵니다: {detail}",
        "en": "A sub-item without an item above it: {detail}",
    },
    "indent": {
        "ko": "들여쓰기가 어느 단계와도 맞지 않습니다(공백 {detail}칸).",
        "en": "The indentation matches no level ({detail} spaces).",
    },
    "no-item": {
        "ko": "첫 항목보다 앞에 글이 있습니다: {detail}",
        "en": "Text before the first item: {detail}",
    },
}


class OutlineError(ValueError):
    """A document that cannot be read: `path`, `line` (from 1), reason and `detail`."""

    def __init__(
        self, reason: str, path: str, line: int, detail: str | int = ""
    ) -> None:
        self.reason, self.path, self.line, self.detail = reason, path, line, detail
        super().__init__(f"{path}:{line}: {self.message('en')} / {self.message('ko')}")

    def message(self, language: str) -> str:
        return REASONS[self.reason][language].format(detail=self.detail)
