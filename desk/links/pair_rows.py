"""Pairs of statements as the pages show them, each with the form of its decision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.forms import model_to_dict
from django.http import QueryDict
from django.urls import reverse

from desk.links.candidates import CandidatePair, Suggester
from desk.links.forms import DraftLinkForm, RationaleForm
from desk.links.subjects import Subject, SubjectKind
from statements.gate import Note
from statements.models import Link, Relation, Statement

#: Shared subjects that a row shows, and that a rationale begins with.
SUBJECTS_SHOWN, SUBJECTS_NAMED = 10, 3


@dataclass(frozen=True, eq=False)
class PairRow:
    """Two statements, with what they share or how they are linked."""

    later: Statement
    earlier: Statement
    form: RationaleForm
    shared: Sequence[Subject] = ()
    add: str = ""
    link: Link | None = None


def suggested_rows(
    pairs: Iterable[CandidatePair],
    known: Suggester,
    data: QueryDict,
) -> list[PairRow]:
    """The form of the pair that `data` names is filled in from it."""
    statements = Statement.objects.in_bulk({pk for pair in pairs for pk in pair[1:]})
    rows = []
    for pair in pairs:
        shared = known.shared(pair)[:SUBJECTS_SHOWN]
        key = f"{pair.later}-{pair.earlier}"
        # A document may have been moved in time since the form was sent out.
        is_sent = data.get("pair") in (key, f"{pair.earlier}-{pair.later}")
        sent = data if is_sent else None
        rows.append(
            PairRow(
                later=statements[pair.later],
                earlier=statements[pair.earlier],
                form=RationaleForm(sent, auto_id=f"id_{key}_%s"),
                shared=shared,
                add=add_link_address(pair, shared),
            )
        )
    return rows


def add_link_address(pair: CandidatePair, shared: list[Subject]) -> str:
    """The address of the form that adds the link, filled in as far as can be told."""
    rationale = begin_rationale(shared)
    values = {
        "later": pair.later,
        "earlier": pair.earlier,
        "relation": Relation.SAME_SUBJECT.value,
        "rationale_ko": rationale.ko,
        "rationale_en": rationale.en,
    }
    return f"{reverse('admin:statements_link_add')}?{urlencode(values)}"


def begin_rationale(shared: list[Subject]) -> Note:
    """The beginning of a rationale names subjects with a name in both languages."""
    named = [subject for subject in shared if subject.english]
    telling = [s for s in named if s.sort in (SubjectKind.TERM, SubjectKind.COUNTRY)]
    chosen = (telling or named)[:SUBJECTS_NAMED]
    korean, english = (
        ", ".join(dict.fromkeys(names)) or "…"
        for names in ([s.name for s in chosen], [s.english for s in chosen])
    )
    return Note(
        ko=f"공통점: {korean}.",
        en=f"In common: {english}.",
    )


def draft_rows(links: Iterable[Link], data: QueryDict) -> list[PairRow]:
    return [
        PairRow(
            later=link.later,
            earlier=link.earlier,
            form=DraftLinkForm(
                data or None, prefix=f"link{link.pk}", initial=model_to_dict(link)
            ),
            link=link,
        )
        for link in links
    ]
