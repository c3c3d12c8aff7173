from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.preferences import MODE, SCALE


def site(request: HttpRequest) -> dict[str, Any]:
    """The values that every page's frame shows."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "is_official": request.get_host() == settings.OFFICIAL_HOST,
        "institution": settings.INSTITUTION,
        "preferences": (SCALE, MODE),
    }
