"""All that a person may send: every address, with every field of every form there."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

from django.contrib.admin.sites import site
from django.test import Client
from django.urls import reverse

from statements.filters.filterset import StatementFilter
from tests.support.addresses import addresses, filled

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
#: A place for a hostile value in a path.
PLACE = "0place0"
#: Of the readers' pages, files, feeds and of the API, beyond the filters.
QUERY = (
    *StatementFilter.base_filters,
    *("page", "fields", "as_of", "view", "language", "next", "category", "words"),
)
#: Of the lists and forms of the admin, and of the desk's own pages.
OF_STAFF = (
    *("q", "p", "o", "e", "all", "_to_field", "_popup", "_changelist_filters", "next"),
    *("id__exact", "pk__in", "id__in", "id__gte", "pk", "statement__id__exact", "term"),
    *("state__exact", "state__in", "document__id__exact", "regions__id__exact"),
    *("made_at__year", "made_at__month", "made_at__day", "made_at__gte", "start__lt"),
    *("action_time__year", "attempt_time__day", "attempt_time__year", "start__year"),
    *(
        "author__id__exact",
        "is_minor__exact",
        "tentative__exact",
        "translation",
        "whole",
    ),
    *("proposal", "page", "owner", "months", "year", "document", "kind", "later"),
    *(
        "app_label",
        "model_name",
        "field_name",
        "value__gte",
        "snapshot__x",
        "id__regex",
    ),
    *(
        "is_active__exact",
        "groups__id__exact",
        "content_type__id__exact",
        "list_filter",
    ),
)


class Target(NamedTuple):
    """An address with the fields that it takes, and what a browser would send."""

    method: str
    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()


class Forms(HTMLParser):
    """The forms of a page, as a browser would send them."""

    def __init__(self, path: str, markup: str):
        super().__init__()
        self.path, self.targets = path, []
        self.open: tuple[str, str] | None = None
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = (given.get("method", "get").upper(), given.get("action", ""))
            self.fields, self.files = [], []
        elif self.open and tag in ("input", "select", "textarea", "button"):
            name = given.get("name")
            if name and given.get("type") == "file":
                self.files.append(name)
            elif name:
                self.fields.append((name, given.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "form" and self.open:
            method, action = self.open
            path = action.partition("?")[0] or self.path
            if path.startswith("/") and "logout" not in path:
                target = Target(method, path, tuple(self.fields), tuple(self.files))
                self.targets.append(target)
            self.open = None


def walk(client: Client, role: str, rows: dict[str, object]) -> list[Target]:
    """The targets of somebody with this role: each address, each with its forms, and
    once more with a place in its path for every parameter there.
    """
    targets: list[Target] = []
    for name, pattern in addresses():
        if name == "admin:logout":
            continue
        is_of_staff = name.startswith(("admin:", "staff:", "desk:"))
        if is_of_staff == (role == "anonymous") and name != "admin:login":
            continue
        path = filled(name, pattern, rows)
        query = tuple((field, "") for field in (OF_STAFF if is_of_staff else QUERY))
        targets.append(Target("GET", path, query))
        answer = client.get(path)
        if answer.get("Content-Type", "").startswith("text/html"):
            targets += Forms(path, answer.content.decode()).targets
        targets += [
            Target("GET", filled(name, placed, rows), query)
            for placed in with_place(pattern)
        ]
    return list(dict.fromkeys([*targets, *sent_by_scripts(role)]))


def with_place(pattern: str) -> list[str]:
    return [
        pattern[: match.start()] + PLACE + pattern[match.end() :]
        for match in PARAMETER.finditer(pattern)
    ]


def sent_by_scripts(role: str) -> list[Target]:
    """Posts that stand in no form of a page, or only in some states of it."""
    preferences = ("next", "scale", "mode", "language")
    targets = [
        Target("POST", reverse(name), tuple((field, "") for field in preferences))
        for name in ("preferences", "set_language")
    ]
    if role == "anonymous":
        return targets
    actions = ("action", "select_across", "index", "_selected_action", "post", "_save")
    for model in site._registry:
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        fields = tuple((field, "") for field in (*actions, "form-TOTAL_FORMS"))
        targets.append(Target("POST", reverse(f"admin:{label}_changelist"), fields))
    return targets
