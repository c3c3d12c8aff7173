"""Change forms of the admin, filled in and sent as a browser would."""

from django.urls import reverse

WHY = {"change_note_ko": "영문을 다듬음", "change_note_en": "Polished the English"}


def form_values(response) -> dict:
    """What a browser would send back of a change form as it stands."""
    admin_form = response.context["adminform"].form
    values = {}
    for form in [admin_form, *inline_forms(response)]:
        for bound in form:
            value = bound.value()
            if isinstance(value, bool):
                value = "on" if value else None
            if isinstance(value, list):
                value = [getattr(one, "pk", one) for one in value]
            if value is not None:
                values[bound.html_name] = value
    return values


def inline_forms(response):
    for inline in response.context["inline_admin_formsets"]:
        yield inline.formset.management_form
        yield from inline.formset.forms


def change_page(statement, model="statement", app="statements") -> str:
    return reverse(f"admin:{app}_{model}_change", args=[statement.pk])


def edit(client, url: str, **changes):
    """Proposes; `approve_all` publishes it."""
    values = form_values(client.get(url)) | WHY | changes
    return client.post(url, values)
