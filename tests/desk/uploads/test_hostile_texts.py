"""Texts that somebody has made to harm, on their way in as a document."""

import re
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from desk.intake.models import Intake
from tests.support.desk.intake_texts import begun
from tests.support.hostile_files.plain_texts import TEXTS
from tests.support.staff import member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
START = "/admin/intake/"
HANGUL = re.compile("[가-힣]")
#: Seconds of the processor, of which most take a tenth of one.
MOST = 20


def client_of(language: str):
    return signed_in(member("administrator"), language)


def errors_of(answer) -> str:
    return " ".join(
        error for errors in answer.context["form"].errors.values() for error in errors
    )


def sent(client, content: bytes, at: str = START, **values):
    file = SimpleUploadedFile("x.txt", content)
    return client.post(at, {"pasted": "", "file": file, **values})


@pytest.mark.parametrize(("make", "words"), TEXTS.values(), ids=TEXTS)
def test_a_hostile_text_is_refused_in_words_or_read(make, words):
    client, begin = client_of("en"), time.process_time()
    answer = sent(client, make())
    if answer.status_code == 302:
        assert not words
        assert client.get(answer.url).status_code == 200
    elif answer.status_code == 200:
        assert words and words in errors_of(answer)
        assert not Intake.objects.exists()
    else:
        assert answer.status_code == 413
    assert time.process_time() - begin < MOST


REFUSED = [name for name, (_make, words) in TEXTS.items() if words][1:]


@pytest.mark.parametrize("name", REFUSED)
def test_the_refusal_is_in_korean_too(name):
    said = errors_of(sent(client_of("ko"), TEXTS[name][0]()))
    assert HANGUL.search(said) and not re.search("[a-z]{4}", said)


@pytest.mark.parametrize(
    "typed",
    ["가\0나", "가\x01나", "가\u202e나", "x\n" * 20_001, " \n ", "가" * 400_001],
)
def test_what_was_pasted_is_there_again(typed):
    answer = client_of("en").post(START, {"pasted": typed})
    assert answer.status_code == 200
    form = answer.context["form"]
    assert form.errors and form["pasted"].value() == typed


#: As a working text it is what it is; what is written of it as a file is too long.
REFUSED_AS_WORKING_TEXT = [name for name in REFUSED if name != "stairs"]


@pytest.mark.parametrize("name", REFUSED_AS_WORKING_TEXT)
def test_a_working_text_is_kept_beside_a_file_that_is_refused(name):
    """What was typed is in the form again, what was saved is as it was."""
    person = member("administrator")
    intake = begun(person)
    before, typed = intake.working_text, "# 기타: 까닭: 고친 글\nㅇ 고친 글"
    values = {"working_text": typed, "kind": "report", "year": "", "version": "1"}
    at = reverse("staff:intake", args=[intake.pk])
    answer = sent(signed_in(person), TEXTS[name][0](), at, **values)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert form.errors and form["working_text"].value() == typed
    assert Intake.objects.get().working_text == before
