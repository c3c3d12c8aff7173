"""Stores what the portal answers, to hold a change of the code against.

    python scripts/behaviour.py record FOLDER
    python scripts/behaviour.py compare FOLDER

`record` asks a portal with a fixed database, at a fixed time, for every public page in
both languages, every file, feed, calendar and API answer, and every page of the desk
for each role, and writes the SHA-256 of each answer (hashes.json) and the answers
themselves into the folder. `compare` asks again and names every answer that differs,
with its first lines; it exits with 1 if any does. White space between tags, and what
is random by design, does not count.
"""

import difflib
import hashlib
import io
import json
import os
import re
import sys
import tempfile
import zipfile
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from html import unescape
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlencode, urlsplit

PROJECT = Path(__file__).resolve().parent.parent
#: When everything happens.
MOMENT = datetime(2026, 1, 20, 3, 0, tzinfo=UTC)
LANGUAGES = ("ko", "en")
PROCESSES = 2
#: How many lines of a difference are shown.
SHOWN = 12
HEADERS = (
    *("Content-Type", "Location", "Content-Disposition", "Cache-Control", "Vary"),
    *("Link", "X-Robots-Tag", "Content-Security-Policy", "X-Frame-Options"),
)
#: Random by design, each with what stands for it.
RANDOM = (
    (r'name="csrfmiddlewaretoken" value="\w+"', "csrf"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "uuid"),
    (r"\b[A-Z2-7]{4}( [A-Z2-7]{4}){7}\b", "secret"),
    (r"/admin/r/\d+/|(?<=content_type__id__exact=)\d+", "type"),
    (r"/static/([\w./-]+?)\.[0-9a-f]{12}\.(\w+)", r"/static/\1.\2"),
)
#: Of the desk, but different at every visit or no page.
LEFT_OUT = {"admin:logout", "admin:qr_code"}


def main() -> None:
    verb, folder = sys.argv[1], Path(sys.argv[2])
    if os.environ.get("PYTHONHASHSEED") != "0":
        # What happened at one moment comes in the order of a hash.
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable, *sys.argv])
    with tempfile.TemporaryDirectory() as temporary:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATABASE_URL": f"sqlite:///{temporary}/portal.sqlite3",
            "SECRET_KEY": "k" * 50,
            "ALLOWED_HOSTS": "testserver",
            "RATE_LIMITS": "search=0,files=0,api=0",
        }
        sys.path.insert(0, str(PROJECT))
        stop_the_clock()
        answers = ask_everything()
    if verb == "record":
        record(folder, answers)
    elif differing := compare(folder, answers):
        sys.exit(f"{differing} answers differ.")


def stop_the_clock() -> None:
    """Before any model is read, whose defaults hold on to the clock."""
    from django.utils import timezone as clock

    clock.now = lambda: MOMENT
    import django

    django.setup()


def ask_everything() -> dict[str, str]:
    """Every answer by who asks and for what."""
    questions = [(role, path) for role, path in dict.fromkeys(list_questions())]
    parts = [questions[number::PROCESSES] for number in range(PROCESSES)]
    # The connection of this process is no connection of its children.
    from django.db import connections

    connections.close_all()
    answers: dict[str, str] = {}
    with ProcessPoolExecutor(PROCESSES, get_context("fork")) as pool:
        for part in pool.map(ask, parts):
            answers |= part
    return dict(sorted(answers.items()))


def list_questions():
    """(role, path) of everything; makes the database first."""
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    call_command("load_corpus", stdout=io.StringIO())
    made = furnish()
    client = Client()
    paths = [*public_paths(client), *paths_of_statements(made["withdrawn"])]
    yield from (("anonymous", path) for path in paths)
    for role in ROLES:
        yield from ((role, path) for path in desk_paths(made))


#: Users of the database, by name; each has the role of their name.
ROLES = (
    *("anonymous", "nobody", "editor", "translator", "publisher", "administrator"),
    *("auditor", "staff"),
)


def furnish() -> dict:
    """People of every role, and something of every kind on their desks."""
    from django.contrib.auth.models import User

    from desk.models import Proposal
    from tests.support import factories, rows
    from tests.support.furnishing import people, unpublished
    from tests.support.staff import approved, propose, published

    superuser = people()
    User.objects.create_user("nobody", is_staff=True)
    made = unpublished(superuser)
    editor = User.objects.get(username="editor")
    published("G1.C2", text_en="Another English text", title_ko="다른 제목")
    published(
        "2025.T1.1.1", text_ko="다른 본문", editor_note_ko="주", editor_note_en="N"
    )
    published("2025.T2.1.1", state="withdrawn")
    with factories.an_open_gate():
        heading = rows.statement("2025.T2.2")
        withdrawn = factories.statement("task", heading, code="2025.T2.2.90")
        event = rows.statement("2025.T1.1.1").events.model.objects.first()
        rows.save(event, outcome_ko="결과", outcome_en="Outcome",
                  outcome_evidence="https://example.org/")  # fmt: skip
    published(withdrawn.code, state="withdrawn")
    propose("2025.T1.2.1", editor, text_ko="새 본문", text_en="New text")
    propose("2025.T1.2.1", editor, text_en="Another new text")
    propose("2025.T1.2.2", superuser, state="withdrawn")
    approved(propose("2025.T1.3.1", editor, text_en="Approved"))
    return {
        **made,
        "withdrawn": [withdrawn.code, "2025.T2.1.1"],
        "proposals": list(Proposal.objects.order_by("pk").values_list("pk", flat=True)),
    }


