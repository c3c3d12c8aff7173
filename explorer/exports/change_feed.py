"""The Atom feed of the changes page: of statements and of entries, the last first."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from explorer.exports.feed import MOST_ENTRIES, StatementFeed
from explorer.exports.views import data_moment
from explorer.query import conditional_on_data
from statements.history.change_log import ChangeLog
from statements.requests import PortalRequest


@require_safe
@conditional_on_data
def changes_atom(request: PortalRequest) -> HttpResponse:
    host = urlsplit(settings.SITE_URL).hostname
    language, title = get_language(), f"{settings.SITE_NAME}: {_('Change history')}"
    feed = StatementFeed(
        title=title,
        link=settings.SITE_URL + reverse("statements:changes"),
        description=_("Every change to public content, newest first."),
        language=language,
        author_name=title,
        feed_url=settings.SITE_URL + request.get_full_path(),
        as_of=data_moment(request),
    )
    for step in ChangeLog()[:MOST_ENTRIES]:
        revision = step.revision
        context = {"step": step, "changes": step.changes}
        feed.add_item(
            title=step.heading,
            link=settings.SITE_URL + step.address,
            description=render_to_string("explorer/exports/feed_change.html", context),
            unique_id=f"tag:{host},2025:{language}:{step.public_id}",
            pubdate=revision.at,
            updateddate=revision.at,
            language=language,
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
