"""The translation desk without a browser: queue, form, and files brought back."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from statements.fingerprints import fingerprint
from statements.models import TranslationState
from tests.support.desk.admin_forms import WHY

EXPORT, IMPORT = (
    reverse("staff:translation_export"),
    reverse("staff:translation_import"),
)
QUEUE = reverse("staff:translations")
MISSING, OUTDATED, DRAFT = (
    TranslationState.MISSING,
    TranslationState.OUTDATED,
    TranslationState.DRAFT,
)


def work_page(code: str) -> str:
    return reverse("staff:translation", args=[code])


def hidden(answer) -> dict[str, str]:
    """What the page sends back of itself."""
    markup = answer.content.decode()
    return {
        name: re.search(f'name="{name}" value="([^"]*)"', markup)[1]
        for name in ("seen", "korean", "shown")
    }


def send(client: Client, code: str, do: str, opened=None, **values):
    """The form as the page has it, but for the values; notes and remarks are read."""
    page = opened or client.get(work_page(code))
    form = page.context["form"]
    texts = {field.html_name: field.value() for _korean, field in form.pairs}
    texts |= {name: value for name, value in values.items() if name in texts}
    shown = fingerprint("", "|".join(texts.values()))
    sent = {**hidden(page), **texts, "shown": shown, **WHY, "do": do, **values}
    return client.post(work_page(code), sent)


def listed(client: Client, **query) -> list[str]:
    return [one.code for one in client.get(QUEUE, query).context["page_obj"]]


def upload(client: Client, markup: str | bytes):
    data = markup.encode() if isinstance(markup, str) else markup
    return client.post(IMPORT, {"file": SimpleUploadedFile("back.xlf", data)})
