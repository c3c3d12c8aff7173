"""What staff do in the admin, and what it refuses."""

import re

import pytest
from django.contrib.admin.sites import site
from django.contrib.messages import get_messages
from django.urls import reverse

from desk.models import Proposal
from statements.models import (
    DataVersion,
    Event,
    Link,
    LinkState,
    Revision,
    Statement,
    TranslationState,
)
from tests.support.desk.admin_forms import WHY, change_page, edit, form_values
from tests.support.staff import approve_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(admin_client):
    admin_client.cookies["django_language"] = "en"
    return admin_client


@pytest.mark.parametrize(("language", "name"), [("ko", "항목"), ("en", "Statements")])
def test_a_list_is_named_by_what_it_lists(staff, language, name):
    staff.cookies["django_language"] = language
    page = staff.get("/admin/statements/statement/").content.decode()
    assert f"<h1>{name}</h1>" in page
    assert f"<title>{name} | " in page


@pytest.mark.parametrize(
    ("model", "app", "code", "kinds"),
    [
        ("goal", "goals", "G1", {"objective", "key-content", "expected-effect"}),
        ("keycontent", "goals", "G1.C1", {"detail"}),
        ("keycontent", "goals", "G2.C5", set()),
        ("task", "achievements", "2025.T3.3.2", {"note"}),
        ("task", "achievements", "2025.T1.1.1", set()),
    ],
)
def test_a_form_has_the_kinds_that_stand_under_its_statement_alone(
    staff, model, app, code, kinds
):
    answer = staff.get(change_page(Statement.objects.get(code=code), model, app))
    inlines = answer.context["inline_admin_formsets"]
    assert {inline.opts.model.proxied_kind for inline in inlines} == kinds


def test_every_model_lists_and_opens_in_both_languages(admin_client):
    for language in ("ko", "en"):
        admin_client.cookies["django_language"] = language
        for model in site._registry:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            answer = admin_client.get(reverse(f"{name}_changelist"))
            assert answer.status_code == 200, name
            assert f'<html lang="{language}"' in answer.content.decode()
            if row := model.objects.first():
                page = admin_client.get(reverse(f"{name}_change", args=[row.pk]))
                assert page.status_code == 200, name


def test_an_edit_waits_and_is_published_with_author_note_and_revision(
    staff, admin_user
):
    statement = Statement.objects.get(code="G1.C1.1")
    before, version = statement.text_en, DataVersion.current().token
    answer = edit(
        staff, change_page(statement), text_en="Modernize the ROK-U.S. Alliance"
    )
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert "once another person approves it" in " ".join(told)
    statement.refresh_from_db()
    assert statement.text_en == before
    assert DataVersion.current().token == version
    approve_all()
    statement.refresh_from_db()
    assert statement.text_en == "Modernize the ROK-U.S. Alliance"
    revision = Revision.objects.filter(statement=statement).first()
    assert revision.by == admin_user
    assert (revision.note_ko, revision.note_en) == tuple(WHY.values())
    assert revision.snapshot["text_en"] == "Modernize the ROK-U.S. Alliance"
    assert DataVersion.current().token != version


def test_an_edit_without_a_note_is_refused_and_keeps_what_was_typed(staff):
    statement = Statement.objects.get(code="G1.C1.1")
    url = change_page(statement)
    answer = edit(staff, url, text_en="Typed text", change_note_en="")
    assert answer.status_code == 200
    assert "Typed text" in answer.content.decode()
    assert "change_note_en" in answer.context["adminform"].form.errors
    statement.refresh_from_db()
    assert statement.text_en != "Typed text"
    assert Revision.objects.filter(statement=statement).count() == 1
    assert not Proposal.objects.exists()


def test_empty_korean_is_refused_in_so_many_words(staff):
    statement = Statement.objects.get(code="G1.C1.1")
    answer = edit(staff, change_page(statement), text_ko="")
    assert (
        "The Korean text comes from the source and cannot be empty."
        in answer.content.decode()
    )


