"""The roles of staff: groups that a migration makes, with the rights that it lists."""

from enum import StrEnum


class Role(StrEnum):
    EDITOR = "편집자 / Editor"
    TRANSLATOR = "번역자 / Translator"
    PUBLISHER = "게시 승인자 / Publisher"
    ADMINISTRATOR = "관리자 / Administrator"
    AUDITOR = "감사자 / Auditor"
