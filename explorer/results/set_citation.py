"""The citation of a set of statements that somebody picked."""

from urllib.parse import urlencode

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from explorer.results.result_set import ResultSet
from statements.pages.citations import today
from statements.requests import PortalRequest


def set_citation(request: PortalRequest, result_set: ResultSet) -> str:
    """All numbers and the address of the set, in the active language; nothing while
    other filters narrow it.
    """
    if [*result_set.by_facet] != ["code"] or result_set.query:
        return ""
    codes = result_set.given_values("code")
    address = f"{settings.SITE_URL}{request.path}?{urlencode({'code': codes}, True)}"
    return _("%(site)s, %(codes)s. %(address)s (accessed %(today)s).") % {
        "site": settings.SITE_NAME,
        "codes": ", ".join(codes),
        "address": address,
        "today": date_format(today(), "SHORT_DATE_FORMAT"),
    }
