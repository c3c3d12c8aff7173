"""The log keeps what was before and after, but for secrets."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import translation

from desk.audit_log import differences, log_change, logged_act, logged_changes
from tests.support.staff import member

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, {"b": [2, 3]}),
        ({}, {"a": "x"}, {"a": [None, "x"]}),
        ({"a": "x"}, {}, {"a": ["x", None]}),
        ({"day": None}, {"day": date(2026, 1, 2)}, {"day": [None, "2026-01-02"]}),
        ({"password": "one"}, {"password": "two"}, {"password": ["•••", "•••"]}),
        ({"totp_secret": 1}, {"totp_secret": 2}, {"totp_secret": ["•••", "•••"]}),
        ({"password": "same"}, {"password": "same"}, {}),
    ],
)
def test_what_differs_is_kept_without_secrets(old, new, kept):
    assert differences(old, new) == kept


@pytest.mark.parametrize(
    ("language", "act", "changes"),
    [
        ("en", "rights removed", [("active", "Yes", "No"), ("roles", "A, B", "–")]),
        ("ko", "권한 회수", [("활성", "예", "아니요"), ("역할", "A, B", "–")]),
    ],
)
def test_an_entry_is_read_in_both_languages(language, act, changes):
    user = member("editor")
    old, new = {"is_active": True, "roles": ["A", "B"]}, {"is_active": False}
    log_change(user, user, "rights removed", old, new)
    entry = LogEntry.objects.get()
    with translation.override(language):
        assert logged_act(entry) == act
        assert logged_changes(entry) == changes


@pytest.mark.parametrize(
    ("act", "korean", "english"),
    [("send-back", "반려", "returned"), ("take-back", "회수", "withdrawn")],
)
def test_a_decision_is_read_in_plain_words(act, korean, english):
    user = member("editor")
    log_change(user, user, act)
    entry = LogEntry.objects.get()
    for language, told in (("ko", korean), ("en", english)):
        with translation.override(language):
            assert logged_act(entry) == told


DJANGOS = '[{"changed": {"fields": ["x"]}}]'


@pytest.mark.parametrize("message", ["approve", "", "[]", DJANGOS, "{", "7"])
def test_other_messages_are_read_as_they_are(message):
    user = member("editor")
    LogEntry.objects.create(
        user=user, object_repr="x", action_flag=2, change_message=message
    )
    entry = LogEntry.objects.get()
    assert logged_changes(entry) == []
    assert isinstance(logged_act(entry), str)
