"""The store of sessions, and how long: Django’s engine with a table of our own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

if TYPE_CHECKING:
    from desk.sessions.models import StaffSession

#: What a session knows of itself, written when the password is given.
ADDRESS_KEY, DEVICE_KEY, BEGUN_KEY = "address", "device", "begun"


class SessionStore(DatabaseStore):
    """Sessions that end after hours without a page, and after half a day anyway."""

    @classmethod
    def get_model_class(cls) -> type[StaffSession]:
        from desk.sessions.models import StaffSession

        return StaffSession

    def create_model_instance(self, data: dict[str, Any]) -> StaffSession:
        row: Any = super().create_model_instance(data)
        row.user_id = data.get(USER_KEY)
        row.address = data.get(ADDRESS_KEY, "")
        row.device = data.get(DEVICE_KEY, "")
        row.begun_at = self.begun_at
        made: StaffSession = row
        return made

    @property
    def begun_at(self) -> datetime | None:
        begun = self.get(BEGUN_KEY)
        return datetime.fromisoformat(begun) if begun else None

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """No later than half a day after the password, however busy the session is."""
        expiry: datetime = super().get_expiry_date(**kwargs)
        if self.begun_at is None:
            return expiry
        return min(expiry, self.begun_at + settings.SESSION_LIFETIME)

    def get_expiry_age(self, **kwargs: Any) -> int:
        left = self.get_expiry_date() - kwargs.get("modification", timezone.now())
        return max(0, int(left / timedelta(seconds=1)))
