"""The goals document's statements, under the names that the domain gives them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, cast

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from statements.models import Kind, KindManager, Link, Statement, StatementQuerySet
from statements.pages.stages import LinkEnd, leading_ends


class GoalQuerySet(StatementQuerySet):
    def whole(self) -> list[Goal]:
        """These goals with all that stands under them, in a fixed number of queries."""
        goals = self.published().values("pk")
        trees = (
            Statement.objects.published()
            .filter(Q(pk__in=goals) | Q(root__in=goals))
            .select_related("document")
            .with_tags()
            .prefetch_related("paragraphs")
            .as_trees(Goal, Objective, KeyContent, ExpectedEffect, Detail)
        )
        whole = cast(list[Goal], trees)
        give_links(content for goal in whole for content in goal.key_contents)
        return whole


GoalManager = KindManager.from_queryset(GoalQuerySet)


class Goal(Statement):
    proxied_kind = Kind.GOAL

    objects: ClassVar[GoalManager[Goal]] = GoalManager()

    class Meta(Statement.Meta):
        proxy = True
        verbose_name = _("goal")
        verbose_name_plural = _("goals")

    @property
    def objectives(self) -> list[Statement]:
        return self.branches_of_kind(Kind.OBJECTIVE)

    @property
    def key_contents(self) -> list[Statement]:
        return self.branches_of_kind(Kind.KEY_CONTENT)

    @property
    def expected_effects(self) -> list[Statement]:
        return self.branches_of_kind(Kind.EXPECTED_EFFECT)

    @property
    def details(self) -> list[Statement]:
        return details_below(self)

    @property
    def notes(self) -> list[Statement]:
        return self.branches_of_kind(Kind.NOTE)

    @property
    def links(self) -> list[LinkEnd]:
        """Every link of the goal's key contents, in their order."""
        return [
            end
            for content in self.key_contents
            for end in cast(KeyContent, content).links
        ]

    @property
    def leading_links(self) -> list[LinkEnd]:
        """The few that its page shows unfolded, each statement once."""
        ends = {end.statement.pk: end for end in reversed(self.links)}
        return leading_ends(list(reversed(ends.values())))


def details_below(statement: Statement) -> list[Statement]:
    """The details at every level under it, in the order of the document."""
    details = []
    for branch in statement.branches:
        details += [branch] if branch.kind == Kind.DETAIL else []
        details += details_below(branch)
    return details


class Objective(Statement):
    proxied_kind = Kind.OBJECTIVE

    objects: ClassVar[KindManager[Objective]] = KindManager()

    class Meta(Statement.Meta):
        proxy = True
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")


class KeyContent(Statement):
    proxied_kind = Kind.KEY_CONTENT

    objects: ClassVar[KindManager[KeyContent]] = KindManager()

    class Meta(Statement.Meta):
        proxy = True
        verbose_name = _("main point")
        verbose_name_plural = _("main points")

    #: Those to later documents first; given by `whole`.
    links: list[LinkEnd]


def give_links(contents: Iterable[Statement]) -> None:
    """Gives key contents their public links of both directions, in one query."""
    by_key = {content.pk: cast(KeyContent, content) for content in contents}
    for content in by_key.values():
        content.links = []
    ends = Q(later__in=by_key) | Q(earlier__in=by_key)
    links = Link.objects.public().filter(ends).select_related("later", "earlier")
    to_earlier: list[tuple[KeyContent, LinkEnd]] = []
    for link in links:
        if link.earlier_id in by_key:
            by_key[link.earlier_id].links.append(LinkEnd(link, link.later))
        if link.later_id in by_key:
            end = LinkEnd(link, link.earlier)
            to_earlier.append((by_key[link.later_id], end))
    for content, end in to_earlier:
        content.links.append(end)


class ExpectedEffect(Statement):
    proxied_kind = Kind.EXPECTED_EFFECT

    objects: ClassVar[KindManager[ExpectedEffect]] = KindManager()

    class Meta(Statement.Meta):
        proxy = True
        verbose_name = _("expected effect")
        verbose_name_plural = _("expected effects")


class Detail(Statement):
    proxied_kind = Kind.DETAIL

    objects: ClassVar[KindManager[Detail]] = KindManager()

    class Meta(Statement.Meta):
        proxy = True
        verbose_name = _("detail")
        verbose_name_plural = _("details")
