"""The sitemap: an index, and parts of which each costs no more than a page does."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap, x_robots_tag
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from goals.models import Goal
from statements.models import (
    Country,
    Document,
    GlossaryTerm,
    Kind,
    Region,
    Statement,
    StatementQuerySet,
    Theme,
)
from statements.pages.initials import letters_of

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
#: Pages of a part, each with an address in every language.
PAGES_PER_PART = 350


class BilingualSitemap(ABC, Sitemap):
    """A part; every page in both languages, each naming the other."""

    i18n = alternates = True

    def __init__(self, number: int) -> None:
        self.number = number

    @abstractmethod
    def everything(self) -> Any:
        """A QuerySet or another sequence of all that has a page; a part lists some."""

    def parts(self) -> Any:
        """Of nothing there is no part."""
        return Paginator(
            self.everything(), PAGES_PER_PART, allow_empty_first_page=False
        )

    def items(self) -> Any:
        return self.parts().page(self.number).object_list

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
    def everything(self) -> tuple[str, ...]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class GoalSitemap(BilingualSitemap):
    def everything(self) -> StatementQuerySet:
        return Goal.objects.published().in_outline_order()


class GoalCompareSitemap(GoalSitemap):
    def location(self, item: Statement) -> str:
        return reverse("goals:compare", args=[item.code])


class StatementSitemap(BilingualSitemap):
    def everything(self) -> StatementQuerySet:
        """In the order in which they were entered: what is new moves no other part."""
        statements = Statement.objects.published().exclude(kind=Kind.GOAL)
        return statements.only("code", "kind").order_by("pk")


class SourceSitemap(BilingualSitemap):
    def everything(self) -> QuerySet[Document]:
        return Document.objects.public()


class TermSitemap(BilingualSitemap):
    def everything(self) -> list[Region | Country | Theme]:
        return [*Region.objects.all(), *Country.objects.all(), *Theme.objects.all()]


class GlossarySitemap(BilingualSitemap):
    """By letter: those of both languages are pages in both."""

    def everything(self) -> list[str]:
        terms = list(GlossaryTerm.objects.all())
        letters = (letters_of(terms, code) for code, _name in settings.LANGUAGES)
        return [one.slug for one in chain.from_iterable(letters) if one.n_terms]

    def location(self, item: str) -> str:
        return reverse("statements:glossary_letter", args=[item])


class SourceCompareSitemap(SourceSitemap):
    def location(self, item: Document) -> str:
        return reverse("statements:source_compare", args=[item.slug])


class BookletSitemap(SourceSitemap):
    def location(self, item: Document) -> str:
        return reverse("statements:booklet", args=[item.slug])


SITEMAPS: dict[str, Callable[[int], BilingualSitemap]] = {
    "pages": PageSitemap,
    "goals": GoalSitemap,
    "goals-compare": GoalCompareSitemap,
    "statements": StatementSitemap,
    "sources": SourceSitemap,
    "terms": TermSitemap,
    "glossary": GlossarySitemap,
    "sources-compare": SourceCompareSitemap,
    "booklets": BookletSitemap,
}


@x_robots_tag
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The addresses of all parts, which have paths of their own: a copy on a server of
    files knows no query strings, as Django's own index has them.
    """
    parts = [
        reverse("sitemap_part", args=[section, number])
        for section, part in SITEMAPS.items()
        for number in part(1).parts().page_range
    ]
    listed = [{"location": f"{settings.SITE_URL}{path}"} for path in parts]
    return TemplateResponse(
        request,
        "sitemap_index.xml",
        {"sitemaps": listed},
        content_type="application/xml",
    )


def sitemap_part(request: HttpRequest, section: str, number: int) -> HttpResponse:
    parts: dict[str, Any] = {name: part(number) for name, part in SITEMAPS.items()}
    return sitemap(request, parts, section=section)