def public_paths(client):
    """Pages of the sitemap, then every view that parameters give."""
    from tests.support.crawling import pages_listed, sitemap_parts

    parts = sitemap_parts(client)
    yield from (urlsplit(page).path for page in pages_listed(parts))
    yield from parts
    yield from (
        "/",
        "/sitemap.xml",
        "/robots.txt",
        "/look.css",
        "/preferences/",
        "/nowhere/",
    )
    yield from ("/api/v1/", "/api/v1/docs?language=en", "/api/v1/docs?language=ko")
    yield from ("/api/v1/openapi.json", "/data/catalog.jsonld")
    yield from (f"/data/statements.{e}" for e in ("csv", "xlsx", "json", "nothing"))
    queries = list(queries_of(client))
    for language in LANGUAGES:
        yield f"/api/v1/openapi.json?language={language}"
        yield f"/{language}/nowhere/"
        for output, query in product(OUTPUTS, queries):
            yield f"/{language}/{output}?{query}"
        for view, query in product(VIEWS, queries[::7]):
            yield f"/{language}/{view}{'&' if '?' in view else '?'}{query}"
        yield from (f"/{language}/past/?as_of={day}" for day in DAYS)
        yield from (f"/{language}/changes/?page={page}" for page in (1, 2, 9))
        yield from (f"/{language}/glossary/?q={w}" for w in ("ODA", "외교", "zzz"))
    yield from (f"/api/v1/statements/?{query}" for query in queries)
    yield from (f"/api/v1/{name}/" for name in ("regions", "themes", "countries"))


OUTPUTS = ("statements/", "statements.csv", "statements.json", "statements.atom")
VIEWS = (
    *("statements.xlsx", "statements/embed/", "statements/?view=matrix"),
    *("statements/?view=table", "timeline/", "timeline.ics", "timeline.csv"),
    *("figures/", "figures.csv", "continuity/", "continuity.csv", "matrix.csv"),
    *("regions.csv", "goals.csv", "tasks/", "achievements/", "regions/", "themes/"),
)
DAYS = ("2020-01-01", "2026-01-19", "2026-01-20", "2030-01-01", "nothing")
#: Questions that the choices of the explorer do not ask.
MORE_QUERIES = (
    *("", "page=2", "page=99", "page_size=10", "page_size=0", "sort=date", "sort=code"),
    *("sort=nothing", "region=nothing", "year=nothing", "goal=9", "kind=note"),
    *("q=APEC&sort=code", "q=APEC&region=europe", "kind=task&region=africa&theme=oda"),
    "lang=en&q=%EC%99%B8%EA%B5%90",
)


def queries_of(client):
    """Each choice of each filter, and the questions of the search's gold set."""
    import csv

    page = client.get("/ko/statements/?page_size=10").content.decode()
    inputs = re.findall(r"<input[^>]*>", page)
    for tag in inputs:
        values = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if values.get("type") in ("checkbox", "radio") and values.get("value"):
            yield urlencode({values["name"]: unescape(values["value"])})
    yield from MORE_QUERIES
    gold = next(PROJECT.glob("tests/**/search_gold.csv"))
    with gold.open(encoding="utf-8") as file:
        yield from (urlencode({"q": row["query"]}) for row in csv.DictReader(file))


def paths_of_statements(withdrawn: list[str]):
    """Every address of every statement, drafts and withdrawn ones too."""
    from statements.models import Statement

    codes = list(Statement.objects.order_by("pk").values_list("code", flat=True))
    for number, code in enumerate(codes):
        yield f"/api/v1/statements/{code}/"
        is_whole = code in withdrawn or number % 9 == 0
        for language in LANGUAGES:
            page = f"/{language}/statements/{code}/"
            yield from (page, f"{page}cite.bib", f"{page}cite.json")
            if is_whole:
                yield f"{page}history/"
                yield from (f"{page}?as_of={day}" for day in DAYS)
            if re.fullmatch(r"G\d", code):
                yield f"/{language}/goals/{code[1:]}/"
                yield f"/{language}/goals/{code[1:]}/compare/"


