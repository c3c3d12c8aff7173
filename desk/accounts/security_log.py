"""The log of what happens to the doors of the desk, for who watches over them."""

import logging

from django.contrib.auth.models import User

logger = logging.getLogger("portal.security")
#: What somebody tried in vain; of the rest, watching is enough.
REFUSALS_OF_DESK = {"lock", "login-failed", "factor-failed", "proof-failed"}


def record_event(event: str, message: str, user: User | None = None) -> None:
    """Logs an event; never a password, a code, a key or a text of somebody."""
    level = logging.WARNING if event in REFUSALS_OF_DESK else logging.INFO
    user_id = user.pk if user else None
    logger.log(level, message, extra={"event": event, "user_id": user_id})
