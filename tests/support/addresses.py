"""Every address of the URL configuration, with something in the place of its
parameters.
"""

import re
from functools import cache

from django.contrib.admin.models import LogEntry
from django.contrib.admin.sites import site
from django.contrib.auth.models import Group, User
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from desk.accounts.roles import Role
from desk.documents.decide import request_act
from desk.entries.record import proposing_entries
from desk.models import AccountChange, DocumentAct, FailedLogin, Login
from statements.gate import gate
from statements.models import Document, GlossaryTerm, Region, Statement
from tests.support import factories
from tests.support.desk.batches import batch_of, english_of
from tests.support.desk.intake_texts import begun
from tests.support.desk.reports import report_on
from tests.support.documents.drafts import draft_document
from tests.support.rows import save
from tests.support.staff import NOTE, member, propose

#: The pages of the desk that are of a document with drafts.
OF_DRAFTS = re.compile(r"staff:\w*(document|comparison)|desk:preview_(document|page)")


def patterns(resolver: URLResolver, prefix: str = "", names: str = ""):
    """Every address with its name, and its namespace before that."""
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            space = f"{names}{pattern.namespace}:" if pattern.namespace else names
            yield from patterns(pattern, address, space)
        elif isinstance(pattern, URLPattern):
            yield f"{names}{pattern.name}", address


@cache
def addresses() -> list[tuple[str, str]]:
    return list(patterns(get_resolver()))


def made_rows(somebody: User) -> dict[str, object]:
    """Something for every parameter that an address may have."""
    proposal = propose("G1.C1.1", text_en="X")
    batch_of(english_of("G1.C1.2", "G1.C2.1"))
    with proposing_entries(factories.staff_member(), NOTE):
        save(GlossaryTerm.objects.first(), english="X")
    Login.objects.create(username="somebody")
    FailedLogin.objects.create(username="somebody")
    LogEntry.objects.log_actions(somebody.pk, [somebody], 2, single_object=True)
    with gate(somebody, NOTE):
        factories.status_of("G1.C1", somebody)
    AccountChange.objects.create(
        kind="new",
        username="somebody-new",
        old={"email": "", "roles": []},
        new={"email": "new@example.org", "roles": [Role.EDITOR.value]},
        note="A new colleague",
        author=somebody,
        due_at=timezone.now(),
    )
    goals = Document.objects.get(slug="goals")
    document = draft_document(1, somebody, replaces=goals)
    request_act(document, DocumentAct.PUBLISH, factories.staff_member(), NOTE)
    return {
        "proposal": proposal.pk,
        "document": document.slug,
        "statement": Statement.objects.get(code="G1.C1").pk,
        "user": member("editor").pk,
        "group": Group.objects.first().pk,
        "report": report_on("G1.C1").number,
        "intake": begun(member("administrator")).pk,
    }


def filled(name: str, address: str, rows: dict) -> str:
    """The address with something in the place of each parameter."""
    values = {
        "object_id": row_of(name, rows),
        "id": rows["user"],
        "pk": rows["proposal" if name == "desk:preview" else "statement"],
        "intake": rows["intake"],
        "number": rows["report"] if name == "desk:report" else 1,
        "code": "G1.C1",
        "slug": rows["document"] if OF_DRAFTS.match(name) else "goals",
        "ending": "csv",
        "kind": "region",
        "letter": "n",
        "section": "statements",
        "entry_id": Region.objects.first().pk,
        "app_label": "statements",
        "content_type_id": 0,
        "path": "tasks/" if name == "desk:preview_page" else "nothing",
        "url": "nowhere/",
    }
    address = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda m: str(values[m[1]]), address)
    address = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(values[m[1]]), address)
    address = address.replace("^", "").replace("$", "").replace("\\Z", "")
    return "/" + address.replace("\\.", ".").replace("/?", "/")


def row_of(name: str, rows: dict) -> int:
    """The key of a row of the model that the admin's name tells."""
    model = next(
        (
            m
            for m in site_models()
            if f"{m._meta.label_lower}".replace(".", "_") in name
        ),
        GlossaryTerm,
    )
    for key in ("user", "group"):
        if f"auth_{key}_" in name:
            return rows[key]
    return getattr(model._default_manager.first(), "pk", 0)


def site_models():
    return sorted(site._registry, key=lambda m: -len(m._meta.label_lower))
