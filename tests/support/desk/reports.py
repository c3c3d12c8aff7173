"""Reports of readers, made and sent."""

from typing import Any

from django.core.signing import TimestampSigner, b62_encode
from django.test import Client
from django.urls import reverse

from desk.feedback.models import new_number
from desk.feedback.spam import report_fingerprint
from desk.models import ProblemReport
from tests.support.rows import statement

TEXT = "The year in the second line differs from the source."


class PastStamps(TimestampSigner):
    """Stamps of long ago, so that no test has to wait."""

    moment = 1_000_000_000

    def timestamp(self) -> str:
        return b62_encode(self.moment)


class ComingStamps(PastStamps):
    """Stamps that are not three seconds old, however slow the machine is."""

    moment = 4_000_000_000


def report_on(code: str, **values: Any) -> ProblemReport:
    """A report as it was received."""
    text = values.setdefault("text", TEXT)
    return ProblemReport.objects.create(
        statement=statement(code),
        number=new_number(),
        **{"problem": "source", "fingerprint": report_fingerprint(text), **values},
    )


def typed(code: str = "G1.C1", **values: str) -> dict[str, str]:
    """What the form of a person has in it, opened long ago."""
    opened = PastStamps(salt="desk.feedback").sign(code)
    return {"problem": "figure", "text": TEXT, "opened": opened, **values}


def sent(code: str = "G1.C1", language: str = "en", headers: Any = None, **values: str):
    """The answer to a reader who sends the form."""
    address = report_page(code, language)
    return Client().post(address, typed(code, **values), headers=headers)


def report_page(code: str, language: str = "en") -> str:
    return reverse("desk:report_problem", args=[code]).replace("/ko/", f"/{language}/")
