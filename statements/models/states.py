"""The two states of a statement, who may see it and how its English stands, and that
of a link.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicationState(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in-review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("no longer published")


#: The states in which a statement has an address that readers may know.
PUBLIC_STATES = (PublicationState.PUBLISHED.value, PublicationState.WITHDRAWN.value)


class TranslationState(models.TextChoices):
    """Derived, never written, so that no write leaves it behind, raw SQL included."""

    MISSING = "missing", _("not yet translated")
    OUTDATED = "outdated", _("translation out of date")
    DRAFT = "draft", _("unofficial translation")
    REVIEWED = "reviewed", _("reviewed translation")


class LinkState(models.TextChoices):
    SUGGESTED = "suggested", _("Draft, not confirmed by staff")
    CONFIRMED = "confirmed", _("Confirmed by staff")
    REJECTED = "rejected", _("Rejected")


#: Those of links that readers see.
SHOWN_LINK_STATES = (LinkState.SUGGESTED, LinkState.CONFIRMED)
