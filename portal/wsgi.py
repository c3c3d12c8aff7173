import logging
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django_application = get_wsgi_application()
# Its modules read settings and models, which are there by now.
front = import_string("portal.kept_answers.front.Front")(django_application)
failures = logging.getLogger("portal.server")
LAST_WORDS = "일시적인 오류가 발생했습니다. / Something went wrong.\n".encode()


def application(
    environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    """Answers what Django itself stumbles over, and leaves one record of it.

    The server would write its traceback as it is, with what people wrote in it.
    """
    try:
        parts: Iterable[bytes] = front(environ, start_response)
        return parts
    except Exception:
        failures.exception("No answer")
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        start_response("500 Internal Server Error", headers)
        return [LAST_WORDS]
