"""Invented documents on their way in, and the steps that bring them in."""

from datetime import date
from random import Random

from django.contrib.auth.models import User

from desk.intake.document_as_read import first_reading, read_kept
from desk.intake.drafts import make_drafts
from desk.intake.forms import FactsForm
from desk.intake.models import Intake
from desk.intake.proposed_facts import proposed_facts
from desk.intake.steps import begin
from statements.models import Document

TODAY = date(2031, 1, 15)
REPORT = """
외교부 업무보고

Ⅰ. 2030년 성과

□ 이웃과의 협력

 ㅇ 이웃 나라와 정상회담(30.5월) 개최

  - 공동성명 채택

Ⅱ. 2031년 주요 추진과제

 □ 다자외교

  ㅇ 국제기구 이사국(31-33) 활
동 추진

   ※ 임기는 3년

  ㅇ 기후 회의(31.11월) 대응
"""
GOALS = """
• 첫째 목표
  • 과제목표
    • 평화로운 이웃
  • 주요내용
    • 대화의 재개
      • 정례 회담
"""


def begun(by: User, text: str = REPORT, **facts: object) -> Intake:
    """An intake as the page begins it; `facts` say its kind or year."""
    original = text.encode()
    working_text, choices = first_reading(original)
    return begin(by, original, "", working_text, {**choices.as_facts(), **facts})


def facts_of(intake: Intake, **values: object) -> dict[str, object]:
    """What the form of facts has in place, with these values in the place of some."""
    facts = proposed_facts(read_kept(intake), TODAY)
    return {**facts, "version": intake.version, **values}


def drafted(
    by: User, text: str = REPORT, facts: dict | None = None, **choices
) -> Document:
    """The document with its drafts, by the very functions of the pages."""
    intake = begun(by, text, **choices)
    return draft(intake, by, **(facts or {}))


def form_of(intake: Intake, **values: object) -> FactsForm:
    return FactsForm(facts_of(intake, **values), kind=intake.facts["kind"])


def draft(intake: Intake, by: User, **values: object) -> Document:
    form = form_of(intake, **values)
    assert form.is_valid(), form.errors
    return make_drafts(intake, by, form.seen, form.instance)


MARKERS = (*"□□ㅇㅇㅇ--※*①", "Ⅰ.", "Ⅱ.", "가.", "1)", "")
OUTLINE_WORDS = ("협력", "회담(31.5월)", "개최", "2031년", "과제", "성과")
WORDS = (*OUTLINE_WORDS, "- 3 -", "목차", "A", "·")


def random_document(chance: Random) -> str:
    """Lines of markers and words at any indent, some wrapped, some blank."""
    lines = []
    for _n in range(chance.randint(1, 30)):
        words = chance.choices(WORDS, k=chance.randint(0, 5))
        indent = " " * chance.randint(0, 6)
        space = chance.choice((" ", " ", ""))
        lines.append(f"{indent}{chance.choice(MARKERS)}{space}{' '.join(words)}")
        lines += [""] * chance.randint(0, 1)
    return "Ⅰ. 2031년 과제\n□ 협력\n" + "\n".join(lines)


def random_edit(chance: Random, text: str) -> str:
    """Lines taken out, split, joined, promoted and left out, as people do."""
    lines = text.split("\n")
    for _n in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        line = lines[at]
        half = len(line) // 2
        changed = chance.choice(
            (
                [],
                [line[:half], line[half:]],
                [line + "".join(lines[at + 1 : at + 2]).strip()],
                ["□ " + line.lstrip(" -ㅇ※")],
                [f"#기타: 뺌: {line.strip()}"],
                [line, "ㅇ 새로 쓴 줄"],
            )
        )
        lines[at : at + 1] = changed or [""]
    return "\n".join(lines)
