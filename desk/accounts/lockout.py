"""Limits on guessing, counted in the database, which all workers share.

A try is charged before it is made and given back when it succeeds, so that tries made
side by side cannot pass a limit. Names that nobody has are counted like the others.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.contrib.auth.models import User
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone

from desk.accounts.client_ip import client_ip
from desk.accounts.models import Login
from desk.accounts.security_log import record_event


@dataclass(frozen=True)
class Limit:
    """So many failures are free; each further one doubles the wait, up to the longest.
    Every `forgiven` one failure is forgotten.
    """

    name: str
    free: int
    first: timedelta
    longest: timedelta
    forgiven: timedelta

    def wait_after(self, failures: int) -> timedelta:
        if failures < self.free:
            return timedelta(0)
        doublings = min(failures - self.free, 20)
        return min(self.first * int(2**doublings), self.longest)


SECOND, MINUTE, HOUR = (timedelta(**{u: 1}) for u in ("seconds", "minutes", "hours"))
NAME = Limit("name", 5, MINUTE, HOUR, HOUR)
STEP = Limit("step", 5, MINUTE, HOUR, HOUR)
ADDRESS = Limit("address", 30, MINUTE, 15 * MINUTE, 2 * MINUTE)
EVERYBODY = Limit("all", 300, 10 * SECOND, MINUTE, 10 * SECOND)
#: How long somebody is known at an address they logged in from.
KNOWN_FOR = timedelta(days=30)


class TooManyTriesError(Exception):
    """Tries are refused for `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait

    @property
    def minutes(self) -> int:
        return math.ceil(self.wait / MINUTE)


class FailedTries(models.Model):
    """The count of tries that failed lately, of one name, address or second step."""

    key = models.CharField(max_length=200, unique=True)
    failures = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(default=timezone.now, db_index=True)
    blocked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key

    def count(self, limit: Limit, now: datetime) -> None:
        forgiven = max(0, (now - self.counted_at) // limit.forgiven)
        self.failures = max(0, self.failures - forgiven) + 1
        self.counted_at = now
        wait = limit.wait_after(self.failures)
        self.blocked_until = now + wait if wait else None

    def uncount(self, limit: Limit) -> None:
        self.failures = max(0, self.failures - 1)
        if self.failures < limit.free:
            self.blocked_until = None


@dataclass(frozen=True)
class Charge:
    """A try that is counted as a failure until it succeeds."""

    limits: dict[str, Limit]
    blocks: bool

    @transaction.atomic
    def give_back(self) -> None:
        """Takes the try back, and forgets all failures of that name or second step."""
        for row in locked_rows(self.limits):
            if self.limits[row.key] in (NAME, STEP):
                row.delete()
            else:
                row.uncount(self.limits[row.key])
                row.save()

    @transaction.atomic
    def withdraw(self) -> None:
        """Takes back a try that was not made."""
        for row in locked_rows(self.limits):
            row.uncount(self.limits[row.key])
            row.save()


def charge_login(request: HttpRequest, name: str) -> Charge:
    """Counts a try at a password; TooManyTriesError where it has to wait.

    Who logged in from this address lately is counted apart from strangers who try the
    same name: these lock nobody out at their own desk.
    """
    address = client_ip(request) or ""
    network = network_of(address)
    if is_known_at(name, address):
        return charge({f"{name_key(name)}@{network}": NAME})
    return charge(
        {name_key(name): NAME, f"address:{network}": ADDRESS, "all": EVERYBODY}
    )


def charge_step(user: User) -> Charge:
    """Counts a try at a code of the user, in whatever session."""
    return charge({step_key(user): STEP})


def charge(limits: dict[str, Limit]) -> Charge:
    now = timezone.now()
    rows = FailedTries.objects.filter(key__in=limits)
    refuse_blocked(rows.filter(blocked_until__gt=now), now)
    with transaction.atomic():
        missing = [FailedTries(key=key, counted_at=now) for key in sorted(limits)]
        FailedTries.objects.bulk_create(missing, ignore_conflicts=True)
        counted = locked_rows(limits)
        refuse_blocked(counted, now)
        for row in counted:
            row.count(limits[row.key], now)
            row.save()
    blocking = [row.key for row in counted if row.blocked_until]
    for key in blocking:
        record_event("lock", f"tries are refused for a while: {limits[key].name}")
    return Charge(limits, blocks=bool(blocking))


def locked_rows(limits: dict[str, Limit]) -> list[FailedTries]:
    """The rows, which nobody else changes meanwhile; always in the same order."""
    rows = FailedTries.objects.select_for_update().filter(key__in=limits)
    return list(rows.order_by("key"))


def refuse_blocked(rows: Iterable[FailedTries], now: datetime) -> None:
    waits = [row.blocked_until - now for row in rows if row.blocked_until]
    if waits and max(waits) > timedelta(0):
        raise TooManyTriesError(max(waits))


def is_known_at(name: str, address: str) -> bool:
    if parsed(address) is None:
        return False
    since = timezone.now() - KNOWN_FOR
    known = Login.objects.filter(username=name, ip_address=address)
    return bool(known.filter(attempt_time__gt=since).exists())


def name_key(name: str) -> str:
    """One key for all spellings of a name, and for what is typed instead of one."""
    folded = unicodedata.normalize("NFKC", name).strip().casefold()
    return f"name:{hashlib.sha256(folded.encode()).hexdigest()}"


def step_key(user: User) -> str:
    return f"step:{user.pk}"


def network_of(address: str) -> str:
    """The address; of IPv6 its /64, all of which one subscriber has."""
    known = parsed(address)
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or ip_network((known.packed, 64), strict=False))
    return str(known)


def parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(address)
    except ValueError:
        return None


def failed_tries_of(user: User) -> models.QuerySet[FailedTries]:
    name = name_key(user.username)
    return FailedTries.objects.filter(
        models.Q(key=name)
        | models.Q(key__startswith=f"{name}@")
        | models.Q(key=step_key(user))
    )


def present_locks() -> Callable[[User], bool]:
    """The locks of this moment, read once: says of any user whether they are locked."""
    blocked = FailedTries.objects.filter(blocked_until__gt=timezone.now())
    keys = {key.partition("@")[0] for key in blocked.values_list("key", flat=True)}
    return lambda user: not keys.isdisjoint({name_key(user.username), step_key(user)})


def is_locked(user: User) -> bool:
    """Says whether password or second step of the user are refused for now."""
    return present_locks()(user)


def unlock(user: User) -> None:
    """Forgets all failures of the user."""
    failed_tries_of(user).delete()


def forget_old_tries() -> None:
    """Removes what counts no longer."""
    FailedTries.objects.filter(counted_at__lt=timezone.now() - KNOWN_FOR).delete()