def test_editing_the_korean_marks_the_english_outdated(staff):
    statement = Statement.objects.get(code="G1.C1.1")
    edit(staff, change_page(statement), text_ko=statement.text_ko + " 추진")
    approve_all()
    statement.refresh_from_db()
    assert statement.translation_state == TranslationState.OUTDATED
    listed = staff.get(
        reverse("admin:statements_statement_changelist"), {"translation": "outdated"}
    )
    assert [row.code for row in listed.context["cl"].queryset] == ["G1.C1.1"]


def test_a_goal_is_edited_with_its_children_in_one_form(staff):
    goal = Statement.objects.get(code="G1")
    url = change_page(goal, "goal", "goals")
    page = staff.get(url)
    values = form_values(page)
    field = next(
        name
        for name, value in values.items()
        if value == Statement.objects.get(code="G1.E1").text_en
    )
    edit(staff, url, title_en="A new title", **{field: "A new effect"})
    assert len(approve_all()) == 2
    changed = Revision.objects.exclude(by=None)
    assert {r.statement.code for r in changed} == {"G1", "G1.E1"}
    assert Statement.objects.get(code="G1.E1").text_en == "A new effect"


def test_statements_are_neither_added_nor_deleted(staff):
    statement = Statement.objects.get(code="G1")
    assert staff.get(reverse("admin:statements_statement_add")).status_code == 403
    delete = reverse("admin:statements_statement_delete", args=[statement.pk])
    assert staff.post(delete, {"post": "yes"}).status_code == 403
    assert Statement.objects.filter(code="G1").exists()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"regions__id__exact": "africa"}, "2024.A5.1"),
        ({"themes__id__exact": "passport-mobility"}, "2025.T5.2.1"),
        ({"kind__exact": "note"}, "2025.T3.3.2.1"),
        ({"document__id__exact": "goals"}, "G5.E3"),
        ({"q": "두코바니"}, "2025.T4.2.2"),
        ({"q": "Dukovany"}, "2025.T4.2.2"),
    ],
)
def test_staff_find_statements(staff, query, expected):
    from statements.models import Document, Region, Theme

    lookups = {
        "regions__id__exact": Region,
        "themes__id__exact": Theme,
        "document__id__exact": Document,
    }
    for name, model in lookups.items():
        if name in query:
            query = {name: model.objects.get(slug=query[name]).pk}
    answer = staff.get(reverse("admin:statements_statement_changelist"), query)
    rows = answer.context["cl"].queryset
    assert expected in {row.code for row in rows}
    assert rows.count() < Statement.objects.count()


def test_missing_english_is_found(staff):
    statement = Statement.objects.get(code="G1.C1.1")
    edit(staff, change_page(statement), text_en="")
    approve_all()
    answer = staff.get(
        reverse("admin:statements_statement_changelist"), {"translation": "missing"}
    )
    assert [row.code for row in answer.context["cl"].queryset] == ["G1.C1.1"]


def test_links_are_confirmed_by_a_person(staff, admin_user):
    link = Link.objects.first()
    edit(staff, change_page(link, "link"), state=LinkState.CONFIRMED)
    approve_all()
    link.refresh_from_db()
    assert (link.state, link.by) == (LinkState.CONFIRMED, admin_user)
    revised = Revision.objects.filter(by=admin_user).values_list("statement", flat=True)
    assert link.later_id in revised


def test_autocomplete_offers_statements_by_code_and_words(staff):
    answer = staff.get(
        reverse("admin:autocomplete"),
        {
            "app_label": "statements",
            "model_name": "link",
            "field_name": "earlier",
            "term": "2024.A1.1",
        },
    )
    assert "2024.A1.1" in answer.json()["results"][0]["text"]


def test_deleting_an_event_goes_through_the_gate(staff, admin_user):
    event = Event.objects.first()
    statement = event.statement
    url = reverse("admin:statements_event_delete", args=[event.pk])
    staff.post(url, {"post": "yes"})
    assert Event.objects.filter(pk=event.pk).exists()
    approve_all()
    assert not Event.objects.filter(pk=event.pk).exists()
    revision = Revision.objects.filter(statement=statement).first()
    assert revision.by == admin_user


def test_the_log_in_page_speaks_the_readers_language(client):
    korean = client.get("/admin/login/", headers={"accept-language": "ko"})
    english = client.get("/admin/login/", headers={"accept-language": "en"})
    assert re.search("비밀번호", korean.content.decode())
    assert re.search("Password", english.content.decode())
