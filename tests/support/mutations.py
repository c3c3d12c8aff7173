"""The ways by which a text, Korean or English, can change at the desk."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from desk.models import Proposal
from desk.proposals.decide import approve
from desk.proposals.record import Terms
from statements.fingerprints import fingerprint
from statements.gate import gate
from statements.models import Statement
from tests.support import factories
from tests.support.bulk import change_by_sheet, confirm
from tests.support.desk.admin_forms import WHY, change_page, edit
from tests.support.rows import save
from tests.support.staff import NOTE, approve_all, member, propose, signed_in


def edited_by(path: str, one: Statement, text: str, editor) -> None:
    ways = {
        "admin": by_admin,
        "inline": by_inline,
        "approval": by_approval,
        "scheduled": by_schedule,
        "revert": by_revert,
        "shell": by_shell,
        "import": by_import,
        "bulk action": by_bulk_action,
        "update": by_update,
    }
    ways[path](one, text, editor)


def by_admin(one, text, editor) -> None:
    edit(
        editor,
        reverse("admin:statements_statement_change", args=[one.pk]),
        text_ko=text,
    )
    approve_all()


def by_inline(one, text, editor) -> None:
    """In the form of the statement that it stands under."""
    url = reverse("admin:achievements_task_change", args=[one.parent_id])
    inlines = editor.get(url).context["inline_admin_formsets"]
    forms = [form for inline in inlines for form in inline.formset.forms]
    [form] = [form for form in forms if form.instance.pk == one.pk]
    edit(editor, url, **{form.add_prefix("text_ko"): text})
    approve_all()


def by_approval(one, text, editor) -> None:
    propose(one.code, text_ko=text)
    approve_all()


def by_schedule(one, text, editor) -> None:
    soon = Terms(publish_at=timezone.now() + timedelta(hours=1))
    approve(propose(one.code, None, soon, text_ko=text), factories.staff_member())
    Proposal.objects.update(publish_at=timezone.now())
    call_command("publish_due", verbosity=0)


def by_revert(one, text, editor) -> None:
    """Back to a revision with that Korean, from before the review of the English."""
    kept, english = one.text_ko, one.text_en
    with gate(factories.staff_member(), NOTE):
        save(one, text_ko=text)
    wanted = one.revisions.first()
    with gate(factories.staff_member(), NOTE):
        save(one, text_ko=kept, editor_note_en="Between")
    assert one.text_en == english
    url = reverse("admin:statements_revision_change", args=[wanted.pk])
    editor.post(url, WHY)
    approve_all()


def by_shell(one, text, editor) -> None:
    with gate(factories.staff_member(), NOTE):
        save(one, text_ko=text)


ENGLISH_PATHS = ("admin", "work page", "xliff", "shell")


def write_english_by(path: str, one: Statement, text: str, is_said: bool) -> None:
    """`is_said`: by whatever that way has to say that it is of the present Korean."""
    ways = {
        "admin": english_by_admin,
        "work page": english_by_work_page,
        "xliff": english_by_xliff,
        "shell": english_by_shell,
    }
    ways[path](one, text, is_said)
    approve_all()


def english_by_admin(one, text, is_said) -> None:
    box = {"is_of_present_korean": "on"} if is_said else {}
    edit(signed_in(member("editor")), change_page(one), text_en=text, **box)


def english_by_work_page(one, text, is_said) -> None:
    client = signed_in(member("translator"))
    url = reverse("staff:translation", args=[one.code])
    form = client.get(url).context["form"]
    box = {"is_of_present_korean": "on"} if is_said else {}
    sent = {
        **{name: form[name].value() for name in ("seen", "korean")},
        **{"text_en": text, "do": "propose", "shown": fingerprint("", text)},
    }
    client.post(url, {**sent, **WHY, **box})


def english_by_xliff(one, text, is_said) -> None:
    client = signed_in(member("translator"))
    exported = client.get(reverse("staff:translation_export"), {"q": one.code})
    content = exported.content.decode().replace(one.text_en, text)
    url = reverse("staff:translation_import")
    file = SimpleUploadedFile("back.xlf", content.encode())
    form = client.post(url, {"file": file}).context["form"]
    box = {"is_said": "on"} if is_said else {}
    client.post(url, {"packed": form["packed"].value(), **WHY, **box})


def english_by_shell(one, text, is_said) -> None:
    with gate(factories.staff_member(), NOTE):
        if is_said:
            one.date_english(one.korean_fingerprint)
        save(one, text_en=text)


def by_import(one, text, editor) -> None:
    change_by_sheet(editor, one.code, text_ko=text)
    approve_all()


def by_bulk_action(one, text, editor) -> None:
    values = {"find": one.text_ko, "replacement": text, "fields_searched": "text_ko"}
    editor.post(reverse("staff:replacing"), values)
    confirm(editor, pk=one.pk)
    approve_all()


def by_update(one, text, editor) -> None:
    """Without the model’s own saving."""
    with gate(factories.staff_member(), NOTE):
        Statement.objects.filter(pk=one.pk).update(text_ko=text)
