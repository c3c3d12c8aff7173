"""A reader's wishes for how pages look: kept in cookies, applied by the server."""

from typing import NamedTuple

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from statements.input.own_address import own_address

YEAR_IN_SECONDS = 365 * 24 * 60 * 60


class Preference(NamedTuple):
    """One choice: its cookie's `name`, its label, its values, and the default."""

    name: str
    label: Promise
    choices: dict[str, Promise]
    default: str

    @property
    def cookie(self) -> str:
        return f"{settings.COOKIE_PREFIX}{self.name}"

    def of(self, request: HttpRequest) -> str:
        """The reader's choice; the default for none and for nonsense."""
        value = request.COOKIES.get(self.cookie)
        return value if value in self.choices else self.default


SCALE = Preference(
    "scale",
    _("Text size"),
    {
        "90": _("Small"),
        "100": _("Normal"),
        "110": _("Slightly large"),
        "130": _("Large"),
        "150": _("Largest"),
    },
    default="100",
)
MODE = Preference(
    "mode",
    _("Color mode"),
    {
        "auto": _("Same as device"),
        "light": _("Light"),
        "dark": _("Dark"),
        "contrast": _("High contrast"),
    },
    default="auto",
)


# A forged request changes how a page looks, no more: readers need no token for it.
@csrf_exempt
@require_POST
def choose_preferences(request: HttpRequest) -> HttpResponse:
    """Sets what was sent and leads back to the page that it came from."""
    chosen = {
        preference.name: request.POST[preference.name]
        for preference in (SCALE, MODE)
        if preference.name in request.POST
    }
    for preference in (SCALE, MODE):
        if chosen.get(preference.name, "") not in ("", *preference.choices):
            return HttpResponseBadRequest(_("This choice is not available."))
    address = own_address(request, request.POST.get("next", ""))
    response = HttpResponseRedirect(address or reverse("home"))
    for preference in (SCALE, MODE):
        if preference.name in chosen:
            response.set_cookie(
                preference.cookie,
                chosen[preference.name],
                max_age=YEAR_IN_SECONDS,
                samesite="Lax",
                secure=settings.HTTPS,
                httponly=True,
            )
    return response
