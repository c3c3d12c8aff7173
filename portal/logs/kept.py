"""The record of an answer that was kept, which no view and no middleware saw."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from portal.logs.middleware import LONGEST_PATH, access_log, parameter_names
from portal.logs.trace import Trace, request_id
from portal.monitoring.counts import count_kept

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment


class KeptRecord:
    """A request as far as records tell of it: its name, its address, its time."""

    def __init__(self, environ: "WSGIEnvironment") -> None:
        self.environ = environ
        self.trace = Trace(request_id(environ))

    @property
    def id(self) -> str:
        return self.trace.id

    def write(self, status: str) -> None:
        method = self.environ["REQUEST_METHOD"]
        path = self.environ["PATH_INFO"].encode("latin-1").decode(errors="replace")
        code = HTTPStatus(int(status[:3])).value
        milliseconds = self.trace.milliseconds()
        count_kept(method, code, milliseconds / 1000)
        access_log.info(
            "%s %s %s",
            method,
            path[:LONGEST_PATH],
            code,
            extra={
                "request": self,
                "method": method,
                "path": path[:LONGEST_PATH],
                "parameters": parameter_names(self.environ),
                "status": code,
                "duration_ms": milliseconds,
                "queries": 0,
            },
        )
