"""What happens to the doors of the desk, for who watches over them."""

import logging

from django.contrib.auth.models import User

logger = logging.getLogger("portal.security")


def record_event(event: str, message: str, user: User | None = None) -> None:
    """Logs an event; never a password, a code, a key or a text of somebody."""
    logger.warning(message, extra={"event": event, "user": user.pk if user else None})
