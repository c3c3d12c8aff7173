"""The cache that several processes share, in redis, and what stands in for it."""

import logging
from typing import Any, ClassVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from portal.backends.away import Outage

cache_log = logging.getLogger("portal.cache")
#: Seconds that a page waits for redis, which answers within a thousandth of one.
PATIENCE_WITH_REDIS = 0.25


class SharedCache(RedisCache):
    """Redis; while it is away, the memory of each process, empty at first: no page
    fails for it, and what is counted is counted by each process alone.
    """

    outages: ClassVar[dict[str, Outage]] = {}

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.memory = LocMemCache(f"while away: {server}", {**params, "OPTIONS": {}})
        self.outage = self.outages.setdefault(server, Outage())
        self._options: dict[str, Any] = {
            "socket_connect_timeout": PATIENCE_WITH_REDIS,
            "socket_timeout": PATIENCE_WITH_REDIS,
            # A connection that redis closed meanwhile is opened again.
            "retry": Retry(NoBackoff(), 1),
            **params.get("OPTIONS", {}),
        }

    def ask(self, method: str, *args: Any, **kwargs: Any) -> Any:
        """The answer of redis, or of the memory in its place."""
        if not self.outage.may_ask():
            return getattr(self.memory, method)(*args, **kwargs)
        try:
            answer = getattr(super(), method)(*args, **kwargs)
        except RedisError as error:
            if self.outage.note(is_away=True):
                # What it kept from an earlier time without redis is old.
                self.memory.clear()
                cache_log.warning("The shared cache is away: %s", type(error).__name__)
            return getattr(self.memory, method)(*args, **kwargs)
        except ValueError:
            # It answers: there is no such key to count.
            self.tell_of_return()
            raise
        self.tell_of_return()
        return answer

    def tell_of_return(self) -> None:
        if self.outage.note(is_away=False):
            cache_log.warning("The shared cache is back")

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self.ask("add", *args, **kwargs))

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self.ask("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self.ask("set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self.ask("touch", *args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self.ask("delete", *args, **kwargs))

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        answers: dict[Any, Any] = self.ask("get_many", *args, **kwargs)
        return answers

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self.ask("has_key", *args, **kwargs))

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return int(self.ask("incr", *args, **kwargs))

    def set_many(self, *args: Any, **kwargs: Any) -> list[Any]:
        return list(self.ask("set_many", *args, **kwargs))

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self.ask("delete_many", *args, **kwargs)

    def clear(self) -> None:
        self.ask("clear")
