"""Requests made of a target and hostile values, and what is wrong with the answers."""

import gzip
import json
import traceback
from http.cookies import SimpleCookie
from random import Random
from re import fullmatch
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.support.hostile.headers import BODIES, FORMS, headers
from tests.support.hostile.surface import PLACE, Target
from tests.support.hostile.values import value

#: Bytes that no encoding of ours has, as an address may have them.
BROKEN = (
    "%",
    "%f",
    "%zz",
    "%ff%fe",
    "%ed%a0%80",
    "%c0%80",
    "%00",
    "%80",
    "%u0041",
    "+%",
)
SEED_OF_FILES = (
    b"",
    b"PK\x03\x04",
    b"code,kind,seen\nG1,goal,1",
    b"<xliff/>",
    b"\xff\xfe\x00",
)


FILE_NAMES = (
    "a.csv",
    "a.xlsx",
    "a.xlf",
    "\u202egpj.csv",
    "a" * 300 + ".xlsx",
    "\x07.xlf",
)


XML = r"(application|text)/([\w.-]+\+)?xml\b.*"


class Attack(NamedTuple):
    """One request, ready to be sent."""

    method: str
    path: str
    query: str
    body: bytes
    content_type: str
    headers: dict[str, str]


def attack_on(target: Target, random: Random) -> Attack:
    """A request with hostile values for some of the fields, in the path, or beside."""
    path = target.path.replace(PLACE, placed(random))
    fields = spoilt(target.fields, random) if target.fields else []
    extra = headers(random) if random.random() < 0.2 else {}
    if target.method == "GET":
        query = urlencode(fields, errors="replace")
        if random.random() < 0.15:
            query += f"&{random.choice(['q', 'page', ''])}={random.choice(BROKEN)}"
        return Attack("GET", path, query, b"", "", extra)
    if random.random() < 0.05:
        body, form = random.choice(BODIES), random.choice(FORMS)
        return Attack("POST", path, "", body, form.encode().decode("latin-1"), extra)
    data: dict[str, Any] = {}
    for name, text in fields:
        data.setdefault(name, []).append(text)
    for name in target.files:
        content = random.choice(SEED_OF_FILES)
        data[name] = SimpleUploadedFile(random.choice(FILE_NAMES), content)
    body = encode_multipart(BOUNDARY, data)
    return Attack("POST", path, "", body, MULTIPART_CONTENT, extra)


def placed(random: Random) -> str:
    if random.random() < 0.2:
        return random.choice(BROKEN)
    return quote(value(random)[:3000], safe=random.choice(("", "/", ":@")))


def spoilt(
    fields: tuple[tuple[str, str], ...], random: Random
) -> list[tuple[str, str]]:
    """Most fields as they were, one to three with something hostile in them, now and
    then one of them very often.
    """
    chosen = dict(random.sample(list(enumerate(fields)), min(len(fields), 3)))
    chosen = dict([*chosen.items()][: random.randint(1, 3)])
    kept = [field for at, field in enumerate(fields) if at not in chosen and field[1]]
    hostile = [(name, value(random)) for name, _ in chosen.values()]
    if random.random() < 0.03:
        hostile *= random.choice((2, 40, 400, 1001))
    if random.random() < 0.05:
        hostile.append((value(random)[:200], value(random)))
    return [*kept, *hostile]


def send(client: Client, attack: Attack) -> list[str]:
    """Sends it, and takes back what it did; says what is wrong with the answer."""
    kept = client.cookies
    client.cookies = SimpleCookie({name: one.value for name, one in kept.items()})
    try:
        with transaction.atomic():
            answer = client.generic(
                attack.method,
                attack.path,
                attack.body,
                attack.content_type,
                QUERY_STRING=attack.query,
                **attack.headers,
            )
            problems = problems_of(answer)
            transaction.set_rollback(True)
    finally:
        client.cookies = kept
    return [f"{problem}: {told(attack)}" for problem in problems]


def problems_of(answer) -> list[str]:
    """An error of the server, or a document that no program can read."""
    if answer.status_code >= 500:
        return [f"{answer.status_code} {last_words(answer)}"]
    kind = answer.get("Content-Type", "")
    if leads_away(answer.get("Location", "")):
        return [f"{answer.status_code} leads to {answer['Location'][:100]!r}"]
    try:
        content = b"".join(answer) if answer.streaming else answer.content
        if answer.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        if "json" in kind:
            json.loads(content, parse_constant=refuse_constant)
        if fullmatch(XML, kind) and content:
            ElementTree.fromstring(content)
    except Exception as error:  # Whatever it is, it is told with the request.
        return [f"{answer.status_code} {kind} {type(error).__name__} {error}"[:300]]
    return []


def leads_away(address: str) -> bool:
    """A browser takes a backslash for a slash, and leaves out white space."""
    read = address.replace("\\", "/").translate(dict.fromkeys(map(ord, "\t\r\n")))
    try:
        parts = urlsplit(read.strip())
    except ValueError:
        return True
    return parts.scheme not in ("", "http") or parts.netloc not in ("", "testserver")


def refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def last_words(answer) -> str:
    """The error behind an answer, and the line of ours where it came up."""
    if not getattr(answer, "exc_info", None):
        return answer.content[:80].decode(errors="replace")
    _, error, trace = answer.exc_info
    frames = traceback.extract_tb(trace)
    ours = [f"{frame.filename[-40:]}:{frame.lineno}" for frame in frames][-2:]
    return f"{type(error).__name__} {str(error)[:100]} {ours}"


def told(attack: Attack) -> str:
    return ascii(attack)[:600]
