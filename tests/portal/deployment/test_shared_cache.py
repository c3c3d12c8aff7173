"""CACHE_URL names a real redis, which is there, goes away and comes back."""

from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.test import override_settings

from explorer.rate_limits import count
from portal import environment
from portal.backends import away
from tests.support.deployment.logs import recorded
from tests.support.deployment.redis_server import redis_server
from tests.support.serving import free_port

pytestmark = pytest.mark.any_engine


@pytest.fixture
def port(monkeypatch) -> int:
    """Where redis will listen, and where the settings look for it."""
    port = free_port()
    monkeypatch.setenv("CACHE_URL", f"redis://127.0.0.1:{port}/0")
    # Asked again at once, since no test waits.
    monkeypatch.setattr(away, "AWAY", 0)
    with override_settings(CACHES=environment.caches()):
        yield port


def news(lines) -> list[str]:
    return [r["message"] for r in lines.records if r["logger"] == "portal.cache"]


def test_processes_share_what_is_kept_and_counted(port):
    with redis_server(port), recorded() as lines:
        caches["default"].set("a", {"b": [1]}, timeout=None)
        assert caches["default"].get("a") == {"b": [1]}
        assert [count("address"), count("address")] == [1, 2]
        # The two caches are one redis, and know each other's keys from their own.
        assert caches["limits"].get("a") is None
        keys = sorted(caches["default"]._cache.get_client().keys())
        assert keys == [b"portal-limits:1:address", b"portal:1:a"]
        with pytest.raises(ValueError):
            caches["limits"].incr("nobody")
        assert news(lines) == []


@pytest.mark.django_db
def test_pages_and_limits_go_on_while_redis_is_away(
    port, client, settings, monkeypatch
):
    # All of it in one minute of the counter, however slow the machine is.
    minute = SimpleNamespace(time=lambda: 1_800_000_000.0)
    monkeypatch.setattr("explorer.rate_limits.time", minute)
    settings.RATE_LIMITS = {"search": 0, "files": 3, "api": 0}
    path = "/en/statements.csv"
    with recorded() as lines:
        with redis_server(port):
            caches["default"].set("a", 1)
            assert client.get(path).status_code == 200
        # It was killed: an empty cache, and counts of this process alone.
        assert caches["default"].get("a") is None
        statuses = [client.get(path).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        assert client.get("/en/statements/?q=APEC").status_code == 200
        assert len(news(lines)) == 1 and "away" in news(lines)[0]
        with redis_server(port):
            assert client.get(path).status_code == 200
            caches["default"].set_many({"a": 1, "b": 2})
            assert caches["default"].get_many(["a", "b"]) == {"a": 1, "b": 2}
        # Gone once more: what this process had counted before is forgotten.
        assert client.get(path).status_code == 200
        assert [text.rpartition(" ")[2] for text in news(lines)[1:2]] == ["back"]
    assert all(r["level"] != "ERROR" for r in lines.records)


@pytest.mark.parametrize(
    ("method", "args", "answer"),
    [
        *(("add", ("k", 1), True), ("touch", ("k",), False), ("delete", ("k",), False)),
        *(("has_key", ("k",), False), ("delete_many", (["k"],), None)),
        *(("clear", (), None), ("set_many", ({"k": 1},), [])),
    ],
)
def test_without_redis_the_cache_is_an_empty_one(port, method, args, answer):
    caches["default"].get("k")
    caches["default"].memory.clear()
    assert getattr(caches["default"], method)(*args) == answer


def test_whoever_waits_for_redis_is_one_at_a_time(monkeypatch):
    """While it is away it is asked now and then; all others go on at once."""
    outage = away.Outage()
    monkeypatch.setattr(away, "AWAY", 3600)
    assert outage.may_ask() and outage.may_ask()
    assert outage.note(is_away=True) and not outage.note(is_away=True)
    assert not outage.may_ask()
    monkeypatch.setattr(outage, "asked_again", 0)
    assert outage.may_ask() and not outage.may_ask()
    assert outage.note(is_away=False) and outage.may_ask()
