"""The way of records: all of them to standard error, as JSON."""

from typing import Any


def logging_configuration(level: str) -> dict[str, Any]:
    """Django's LOGGING. Records that the portal's own say better are left out."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "portal.logs.json_lines.JsonLines"}},
        "filters": {"once": {"()": "portal.logs.security.OncePerRequest"}},
        "handlers": {
            "standard_error": {"class": "logging.StreamHandler", "formatter": "json"},
            "suspicious": {"class": "portal.logs.security.SuspiciousEvents"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["standard_error"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": "INFO"},
            # Of answers below 500 the access record says as much.
            "django.request": {"level": "ERROR"},
            "django.security": {"handlers": ["suspicious"], "propagate": False},
            # The server of development has an access log of its own.
            "django.server": {"handlers": ["nowhere"], "propagate": False},
            # It repeats names that were typed, among them passwords in the wrong box.
            "axes": {"handlers": ["nowhere"], "propagate": False},
            "portal.security": {"filters": ["once"]},
        },
    }
