"""The sentence that says why an uploaded file is not read."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from outline.contained import refusal
from outline.contained.refusal import Refused


def explain(refused: Refused, sentences: Mapping[str, str]) -> str:
    """The sentence for its reason; what any file may meet is said alike everywhere."""
    general = {
        refusal.BUSY: _(
            "Other files are being read right now. Send yours again in a minute."
        ),
        refusal.SLOW: _(
            "Reading this file takes too long because of the unusual way it was made. "
            "Save it again in the program that made it, or send it in parts."
        ),
    }
    sentence = sentences.get(refused.reason) or general.get(refused.reason)
    return (sentence or sentences[refusal.BROKEN]) % refused.values
