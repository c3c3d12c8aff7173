from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from goals.models import Goal
from statements.models import (
    Country,
    Document,
    Kind,
    Region,
    Statement,
    StatementQuerySet,
    Theme,
)

PAGES = (
    "home",
    "goals:list",
    "achievements:achievements",
    "achievements:tasks",
    "explorer:list",
    "explorer:continuity",
    "explorer:unlinked",
    "explorer:timeline",
    "explorer:passed_dates",
    "explorer:figures",
    "explorer:topics",
    "explorer:quotes",
    "explorer:words",
    "explorer:data",
    "statements:sources",
    "statements:glossary",
    "statements:changes",
    "statements:past",
    "statements:two_statements",
    "plain-language",
    "about",
    "accessibility",
    "privacy",
    "copyright",
)


class BilingualSitemap(Sitemap):
    """Every page in both languages, each naming the other."""

    i18n = alternates = True

    def get_urls(
        self, page: int | str = 1, site: Any = None, protocol: Any = None
    ) -> list[dict[str, Any]]:
        """As its page has it, x-default is the first language; Django's own has no
        language in it, which is another address.
        """
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            first, *_others = url["alternates"]
            url["alternates"].append({**first, "lang_code": "x-default"})
        return urls

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class PageSitemap(BilingualSitemap):
    def items(self) -> tuple[str, ...]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class GoalSitemap(BilingualSitemap):
    def items(self) -> StatementQuerySet:
        return Goal.objects.published().in_outline_order()


class GoalCompareSitemap(GoalSitemap):
    def location(self, item: Statement) -> str:
        return reverse("goals:compare", args=[item.code])


class StatementSitemap(BilingualSitemap):
    def items(self) -> StatementQuerySet:
        statements = Statement.objects.published().in_outline_order()
        return statements.exclude(kind=Kind.GOAL)


class SourceSitemap(BilingualSitemap):
    def items(self) -> QuerySet[Document]:
        return Document.objects.public()


class TermSitemap(BilingualSitemap):
    def items(self) -> list[Region | Country | Theme]:
        return [*Region.objects.all(), *Country.objects.all(), *Theme.objects.all()]


class SourceCompareSitemap(SourceSitemap):
    def location(self, item: Document) -> str:
        return reverse("statements:source_compare", args=[item.slug])


class BookletSitemap(SourceSitemap):
    def location(self, item: Document) -> str:
        return reverse("statements:booklet", args=[item.slug])


SITEMAPS = {
    "pages": PageSitemap,
    "goals": GoalSitemap,
    "goals-compare": GoalCompareSitemap,
    "statements": StatementSitemap,
    "sources": SourceSitemap,
    "terms": TermSitemap,
    "sources-compare": SourceCompareSitemap,
    "booklets": BookletSitemap,
}
