"""The questions to ask of statements, in the words of the field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar, cast

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Value, When
from django.db.models.functions import Coalesce

from statements.codes import code_in
from statements.models.guard import NeverChanged, NeverDeleted
from statements.models.kinds import WITHIN_KINDS, Kind
from statements.models.public import PublicQuerySet
from statements.models.revision import DataVersion
from statements.models.states import PublicationState, TranslationState
from statements.search.entries import MatchingEntries
from statements.search.hit_counts import condition
from statements.search.query_plan import plan as search_plan
from statements.search.ranking import Match, match, rank

if TYPE_CHECKING:
    from statements.models.statement import Statement

#: The two relations of links, with the name of a link's other end.
LINKS_BY_OTHER_END = {"links_to_earlier": "earlier", "links_to_later": "later"}
MATCH_OF_CODE = Value(Match.WORD.value)
ENGLISH_IS_MISSING = Q(~Q(title_ko=""), title_en="") | Q(~Q(text_ko=""), text_en="")


class StatementQuerySet(PublicQuerySet["Statement"]):
    statement_paths = ("pk",)
    is_beyond_statements = False
    #: The keys of the only ones that are asked about; None of all.
    keys_asked: Collection[int] | None = None

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]  # not in the stubs
        clone.keys_asked = self.keys_asked
        return clone

    def among(self, keys: Collection[int] | None) -> Self:
        """Those with these keys, or all. What else a question has to read, it reads of
        these alone.
        """
        if keys is None:
            return self
        asked = self.filter(pk__in=keys)
        asked.keys_asked = keys
        return asked

    def get_by_natural_key(self, code: str) -> Statement:
        return self.get(code=code)

    def published(self) -> Self:
        return self.filter(state=PublicationState.PUBLISHED)

    def withdrawn(self) -> Self:
        return self.filter(state=PublicationState.WITHDRAWN)

    def in_outline_order(self) -> Self:
        return self.order_by("sort_key")

    def of_kinds(self, *kinds: Kind) -> Self:
        return self.filter(kind__in=kinds)

    def with_tags(self) -> Self:
        """As lists: a related manager would copy its query for every row."""
        return self.prefetch_related(
            Prefetch("regions", to_attr="region_list"),
            Prefetch("countries", to_attr="country_list"),
            Prefetch("themes", to_attr="theme_list"),
        )

    def for_listing(self) -> Self:
        """With what a row of a list shows, in a number of queries that is fixed."""
        return (
            self.select_related("document", "parent__parent__parent")
            .with_tags()
            .prefetch_related("paragraphs")
            .with_link_count()
            .in_outline_order()
        )

    def shown_within(self, rows: Iterable[Statement], *kinds: Kind) -> Self:
        """Of these, the published ones of the kinds right under the rows; each says
        whether it `has_points`, more of them under itself.
        """
        of_kinds = self.published().of_kinds(*kinds)
        under = of_kinds.filter(parent__in=[row.pk for row in rows])
        further = of_kinds.filter(parent=OuterRef("pk")).order_by()
        return under.annotate(has_points=Exists(further)).in_outline_order()

    def out_of_place(self, statement_ids: Iterable[int]) -> Self:
        """Of these and what stands right under them: those whose key, root or year does
        not follow from the statement above.
        """
        near = Q(pk__in=statement_ids) | Q(parent__in=statement_ids)
        follows = Q(
            sort_key__startswith=F("parent__sort_key"),
            root=Coalesce("parent__root", "parent"),
        )
        is_of_year = Q(year=F("parent__year")) | Q(year=None, parent__year=None)
        return self.filter(near, ~(follows & is_of_year), parent__isnull=False)

    def with_link_count(self) -> Self:
        """Annotates `link_count`, of the links that readers see, both ways."""
        earlier, later = (
            Count(
                links,
                filter=Q(**{f"{links}__{end}__state": PublicationState.PUBLISHED})
                & ~Q(**{f"{links}__state": "rejected"}),
                distinct=True,
            )
            for links, end in LINKS_BY_OTHER_END.items()
        )
        return self.annotate(link_count=earlier + later)

    def search(self, text: str, version: DataVersion | None = None) -> Self:
        """The finds of the words in either language, annotated with `rank` and `match`;
        a code finds its statement alone. `version` of the data, if it is known, is not
        asked.
        """
        plan = search_plan(text, version)
        code = code_in(text)
        if code and self.filter(code=code).exists():
            return self.filter(code=code).annotate(rank=Value(0), match=MATCH_OF_CODE)
        if not plan.ways:
            return self.annotate(rank=Value(0), match=MATCH_OF_CODE).none()
        entries = MatchingEntries(*map(condition, plan.ways))
        return self.filter(pk__in=entries).annotate(rank=rank(plan), match=match(plan))

    def without_related(self) -> Self:
        """Of what a search found, what has the words: for lists that have no place to
        say that others are only related.
        """
        if "match" not in self.query.annotations:
            return self
        return self.exclude(match=Match.RELATED.value)

    def as_trees(self, *proxies: type[Statement]) -> list[Statement]:
        """The topmost of these statements, each with those under it as its `branches`.

        Rows of a kind that one of `proxies` stands for are instances of it.
        """
        statement_class = cast("type[Statement]", self.model._meta.concrete_model)
        classes: dict[str, type[Statement]] = {
            proxy.proxied_kind: proxy for proxy in proxies
        }
        statements = list(self.in_outline_order())
        by_pk: dict[int | None, Statement] = {
            statement.pk: statement for statement in statements
        }
        for statement in statements:
            statement.__class__ = classes.get(statement.kind, statement_class)
            statement.branches = []
            if holder := by_pk.get(statement.parent_id):
                holder.branches.append(statement)
                statement.parent = holder
        return [s for s in statements if s.parent_id not in by_pk]

    def with_translation_state(self) -> Self:
        """Annotates `translation`, the derived TranslationState of each row."""
        return self.annotate(
            translation=Case(
                When(ENGLISH_IS_MISSING, then=Value(TranslationState.MISSING.value)),
                When(
                    ~Q(en_from=F("ko_hash")),
                    then=Value(TranslationState.OUTDATED.value),
                ),
                When(
                    en_reviewed=F("en_hash"),
                    then=Value(TranslationState.REVIEWED.value),
                ),
                default=Value(TranslationState.DRAFT.value),
            )
        )

    def update(self, **values: Any) -> int:
        if not values.keys().isdisjoint(("code", "kind")):
            raise NeverChanged(", ".join(self.values_list("code", flat=True)))
        return super().update(**values)

    def delete(self) -> NoReturn:
        raise NeverDeleted


def give_points(rows: Iterable[Statement], *kinds: Kind) -> None:
    """Gives each row as its `points` what stands under it of the kinds, and these
    theirs, to any depth: a query a level, however many rows there are.
    """
    level = list(rows)
    while level:
        concrete = cast("type[Statement]", level[0]._meta.concrete_model)
        within: dict[int | None, list[Statement]] = defaultdict(list)
        for point in concrete.objects.shown_within(level, *kinds):
            point.points = []
            within[point.parent_id].append(point)
        for row in level:
            row.points = within[row.pk]
        level = [p for points in within.values() for p in points if p.has_points]


def mark_within(rows: Iterable[Statement]) -> None:
    """Gives each row of a list its `level`, one more than that of the statement above
    it where this comes right before it and what else it has; and as `absent_parent` the
    statement above a detail, a sub-item or a note that does not come before it.
    """
    above: list[Statement] = []
    for row in rows:
        while above and above[-1].pk != row.parent_id:
            above.pop()
        row.level = len(above)
        is_alone = row.kind in WITHIN_KINDS and not above
        row.absent_parent = row.parent if is_alone else None
        above.append(row)


StatementManager = models.Manager.from_queryset(StatementQuerySet)

KindRow = TypeVar("KindRow", bound="Statement", covariant=True)


class KindManager(StatementManager[KindRow]):
    """Manager of a proxy: the statements of the kind that its class names."""

    def get_queryset(self) -> models.QuerySet[KindRow]:
        return super().get_queryset().filter(kind=self.model.proxied_kind)
