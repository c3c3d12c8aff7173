"""The goals document's statements, under the names that the domain gives them."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from statements.models import Kind, KindManager, Link, Statement, StatementQuerySet
from statements.pages.stages import LinkEnd


class GoalQuerySet(StatementQuerySet):
    def whole(self) -> list[Goal]:
        """These goals with all that stands under them, in a fixed number of queries."""
        goals = self.published().values("pk")
        links = Link.objects.public()
        earlier = Prefetch("links_to_earlier", links.select_related("earlier"))
        later = Prefetch("links_to_later", links.select_related("later"))
        whole = (
            Statement.objects.published()
            .filter(Q(pk__in=goals) | Q(root__in=goals))
            .select_related("document")
            .with_tags()
            .prefetch_related("paragraphs", earlier, later)
            .as_trees(Goal, Objective, KeyContent, ExpectedEffect, Detail)
        )
        return cast(list[Goal], whole)


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
        verbose_name = _("key content")
        verbose_name_plural = _("key contents")

    @property
    def links(self) -> list[LinkEnd]:
        """Those of later documents first."""
        later = [LinkEnd(link, link.later) for link in self.links_to_later.all()]
        earlier = self.links_to_earlier.all()
        return later + [LinkEnd(link, link.earlier) for link in earlier]


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
