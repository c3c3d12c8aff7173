"""The panel above the form of a statement, with its owner and last check."""

from typing import Any

from django.contrib.auth.models import User

from desk.models import Upkeep
from desk.upkeep.forms import OwnerForm
from statements.input.keys import read_key


def panel_of(object_id: str | None, user: User) -> dict[str, Any]:
    """The context of the panel; empty for users who may not see it."""
    key = read_key(object_id or "")
    if key is None or not user.has_perm("desk.view_upkeep"):
        return {}
    upkeeps = Upkeep.objects.select_related("owner", "checked_by")
    upkeep = upkeeps.filter(statement_id=key).first() or Upkeep()
    return {
        "upkeep": upkeep,
        "owner_form": OwnerForm(owner_id=upkeep.owner_id),
        "may_keep": user.has_perm("desk.change_upkeep"),
    }
