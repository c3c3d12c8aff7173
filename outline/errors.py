"""The faults of a file that holds no text, told in both languages with its line."""

REASONS = {
    "empty": {
        "ko": "문서에 글이 없습니다.",
        "en": "The document holds no text.",
    },
    "undecodable": {
        "ko": "UTF-8로도, UTF-16이나 CP949로도 읽을 수 없는 바이트가 있습니다.",
        "en": "A byte here can be read neither as UTF-8 nor as UTF-16 or CP949.",
    },
    "not-text": {
        "ko": "글이 아닌 파일입니다. 텍스트로 저장해 주세요.",
        "en": "The file is not text. Please save it as text.",
    },
    "too-large": {
        "ko": "파일이 너무 큽니다. 2 MB, 20,000줄까지 읽습니다.",
        "en": "The file is too large. Up to 2 MB and 20,000 lines are read.",
    },
}


class OutlineError(ValueError):
    """A document that cannot be read: `path`, `line` (from 1) and reason."""

    def __init__(self, reason: str, path: str, line: int) -> None:
        self.reason, self.path, self.line = reason, path, line
        super().__init__(f"{path}:{line}: {self.message('en')} / {self.message('ko')}")

    def message(self, language: str) -> str:
        return REASONS[self.reason][language]
