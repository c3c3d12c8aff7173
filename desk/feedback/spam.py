"""Signs of spam, found without asking anybody for a puzzle.

What shows one is held for staff and never thrown away: each sign may be wrong.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.feedback.models import ProblemReport
from statements.input.letters import squeezed

#: Nobody reads the form, chooses and writes in less.
FASTEST = timedelta(seconds=3)
#: A page of ours and a source are reason enough for two.
MOST_LINKS = 2
#: Shorter texts, as a bare 오타, come from several people.
SHORTEST_REPEATED = 20
WEB_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


class SpamSign(models.TextChoices):
    TRAP = "trap", _("a field that people do not see was filled in")
    NO_STAMP = "no-stamp", _("it was not sent from the form of this site")
    TOO_FAST = "too-fast", _("it was sent within three seconds")
    LINKS = "links", _("it has more than two links")
    REPEATED = "repeated", _("an earlier report has the same text")


def form_stamp(code: str) -> str:
    """Signs that the form of that statement was opened now."""
    return stamps().sign(code)


def stamps() -> TimestampSigner:
    return TimestampSigner(salt="desk.feedback")


def report_fingerprint(text: str) -> str:
    return hashlib.sha256(squeezed(text).encode()).hexdigest()


def spam_signs_of(code: str, data: Mapping[str, str]) -> list[SpamSign]:
    """The signs that the values of a form show."""
    return list(spam_signs(code, data))


def spam_signs(code: str, data: Mapping[str, str]) -> Iterator[SpamSign]:
    if data["homepage"]:
        yield SpamSign.TRAP
    try:
        if stamps().unsign(data["opened"]) != code:
            yield SpamSign.NO_STAMP
        stamps().unsign(data["opened"], max_age=FASTEST)
        yield SpamSign.TOO_FAST
    except SignatureExpired:
        pass
    except BadSignature:
        yield SpamSign.NO_STAMP
    if len(WEB_LINK.findall(data["text"])) > MOST_LINKS:
        yield SpamSign.LINKS
    same = ProblemReport.objects.filter(fingerprint=report_fingerprint(data["text"]))
    if len(squeezed(data["text"])) >= SHORTEST_REPEATED and same.exists():
        yield SpamSign.REPEATED
