"""What /metrics says, and to whom."""

import json
import logging
from urllib.request import urlopen

import pytest
from django.db import DatabaseError
from django.test import Client, override_settings
from prometheus_client.parser import text_string_to_metric_families

from desk.status.runs import recorded_run
from portal.monitoring import readings
from tests.support.deployment.logs import recorded
from tests.support.serving import served
from tests.support.staff import propose

pytestmark = pytest.mark.django_db


def samples(text: str) -> dict[tuple, float]:
    """The values by the name and the labels, sorted."""
    return {
        (one.name, *sorted(one.labels.items())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def read_metrics(client: Client) -> dict[tuple, float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return samples(answer.content.decode())


def requests_of(values: dict[tuple, float], view: str, status: str = "2xx") -> float:
    labels = (("method", "GET"), ("status", status), ("view", view))
    return values.get(("portal_requests_total", *labels), 0)


def test_requests_are_counted_by_view_and_never_by_path(client):
    before = read_metrics(client)
    client.get("/en/goals/1/")
    client.get("/en/goals/2/")
    client.get("/nowhere/hunter2")
    after = read_metrics(client)
    counted = requests_of(after, "goals:detail") - requests_of(before, "goals:detail")
    assert counted == 2
    assert requests_of(after, "none", "4xx") > requests_of(before, "none", "4xx")
    seconds = ("portal_request_seconds_count", ("view", "goals:detail"))
    queries = ("portal_request_queries_sum", ("view", "goals:detail"))
    assert after[seconds] - before.get(seconds, 0) == 2
    assert after[queries] > before.get(queries, 0)
    assert not any("hunter2" in str(key) for key in after)


def test_an_answer_that_its_reader_has_is_counted_apart(client):
    spared = ("portal_answers_spared_total", ("how", "not modified"))
    before = read_metrics(client).get(spared, 0)
    etag = client.get("/en/goals.csv")["ETag"]
    assert (
        client.get("/en/goals.csv", headers={"if-none-match": etag}).status_code == 304
    )
    assert read_metrics(client)[spared] == before + 1


@override_settings(RATE_LIMITS={"files": 1})
def test_refusals_and_events_of_security_are_counted(client):
    refused = ("portal_requests_refused_total", ("reason", "rate"))
    failed = ("portal_security_events_total", ("event", "login-failed"))
    before = read_metrics(client)
    statuses = {client.get("/en/goals.csv").status_code for _time in range(3)}
    assert 429 in statuses
    client.post("/admin/login/", {"username": "nobody", "password": "wrong"})
    after = read_metrics(client)
    assert after[refused] > before.get(refused, 0)
    assert after[failed] == before.get(failed, 0) + 1


def test_the_state_of_data_work_backups_and_copies_is_read(client, tmp_path):
    propose("G1.C1.1", text_en="X")
    with recorded_run("publish_due"):
        pass
    (tmp_path / "portal-20261129T030000Z.zip").write_bytes(b"old")
    (tmp_path / "portal-20261130T030000Z.zip").write_bytes(b"newer")
    (tmp_path / "portal-of-mine.zip").write_bytes(b"not a backup's name")
    with override_settings(BACKUP_DIR=tmp_path, MIRROR_DIR=tmp_path):
        values = read_metrics(client)
    assert values["portal_database_up",] == 1
    assert values["portal_backup_bytes",] == len(b"newer")
    assert values["portal_queue_length", ("queue", "in_review")] == 1
    assert values["portal_command_failed", ("command", "publish_due")] == 0
    assert ("portal_data_version_timestamp_seconds",) in values
    assert ("portal_mirror_timestamp_seconds",) not in values
    assert {v for key, v in values.items() if key[0] == "portal_reading_up"} == {1.0}


def test_a_part_that_fails_leaves_the_others(client, monkeypatch):
    def fail() -> dict[str, int]:
        raise DatabaseError("no queues today")

    monkeypatch.setattr(readings, "queue_lengths", fail)
    values = read_metrics(client)
    assert values["portal_reading_up", ("reading", "queues")] == 0
    assert values["portal_reading_up", ("reading", "commands")] == 1


def test_without_a_database_the_rest_is_said(client, monkeypatch):
    monkeypatch.setattr(readings, "answers", lambda: False)
    values = read_metrics(client)
    assert values["portal_database_up",] == 0
    assert ("portal_reading_up", ("reading", "backups")) in values
    assert ("portal_reading_up", ("reading", "queues")) not in values


@pytest.mark.parametrize(
    ("peer", "forwarded", "status"),
    [
        ("127.0.0.1", None, 200),
        ("::1", None, 200),
        ("192.0.2.7", None, 404),
        ("127.0.0.1", "192.0.2.7", 404),
        ("127.0.0.1", "127.0.0.1", 404),
        ("", None, 404),
    ],
)
def test_only_addresses_of_the_list_that_ask_themselves_are_answered(
    client, peer, forwarded, status
):
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    answer = client.get("/metrics", REMOTE_ADDR=peer, headers=headers)
    assert answer.status_code == status
    assert (b"portal_info" in answer.content) == (status == 200)


@override_settings(METRICS_FROM=["unix", "192.0.2.0/24"])
def test_a_socket_and_a_network_can_be_named(client):
    for peer, status in (("", 200), ("192.0.2.7", 200), ("127.0.0.1", 404)):
        assert client.get("/metrics", REMOTE_ADDR=peer).status_code == status


@override_settings(SLOW_QUERY_MS=0)
def test_a_slow_query_leaves_its_shape_and_the_id_of_its_request(client):
    with recorded() as lines:
        answer = client.get("/en/statements/?q=hunter2")
    slow = [record for record in lines.records if record.get("event") == "slow-query"]
    assert slow
    assert {record["request_id"] for record in slow} == {answer["X-Request-ID"]}
    assert all(record["duration_ms"] >= 0 for record in slow)
    assert any(record["statement"].startswith("SELECT") for record in slow)
    assert "hunter2" not in json.dumps(slow)


def test_quick_queries_leave_no_record(client, caplog):
    with caplog.at_level(logging.INFO), override_settings(SLOW_QUERY_MS=600_000):
        client.get("/en/goals/1/")
    assert not [one for one in caplog.records if one.name == "portal.queries"]


@pytest.mark.audit
def test_workers_count_together(furnished, tmp_path):
    """Whichever worker answers, it says what all of them counted."""
    with served(furnished, tmp_path, GRANIAN_WORKERS="2") as address:
        for _time in range(20):
            with urlopen(f"{address}/en/about/") as answer:
                answer.read()
        for _time in range(5):
            with urlopen(f"{address}/metrics") as answer:
                values = samples(answer.read().decode())
            # All but the first of each worker are kept ones.
            assert requests_of(values, "about") + requests_of(values, "kept") == 20
