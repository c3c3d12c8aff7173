"""An admin whose saves are tried first, then taken back and kept as proposals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Generic, TypeVar, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from desk.proposals.messages import Told
from statements.admin.base import GatedAdmin, PublicModel
from statements.gate import Note
from statements.write_lock import write_lock

#: What comes of a trial: false where nothing was to be changed.
Outcome = TypeVar("Outcome")


class SaveRequest(HttpRequest):
    """For annotations: a request that saves is tried first, then taken back and kept as
    proposals; `is_saved` once the admin has found nothing wrong with what was sent.
    """

    is_trying: bool
    is_saved: bool


class TrialAdmin(GatedAdmin[PublicModel], Generic[PublicModel, Outcome]):
    """Proposes what Django saves, in a `trial`, and tells of that alone."""

    def trial(
        self, request: HttpRequest, note: Note
    ) -> AbstractContextManager[Outcome]:
        """Takes back what is saved inside, and makes proposals of it."""
        raise NotImplementedError

    def keep(self, request: HttpRequest, proposed: Outcome, note: Note) -> None:
        """Writes what belongs to the proposals, in one transaction with them."""
        raise NotImplementedError

    def told(self, proposed: Outcome) -> Iterator[Told]:
        raise NotImplementedError

    @contextmanager
    def change(self, request: HttpRequest, note: Note) -> Iterator[None]:
        """Proposes what is saved inside, and tells its author so."""
        attempt = cast(SaveRequest, request)
        attempt.is_trying, attempt.is_saved = True, False
        with write_lock():
            with self.trial(request, note) as proposed:
                yield
            attempt.is_trying = False
            self.keep(request, proposed, note)
        if attempt.is_saved or proposed:
            for text, level in self.told(proposed):
                self.message_user(request, text, level)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            return self.refuse(request, error)

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as error:
            return self.refuse(request, error)

    def refuse(self, request: HttpRequest, error: ValidationError) -> HttpResponse:
        """Says what is wrong, on the page that it was sent from; on the plain form
        where no form could be made of a proposal to go on from.
        """
        cast(SaveRequest, request).is_trying = False
        self.message_user(request, " ".join(error.messages), messages.ERROR)
        is_sent = request.method == "POST"
        return HttpResponseRedirect(
            request.get_full_path() if is_sent else request.path
        )

    def message_user(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keeps still while Django tells of a save that is only tried."""
        if not getattr(request, "is_trying", False):
            super().message_user(request, *args, **kwargs)

    def response_add(
        self,
        request: HttpRequest,
        obj: PublicModel,
        post_url_continue: str | None = None,
    ) -> HttpResponse:
        cast(SaveRequest, request).is_saved = True
        return self.response_post_save_add(request, obj)

    def response_change(self, request: HttpRequest, obj: PublicModel) -> HttpResponse:
        cast(SaveRequest, request).is_saved = True
        return super().response_change(request, obj)

    def response_delete(
        self, request: HttpRequest, obj_display: str, obj_id: int
    ) -> HttpResponse:
        cast(SaveRequest, request).is_saved = True
        return super().response_delete(request, obj_display, obj_id)
