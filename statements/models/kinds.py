"""The kinds of statements and of facts, and which statement may be under which."""

from collections.abc import Iterable

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class PartNature(models.TextChoices):
    """The nature of a report's part: what it tells of, by the letter of its code."""

    ACHIEVEMENTS = "achievements", _("achievements")
    TASKS = "tasks", _("tasks")

    @classmethod
    def of_code(cls, code: str) -> str:
        """The nature that the code of a part says; none of a goal."""
        letters = {"A": cls.ACHIEVEMENTS, "T": cls.TASKS}
        return str(letters.get(code.partition(".")[2][:1], ""))

    def name_of(self, *years: int) -> str:
        """The name of what reports say of this nature in editions of these years."""
        if not years:
            return str(self.label).capitalize()
        names = {
            self.ACHIEVEMENTS: gettext("Achievements (through %(years)s)"),
            self.TASKS: gettext("%(years)s tasks"),
        }
        return names[self] % {"years": ", ".join(map(str, years))}


class Kind(models.TextChoices):
    GOAL = "goal", _("goal")
    OBJECTIVE = "objective", _("objective")
    KEY_CONTENT = "key-content", _("main point")
    DETAIL = "detail", _("detail")
    EXPECTED_EFFECT = "expected-effect", _("expected effect")
    PART = "part", _("part")
    CHAPTER = "chapter", _("chapter")
    HEADING = "heading", _("heading")
    ACHIEVEMENT = "achievement", _("achievement")
    TASK = "task", _("task")
    POINT = "point", _("sub-item")
    NOTE = "note", _("note")


class Nature(models.TextChoices):
    """The way in which the source speaks; a plan is never told as done."""

    REPORTED = "reported", _("reported as done")
    IN_EFFECT = "in-effect", _("current when written")
    PLANNED = "planned", _("planned when written")


class Precision(models.TextChoices):
    YEAR = "year", _("year")
    MONTH = "month", _("month")
    DAY = "day", _("day")


class Status(models.TextChoices):
    STARTED = "started", _("started")
    UNDER_WAY = "under-way", _("in progress")
    COMPLETED = "completed", _("completed")
    CHANGED = "changed", _("changed")


class Qualifier(models.TextChoices):
    MORE_THAN = "more-than", _("or more")
    UP = "up", _("up")
    CONSECUTIVE = "consecutive", _("in a row")
    FIRST_IN = "first-in", _("first in")
    NEXT = "next", _("over the next")


#: Kind to the kinds it may stand under, the most usual first; "" is no parent.
PARENTS: dict[Kind, tuple[str, ...]] = {
    Kind.GOAL: ("",),
    Kind.OBJECTIVE: (Kind.GOAL,),
    Kind.KEY_CONTENT: (Kind.GOAL,),
    Kind.DETAIL: (
        *(Kind.KEY_CONTENT, Kind.OBJECTIVE, Kind.EXPECTED_EFFECT, Kind.DETAIL),
    ),
    Kind.EXPECTED_EFFECT: (Kind.GOAL,),
    Kind.PART: ("",),
    Kind.CHAPTER: (Kind.PART,),
    Kind.HEADING: (Kind.PART, Kind.CHAPTER),
    Kind.ACHIEVEMENT: (Kind.HEADING, Kind.CHAPTER, Kind.PART),
    Kind.TASK: (Kind.HEADING, Kind.CHAPTER, Kind.PART),
    Kind.POINT: (Kind.ACHIEVEMENT, Kind.TASK, Kind.POINT),
    Kind.NOTE: (
        *(Kind.ACHIEVEMENT, Kind.TASK, Kind.POINT),
        *(Kind.HEADING, Kind.CHAPTER, Kind.PART),
        *(Kind.DETAIL, Kind.KEY_CONTENT, Kind.OBJECTIVE, Kind.EXPECTED_EFFECT),
        Kind.GOAL,
    ),
}
GOAL_KINDS = (
    Kind.GOAL,
    Kind.OBJECTIVE,
    Kind.KEY_CONTENT,
    Kind.DETAIL,
    Kind.EXPECTED_EFFECT,
)
REPORT_KINDS = (
    *(Kind.PART, Kind.CHAPTER, Kind.HEADING, Kind.ACHIEVEMENT, Kind.TASK, Kind.POINT),
)
TITLE_ONLY_KINDS = (Kind.GOAL, Kind.PART, Kind.CHAPTER, Kind.HEADING)
TEXT_ONLY_KINDS = tuple(
    kind for kind in Kind if kind not in TITLE_ONLY_KINDS and kind != Kind.KEY_CONTENT
)

#: What is counted, and found by filters: all but the titles that others are under.
COUNTED_KINDS = tuple(kind for kind in Kind if kind not in TITLE_ONLY_KINDS)
#: Of these: what lists show below the statement that it belongs to.
WITHIN_KINDS = (Kind.DETAIL, Kind.POINT, Kind.NOTE)
#: Of these: what staff look for links of.
LINKED_KINDS = tuple(kind for kind in COUNTED_KINDS if kind not in WITHIN_KINDS)


def kind_under_parent() -> models.Q:
    pairs = models.Q()
    for kind, parents in PARENTS.items():
        pairs |= models.Q(kind=kind.value, parent_kind__in=[str(p) for p in parents])
    return pairs


def year_and_nature_by_kind() -> models.Q:
    """Both of all in a report, neither of goals; a note stands in either."""
    of_goals = models.Q(year__isnull=True, nature="")
    of_reports = models.Q(year__isnull=False) & ~models.Q(nature="")
    return (
        models.Q(kind__in=values(GOAL_KINDS)) & of_goals
        | models.Q(kind__in=values(REPORT_KINDS)) & of_reports
        | models.Q(kind=Kind.NOTE.value) & (of_goals | of_reports)
    )


def korean_by_kind() -> models.Q:
    """Titles, texts or both, as the kind has them; a key content may lack its text."""
    no_title, no_text = models.Q(title_ko=""), models.Q(text_ko="")
    return (
        (models.Q(kind__in=values(TITLE_ONLY_KINDS)) & ~no_title & no_text)
        | (models.Q(kind__in=values(TEXT_ONLY_KINDS)) & no_title & ~no_text)
        | (models.Q(kind=Kind.KEY_CONTENT.value) & ~no_title)
    )


def values(kinds: Iterable[Kind]) -> list[str]:
    return [kind.value for kind in kinds]


#: Of the table of statements: the columns that follow from the kind.
KIND_CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(
        name="statement_kind_under_parent", condition=kind_under_parent()
    ),
    models.CheckConstraint(
        name="statement_parent_kind_with_parent",
        condition=models.Q(parent__isnull=True, parent_kind="")
        | (models.Q(parent__isnull=False) & ~models.Q(parent_kind="")),
    ),
    models.CheckConstraint(
        name="statement_year_and_nature_by_kind", condition=year_and_nature_by_kind()
    ),
    models.CheckConstraint(
        name="statement_korean_by_kind",
        condition=korean_by_kind(),
        violation_error_message=_(
            "Goals, parts, chapters and headings have a title. Main points have a "
            "title and often a text. All others have a text. The Korean cannot be "
            "empty."
        ),
    ),
]


#: How a figure is told, by its qualifier; `amount` is the value with its unit.
AMOUNTS: dict[str, Promise] = {
    Qualifier.MORE_THAN: _("%(amount)s or more"),
    Qualifier.UP: _("up %(amount)s"),
    Qualifier.CONSECUTIVE: _("%(amount)s in a row"),
    Qualifier.FIRST_IN: _("first in %(amount)s"),
    Qualifier.NEXT: _("over the next %(amount)s"),
}
