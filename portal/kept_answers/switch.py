"""The switch of a reader from one language to the other."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

#: The beginnings of addresses of pages.
LANGUAGES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)


def is_switch(meta: Mapping[str, Any]) -> bool:
    """True of a request for a page that comes from one of ours in another language."""
    came: str = meta.get("HTTP_REFERER", "")
    own = meta.get("PATH_INFO", "")[:4]
    host = meta.get("HTTP_HOST") or meta.get("SERVER_NAME", "")
    return any(f"://{host}{other}" in came for other in LANGUAGES if other != own)
