"""The values of the environment, read for the settings: each value also from a file."""

import sys
from pathlib import Path
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from environs import FileAwareEnv

#: A secret given as NAME_FILE is in no list of processes and no dump of a container.
env = FileAwareEnv(strip_whitespace=True)

#: Where `make run` serves.
OWN_MACHINE = "127.0.0.1:8000"
#: Programs that may take their time: they migrate, load and publish; nobody waits.
COMMANDS = ("manage.py", "prepare.py")
#: Seconds that the database may take, by what it does: for pages, and for commands.
#: None of them ends where it is 0.
TIME_LIMITS = {
    "CONNECT": (5, 30),
    "STATEMENT": (30, 3600),
    "LOCK": (20, 300),
    "IDLE": (60, 3600),
}


def in_both_languages(name: str, default: str | Promise = "") -> str | Promise:
    """The value of NAME_KO or NAME_EN, by the language active when it is read."""
    values = {code: env.str(f"{name}_{code.upper()}", "") for code in ("ko", "en")}
    if not any(values.values()):
        return default
    return lazy(lambda: values[get_language() or "ko"], str)()


def site_url(https: bool, official_host: str) -> str:
    """Scheme and host that every address begins with which leaves the portal.

    What a request calls the portal never gets into a file, a feed or a citation.
    """
    hosts: list[str] = env.list("ALLOWED_HOSTS", [])
    named = [host for host in hosts if host[:1] not in ".*"]
    host = official_host or (named[0] if named else OWN_MACHINE)
    default = f"{'https' if https else 'http'}://{host}"
    return env.str("SITE_URL", "").rstrip("/") or default


def time_limit(name: str) -> int:
    """Seconds of a limit of the database; commands have their own variables."""
    is_command = Path(sys.argv[0]).name in COMMANDS
    prefix = "COMMAND" if is_command else "DATABASE"
    return env.int(f"{prefix}_{name}_TIMEOUT", TIME_LIMITS[name][is_command])


def database_options(engine: str) -> dict[str, Any]:
    """The options by which no statement, lock or lost connection holds a worker."""
    if engine.endswith("sqlite3"):
        return {
            # Writers wait for each other, not failing halfway; readers never wait.
            "transaction_mode": "IMMEDIATE",
            "timeout": time_limit("LOCK"),
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    limits = {
        "statement_timeout": time_limit("STATEMENT"),
        "lock_timeout": time_limit("LOCK"),
        "idle_in_transaction_session_timeout": time_limit("IDLE"),
    }
    return {
        "connect_timeout": time_limit("CONNECT"),
        # A server that is gone without a word is given up as a statement would be.
        "tcp_user_timeout": time_limit("STATEMENT") * 1000,
        "options": " ".join(f"-c {name}={limit}s" for name, limit in limits.items()),
    }


def databases(base_dir: Path) -> dict[str, dict[str, Any]]:
    """The database by DATABASE_URL; without one, a file of SQLite in var/. And a
    replica of it by DATABASE_REPLICA_URL, where there is one.
    """
    default: dict[str, Any] = env.dj_db_url(
        "DATABASE_URL",
        f"sqlite:///{base_dir / 'var' / 'portal.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
    found = {"default": default}
    if env.str("DATABASE_REPLICA_URL", ""):
        found["replica"] = env.dj_db_url(
            "DATABASE_REPLICA_URL", conn_max_age=600, conn_health_checks=True
        )
        # Tests have one database, by both names.
        found["replica"]["TEST"] = {"MIRROR": "default"}
    for one in found.values():
        # What the address itself says goes before.
        one["OPTIONS"] = database_options(one["ENGINE"]) | one.get("OPTIONS", {})
    return found


def caches() -> dict[str, dict[str, Any]]:
    """The cache by CACHE_URL, and that of the counts of requests; without one, both are
    in the memory of each process.
    """
    default: dict[str, Any] = env.dj_cache_url("CACHE_URL", "locmem://")
    if default["BACKEND"].endswith("RedisCache"):
        # One that pages do not fail for, among others' keys.
        default |= {
            "BACKEND": "portal.backends.shared_cache.SharedCache",
            "KEY_PREFIX": "portal",
        }
    limits = {**default, "KEY_PREFIX": "portal-limits"}
    if default["BACKEND"].endswith("LocMemCache"):
        # Of their own, so that a flood of addresses drops nothing else.
        limits |= {"LOCATION": "limits", "OPTIONS": {"MAX_ENTRIES": 20_000}}
    return {"default": default, "limits": limits}
