"""The rules of MDN's HTTP Observatory, version 5, applied to an answer.

Its scanner begins with 100 points, takes some away for what is missing, and adds some
for what is better than it need be. These are its points by the names of its tests.
"""

import re
from email.message import Message
from typing import NamedTuple

START = 100
PRIVATE_REFERRERS = (
    *("no-referrer", "same-origin", "strict-origin"),
    "strict-origin-when-cross-origin",
)
UNSAFE = ("'unsafe-inline'", "'unsafe-eval'", "data:", "*", "http:", "https:")
SIX_MONTHS = 15_768_000


class Answer(NamedTuple):
    status: int
    headers: Message
    body: str

    def header(self, name: str) -> str:
        return self.headers.get(name, "")

    @property
    def cookies(self) -> list[str]:
        return self.headers.get_all("Set-Cookie", [])


def score(answer: Answer, over_http: Answer, host: str) -> dict[str, int]:
    """The points of each test; `over_http` is the answer to the same without HTTPS."""
    policy = directives(answer.header("Content-Security-Policy"))
    referrer = answer.header("Referrer-Policy")
    is_typed = answer.header("X-Content-Type-Options") == "nosniff"
    sites = answer.header("Cross-Origin-Resource-Policy")
    return {
        "start": START,
        "content-security-policy": of_policy(policy),
        "cookies": of_cookies(answer.cookies),
        "cross-origin-resource-sharing": of_sharing(answer),
        "redirection": of_redirection(over_http, host),
        "referrer-policy": 5 if referrer in PRIVATE_REFERRERS else 0,
        "strict-transport-security": of_transport(answer),
        "subresource-integrity": of_scripts(answer),
        "x-content-type-options": 0 if is_typed else -5,
        "x-frame-options": of_framing(answer, policy),
        "cross-origin-resource-policy": 10 if sites.startswith("same-") else 0,
    }


def directives(policy: str) -> dict[str, list[str]]:
    parts = (part.split() for part in policy.split(";") if part.strip())
    return {name: sources for name, *sources in parts}


def of_policy(policy: dict[str, list[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", ["*"])
    kinds = ("script-src", "object-src", "style-src")
    checked = (policy.get(kind, default) for kind in kinds)
    if any(source in UNSAFE for sources in checked for source in sources):
        return -20
    return 10 if default == ["'none'"] else 5


def of_cookies(cookies: list[str]) -> int:
    if not cookies:
        return 0
    if any("secure" not in cookie.lower() for cookie in cookies):
        return -20
    is_session = re.compile(r"^[^=]*(login|sess)", re.IGNORECASE)
    if any(is_session.match(c) and "httponly" not in c.lower() for c in cookies):
        return -30
    return 5 if all("samesite=" in cookie.lower() for cookie in cookies) else 0


def of_sharing(answer: Answer) -> int:
    """Everybody may read it; with a reader's cookies nobody may."""
    return -50 if answer.header("Access-Control-Allow-Credentials") else 0


def of_redirection(over_http: Answer, host: str) -> int:
    is_redirect = over_http.status in (301, 302, 307, 308)
    to_https = over_http.header("Location").startswith(f"https://{host}/")
    return 0 if is_redirect and to_https else -20


def of_transport(answer: Answer) -> int:
    age = re.search(r"max-age=(\d+)", answer.header("Strict-Transport-Security"))
    if not age:
        return -20
    return 0 if int(age[1]) >= SIX_MONTHS else -10


def of_scripts(answer: Answer) -> int:
    """Scripts of the portal's own need no hash."""
    sources = re.findall(r'<script[^>]* src="([^"]+)"', answer.body)
    return 0 if all(re.match(r"/[^/]", source) for source in sources) else -50


def of_framing(answer: Answer, policy: dict[str, list[str]]) -> int:
    if policy.get("frame-ancestors"):
        return 5
    is_told = answer.header("X-Frame-Options").lower() in ("deny", "sameorigin")
    return 0 if is_told else -20
