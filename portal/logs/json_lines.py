"""Log records as JSON, one a line."""

import json
import logging
from datetime import UTC, datetime

from portal.logs.trace import CURRENT
from portal.logs.tracebacks import traceback_text

#: What a record may say beyond its message, each given as `extra`. Nothing else is
#: written: no form, no header, no text of a person.
FIELDS = (
    *("event", "user_id", "account_id", "address", "host", "reason", "command"),
    *("method", "path", "parameters", "status", "duration_ms", "queries"),
    "statement",
)


class JsonLines(logging.Formatter):
    """Writes a record with its time, its request, and the fields that are known."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := request_id_of(record):
            line["request_id"] = request_id
        line |= {
            name: getattr(record, name)
            for name in FIELDS
            if getattr(record, name, None) is not None
        }
        if record.exc_info and record.exc_info[1]:
            line["exception"] = traceback_text(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True, default=str)


def request_id_of(record: logging.LogRecord) -> str:
    """The request that a record was made for, by the record or by the thread."""
    by_record = getattr(getattr(record, "request", None), "id", "")
    trace = CURRENT.get()
    return by_record or (trace.id if trace else "")


class NotTwice(logging.Filter):
    """Leaves out the server's word of what the portal has recorded already, which would
    repeat the message of the exception.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        return not record.getMessage().startswith("Application callable raised")
