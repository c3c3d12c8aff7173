"""The order of what stands under a statement: positions change, codes never do."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from desk.bulk.reorder import make_distinct
from desk.models import Proposal
from statements.codes import key_under
from statements.history.point_in_time import site_as_of
from statements.models import Statement
from tests.support import factories
from tests.support.bulk import confirm, preview
from tests.support.crawling import Page
from tests.support.rows import everything, save, statement
from tests.support.staff import approve_all, published

pytestmark = pytest.mark.django_db


def under(code: str) -> list[str]:
    children = statement(code).children.in_outline_order()
    return [child.code for child in children]


def whole_order() -> list[str]:
    return list(Statement.objects.in_outline_order().values_list("code", flat=True))


def send(client: Client, code: str, **places: int):
    """The form as it stands but for these places, by the end of the code."""
    url = f"/admin/bulk/order/{code}/"
    form = client.get(url).context["form"]
    values = {name: field.initial for name, field in form.fields.items()}
    for end, place in places.items():
        pk = Statement.objects.get(code=f"{code}.{end}").pk
        values[f"place_{pk}"] = place
    return client.post(url, values)


def reorder(client: Client, code: str, **places: int) -> None:
    send(client, code, **places)
    confirm(client)
    approve_all()


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({"C4": 1}, "C4 C1 C2 C3"),
        ({"C1": 4}, "C2 C3 C4 C1"),
        ({"C1": 3}, "C2 C3 C1 C4"),
        ({"C3": 2}, "C1 C3 C2 C4"),
        ({"C1": 2, "C2": 1}, "C2 C1 C3 C4"),
        ({"C4": 1, "C3": 1}, "C3 C4 C1 C2"),
        ({"C1": 4, "C2": 3, "C3": 2, "C4": 1}, "C4 C3 C2 C1"),
    ],
)
def test_what_is_moved_stands_where_it_was_put(editor, places, order):
    reorder(editor, "G1", **places)
    contents = [code for code in under("G1") if ".C" in code]
    assert contents == [f"G1.{end}" for end in order.split()]


def test_what_stands_below_moves_along_and_all_else_stays(editor):
    before = whole_order()
    reorder(editor, "G1", C2=1)
    after = whole_order()
    first, second = (
        [code for code in before if f"{code}.".startswith(f"G1.C{n}.")] for n in (1, 2)
    )
    begin = before.index("G1.C1")
    expected = list(before)
    expected[begin : begin + len(first) + len(second)] = second + first
    assert after == expected
    assert sorted(after) == sorted(before)


def test_readers_see_the_new_order_everywhere(editor, client):
    words = statement("G1.C2").title_en, statement("G1.C1").title_en
    reorder(editor, "G1", C2=1)
    for path in ("/en/goals/1/", "/en/statements/?kind=key-content&page_size=100"):
        main = strip_tags(client.get(path).content.decode().partition("<main")[2])
        first, second = (main.index(one) for one in words)
        assert first < second, path
    codes = [row["code"] for row in client.get("/api/v1/statements/").json()["results"]]
    assert codes.index("G1.C2") < codes.index("G1.C1")


def test_the_new_order_is_seen_before_it_is_proposed(editor):
    before = everything()
    send(editor, "G1", C4=1)
    order = [
        (child.code[-2:], place) for child, place in preview(editor).context["order"]
    ]
    assert order == [("C4", 4), ("C1", 1), ("C2", 2), ("C3", 3)]
    assert everything() == before
    assert not Proposal.objects.exists()


def test_each_statement_that_moves_has_a_proposal_that_says_so(editor):
    send(editor, "G1", C2=1)
    confirm(editor)
    assert {p.statement.code for p in Proposal.objects.all()} == {"G1.C1", "G1.C2"}
    assert all(p.changes.keys() == {"position"} for p in Proposal.objects.all())
    approve_all()
    history = editor.get("/en/statements/G1.C1/history/").content.decode()
    assert "Position" in history


def test_half_an_approved_order_still_is_an_order(editor):
    send(editor, "G1", C2=1)
    confirm(editor)
    Proposal.objects.filter(statement__code="G1.C1").delete()
    approve_all()
    keys = list(Statement.objects.values_list("sort_key", flat=True))
    assert len(keys) == len(set(keys))
    assert under("G1")[1:3] == ["G1.C1", "G1.C2"]
    reorder(editor, "G1", C2=1)
    assert under("G1")[1:3] == ["G1.C2", "G1.C1"]


def test_an_order_can_be_taken_back(editor):
    before = whole_order()
    reorder(editor, "G1", C2=1)
    reorder(editor, "G1", C2=2)
    assert whole_order() == before


def test_the_past_keeps_the_order_that_it_had(editor):
    before = whole_order()
    moment = timezone.now()
    reorder(editor, "G1", C4=1)
    assert [past.statement.code for past in site_as_of(moment)] == before
    now = [past.statement.code for past in site_as_of(timezone.now())]
    assert now == whole_order() != before


def test_an_edit_of_a_form_that_was_open_meanwhile_moves_nothing_back(editor):
    stale = Statement.objects.select_related("parent").get(code="G1.C1.1")
    reorder(editor, "G1", C2=1)
    order = whole_order()
    with factories.an_open_gate():
        save(stale, text_en="Saved late")
    assert whole_order() == order


def test_a_new_statement_stands_where_its_position_says():
    with factories.an_open_gate():
        made = factories.statement("detail", statement("G1.C1"), position=2)
    assert under("G1.C1")[:3] == ["G1.C1.1", "G1.C1.2", made.code]


def test_keys_hold_ten_thousands_of_siblings_at_every_depth():
    deep = Statement.objects.order_by("-sort_key").filter(kind="point").last().sort_key
    longest = Statement._meta.get_field("sort_key").max_length
    assert len(key_under(deep, 32767, "2025.T1.1.1.9999")) <= longest
    assert key_under("0", 9, "G1.C9") < key_under("0", 10, "G1.C1")
    assert key_under("0", 9, "G1.O9") < key_under("0", 1, "G1.C1")


def test_positions_that_two_share_are_dealt_out_apart():
    assert make_distinct([2, 2, 3, 7]) == [2, 3, 4, 7]


@pytest.mark.parametrize("place", [0, 5, "x", ""])
def test_a_place_that_does_not_exist_is_told_beside_its_field(editor, place):
    answer = send(editor, "G1", C1=place)
    assert answer.status_code == 200
    markup = answer.content.decode()
    assert 'aria-invalid="true"' in markup
    assert 'class="errors"' in markup


def test_the_order_that_is_there_already_changes_nothing(editor):
    answer = send(editor, "G1")
    told = " ".join(map(str, get_messages(answer.wsgi_request)))
    assert "Nothing was changed." in told


def test_a_statement_that_moved_and_was_edited_has_no_conflict(editor):
    send(editor, "G1", C2=1)
    confirm(editor)
    published("G1.C1", title_en="Edited meanwhile")
    approve_all()
    assert under("G1")[1:3] == ["G1.C2", "G1.C1"]
    assert statement("G1.C1").title_en == "Edited meanwhile"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pages_speak_the_readers_language(editor, language):
    editor.cookies["django_language"] = language
    for path in ("", "G1/", "2025.T1/", "G1.C1.1/"):
        answer = editor.get(f"/admin/bulk/order/{path}")
        assert not Page(answer.content.decode()).in_wrong_language(language), path
