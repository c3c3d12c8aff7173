"""The name of a goal in the editors' plain-language summary."""

from django.utils.translation import get_language

from statements.corpus.plain_texts import plain_texts
from statements.models import Statement


def plain_name_of(goal: Statement) -> str:
    """The goal in plain words; empty if the summary was written for other goals."""
    texts = plain_texts()
    is_summed_up = goal.document.slug == texts["document"]
    names = {
        f"G{entry['number']}": entry[f"title_{get_language()}"]
        for entry in texts["goal"]
    }
    return names.get(goal.code, "") if is_summed_up else ""
