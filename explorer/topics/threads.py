"""The links between statements that one page shows, as lines beside each of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from statements.models import Link, LinkState, Relation, Statement

#: How the earlier of two says its relation to the later one; the others say it alike.
RELATIONS_FROM_EARLIER: Mapping[str, Promise] = {
    Relation.CONTINUES: _("continued by"),
    Relation.CHANGES: _("changed by"),
    Relation.REPLACES: _("replaced by"),
}


class Thread(NamedTuple):
    """The statements of the page that one is linked with in the same way."""

    relation: str
    is_confirmed: bool
    statements: list[Statement]


def threads_between(statements: Iterable[Statement]) -> dict[int, list[Thread]]:
    """By the key of each statement, the links that it has with others of these."""
    by_key = {statement.pk: statement for statement in statements}
    links = Link.objects.public().filter(later__in=by_key, earlier__in=by_key)
    ends: dict[int, dict[tuple[str, bool], list[Statement]]] = defaultdict(dict)
    for link in links:
        relation = link.get_relation_display()
        inverse = str(RELATIONS_FROM_EARLIER.get(link.relation, relation))
        is_confirmed = link.state == LinkState.CONFIRMED
        for own, other, said in (
            (link.later_id, link.earlier_id, relation),
            (link.earlier_id, link.later_id, inverse),
        ):
            ends[own].setdefault((said, is_confirmed), []).append(by_key[other])
    return {
        key: [Thread(*told, others) for told, others in of_key.items()]
        for key, of_key in ends.items()
    }
