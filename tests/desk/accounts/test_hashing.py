"""Passwords are hashed one at a time in a worker, and few wait for it."""

import pytest
from django.contrib.auth.hashers import get_hasher

from desk.accounts.lockout import FailedTries
from desk.accounts.passwords import hashers
from tests.support.logins import log_in, with_password
from tests.support.staff import member

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def test_passwords_of_before_still_fit(settings):
    settings.PASSWORD_HASHERS = ["desk.accounts.passwords.hashers.QueuedHasher"]
    hasher = get_hasher()
    assert hasher.algorithm == "pbkdf2_sha256"
    encoded = hasher.encode("secret", "salt", 10)
    assert encoded.startswith("pbkdf2_sha256$10$salt$")
    assert hasher.verify("secret", encoded)


def test_one_is_hashed_at_a_time(monkeypatch):
    """Whoever hashes holds what another would need to begin, and gives it back."""

    def encode(self, *args, **kwargs):
        assert not hashers.one_at_a_time.acquire(blocking=False)
        return "hashed"

    monkeypatch.setattr(hashers.PBKDF2PasswordHasher, "encode", encode)
    for _ in range(2):
        assert hashers.QueuedHasher().encode("x", "y") == "hashed"
    assert not hashers.one_at_a_time.locked()


def test_who_finds_the_queue_full_is_told_at_once_and_not_counted():
    user = with_password(member("editor"))
    places = [hashers.place_in_the_queue() for _ in range(hashers.AT_LOGIN)]
    for place in places:
        place.__enter__()
    try:
        answer = log_in(user)[1]
    finally:
        for place in places:
            place.__exit__(None, None, None)
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert not FailedTries.objects.filter(failures__gt=0).exists()
    assert log_in(user)[1].status_code == 302


def test_a_place_is_free_again_after_a_failure():
    for _ in range(5):
        with pytest.raises(ZeroDivisionError), hashers.place_in_the_queue():
            1 / 0  # noqa: B018
    with hashers.place_in_the_queue():
        pass
