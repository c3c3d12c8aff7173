"""A form that arrived without a valid session, kept in the page that asks for the login
again, and carried on from there.

It is signed for one address and for the account whose page it was filled in on: nobody
else’s login carries it on, and no other site can make one.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from desk.sessions.form_owners import TOKEN_FIELD, form_owner

FIELD, SALT = "kept_post", "desk.kept_post"
#: Names of fields whose values are never kept: what proves who somebody is.
SECRET = "password"


@dataclass(frozen=True)
class KeptPost:
    """A form that was sent, by whom, and where to."""

    owner: int
    path: str
    fields: list[list[str]]
    #: Names of fields that had files, which browsers do not send twice by themselves.
    file_fields: list[str]

    def signed(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    def restore(self, request: HttpRequest) -> None:
        """Makes the request what it would have been with a session."""
        request.POST = self.as_query()  # type: ignore[assignment]
        chosen = {
            name: request.FILES.getlist(name)
            for name in self.file_fields
            if name in request.FILES
        }
        files: Any = request
        files._files = MultiValueDict(chosen)

    def as_query(self) -> QueryDict:
        query = QueryDict(mutable=True)
        for name, value in self.fields:
            query.appendlist(name, value)
        query._mutable = False
        return query


def fields_of(request: HttpRequest) -> list[list[str]]:
    """Names and values in their order, but for what is secret."""
    return [
        [name, value]
        for name, values in request.POST.lists()
        for value in values
        if name != TOKEN_FIELD and SECRET not in name
    ]


def keep_post(request: HttpRequest) -> KeptPost | None:
    """The form that the request carries, new or kept before; None where nothing shows
    that the person’s own page sent it.
    """
    if FIELD in request.POST:
        return kept_before(request)
    owner = form_owner(request)
    if owner is None:
        return None
    files = list(request.FILES)
    return KeptPost(owner, request.get_full_path(), fields_of(request), files)


def kept_before(request: HttpRequest) -> KeptPost | None:
    age = settings.SESSION_LIFETIME
    try:
        kept = KeptPost(**signing.loads(request.POST[FIELD], salt=SALT, max_age=age))
    except signing.BadSignature:
        return None
    return kept if kept.path == request.get_full_path() else None