def desk_paths(made: dict):
    """Every address of the configuration, more of what differs from row to row."""
    from statements.models import Revision, Statement
    from tests.support.addresses import addresses, filled

    paths = []
    for name, address in addresses():
        if name in LEFT_OUT:
            continue
        path = filled(name, address, made)
        paths.append(path)
        if name.endswith("_changelist"):
            paths += [f"{path}?{query}" for query in ("q=G1", "_facets=True", "o=-1")]
    paths += [f"/admin/desk/proposal/{pk}/change/" for pk in made["proposals"]]
    paths += [f"/ko/preview/{pk}/" for pk in made["proposals"]]
    kinds = Statement.objects.order_by("kind", "pk").values_list("kind", "pk")
    for pk in dict(kinds).values():
        paths += [
            f"/admin/statements/statement/{pk}/change/",
            f"/admin/translations/{pk}/",
            f"/en/preview/statement/{pk}/",
        ]
    latest = Revision.objects.order_by("-pk").values_list("pk", flat=True)[:8]
    paths += [f"/admin/statements/revision/{pk}/change/" for pk in latest]
    return [path for path in paths if path != "/admin/logout/"]


def ask(questions: list[tuple[str, str]]) -> dict[str, str]:
    from django.contrib.auth.models import User
    from django.test import Client

    from tests.support.staff import signed_in

    clients: dict[tuple[str, str], Client] = {}
    answers = {}
    for role, path in questions:
        is_of_the_desk = path.startswith("/admin/") and role != "anonymous"
        for language in LANGUAGES if is_of_the_desk else LANGUAGES[:1]:
            key = (role, language)
            if key not in clients and role == "anonymous":
                clients[key] = Client()
            elif key not in clients:
                clients[key] = signed_in(User.objects.get(username=role), language)
            client = clients[key]
            if role == "anonymous":
                client.cookies.clear()
            client.raise_request_exception = False
            answer = client.get(path)
            answers[f"{role} {language} {path}"] = written(answer)
    return answers


def written(answer) -> str:
    """Status, headers and body as text, without what does not count."""
    kind = answer.get("Content-Type", "")
    body = b"".join(answer) if answer.streaming else answer.content
    text = spreadsheet(body) if "spreadsheetml" in kind else body.decode("utf-8")
    if kind.startswith("text/html"):
        text = re.sub(r">\s+<", "><", re.sub(r"\s+", " ", text))
        text = text.replace("><", ">\n<")
    heads = [f"{name}: {in_order(answer[name])}" for name in HEADERS if name in answer]
    whole = "\n".join([str(answer.status_code), *heads, "", text])
    for pattern, stands_for in RANDOM:
        whole = re.sub(pattern, stands_for, whole)
    return whole


def in_order(value: str) -> str:
    """A header without the order of its directives, which Python's sets decide."""
    return "; ".join(sorted(value.split("; ")))


def spreadsheet(body: bytes) -> str:
    """The parts of a workbook but for the moment in which it was made."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        parts = [
            f"{name}\n{book.read(name).decode('utf-8', 'replace')}"
            for name in sorted(book.namelist())
            if name != "docProps/core.xml"
        ]
    return "\n".join(parts)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def record(folder: Path, answers: dict[str, str]) -> None:
    (folder / "answers").mkdir(parents=True, exist_ok=True)
    hashes = {question: digest(text) for question, text in answers.items()}
    for question, text in answers.items():
        (folder / "answers" / hashes[question]).write_text(text, "utf-8")
    (folder / "hashes.json").write_text(json.dumps(hashes, indent=0), "utf-8")
    print(f"{len(hashes)} answers, {len(set(hashes.values()))} of them different.")


def compare(folder: Path, answers: dict[str, str]) -> int:
    """Names what differs; how many answers do."""
    known = json.loads((folder / "hashes.json").read_text("utf-8"))
    gone, come = known.keys() - answers.keys(), answers.keys() - known.keys()
    for question in sorted(gone):
        print(f"No longer asked: {question}")
    for question in sorted(come):
        print(f"Not asked before: {question}")
    differing = 0
    for question, text in answers.items():
        if known.get(question, digest(text)) != digest(text):
            differing += 1
            before = (folder / "answers" / known[question]).read_text("utf-8")
            print(f"\nDiffers: {question}")
            lines = difflib.unified_diff(
                before.splitlines(), text.splitlines(), lineterm="", n=0
            )
            print("\n".join(line[:300] for line in list(lines)[2 : 2 + SHOWN]))
    print(f"{len(answers)} answers, {differing} differ.")
    return differing + len(gone) + len(come)


if __name__ == "__main__":
    main()
