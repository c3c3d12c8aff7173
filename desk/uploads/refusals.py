"""The sentence that says why an uploaded file is not read."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from outline.contained import refusal
from outline.contained.refusal import Refused


def explain(refused: Refused, sentences: Mapping[str, str]) -> str:
    """The sentence for its reason; what any file may meet is said alike everywhere."""
    general = {
        refusal.BUSY: _(
            "Other files are being read at the moment. Send yours again in a minute."
        ),
        refusal.SLOW: _(
            "Reading the file takes too long: it is made in an unusual way. Save it "
            "anew in the program that made it, or send it in parts."
        ),
    }
    sentence = sentences.get(refused.reason) or general.get(refused.reason)
    return (sentence or sentences[refusal.BROKEN]) % refused.values
