"""Owner and last check, as shown above the form of a statement."""

from django.contrib.auth.models import AbstractBaseUser

from desk.models import Upkeep
from desk.upkeep.forms import OwnerForm


def panel_of(object_id: str | None, user: AbstractBaseUser) -> dict:
    """What the panel shows; nothing for who may not see it."""
    if not object_id or not user.has_perm("desk.view_upkeep"):
        return {}
    kept = Upkeep.objects.filter(statement=object_id)
    upkeep = kept.select_related("owner", "checked_by").first() or Upkeep()
    return {
        "upkeep": upkeep,
        "owner_form": OwnerForm(initial={"owner": upkeep.owner_id}),
        "may_keep": user.has_perm("desk.change_upkeep"),
    }
