"""Passwords made of the words of this house, which whoever guesses tries first."""

import re
import unicodedata

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: So many signs are needed beside the words, and beside years.
LEAST_BESIDE = 8
#: The institution, the portal and the roles, in both languages.
OF_THE_HOUSE = re.compile(
    "mofa|ministry|foreign|affairs|policy|portal|korea|seoul|diplomacy|embassy|goals"
    "|tasks|achievements|report|password|editor|translator|publisher|administrator"
    "|admin|auditor|외교부|외교|대한민국|한국|정책|포털|과제|성과|비밀번호|관리자"
    "|(?:19|20)[0-9]{2}"
)


class HouseWordsValidator:
    """Asks for enough beside the words of the house."""

    def validate(self, password: str, user: User | None = None) -> None:
        plain = unicodedata.normalize("NFKC", password).casefold()
        if len(OF_THE_HOUSE.sub("", plain)) < LEAST_BESIDE:
            raise ValidationError(
                _("This password is made up only of words related to this site."),
                code="house_words",
            )

    def get_help_text(self) -> str:
        return _(
            "Words related to this site and years do not count toward the length of "
            "the password."
        )
