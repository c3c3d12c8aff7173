"""Parts of pages that are rendered once for a version of the data, and then kept.

    {% keep "row" statement.pk statement.level %} … {% endkeep %}

The name and the values after it tell a part from all others; language, day and host are
always told apart. All that the part shows has to follow from these.

    {% keep "tags" shows statement.shown_tags %} … {% endkeep %}

With `shows` it follows from these alone, and not from the data: the part outlives the
version, so that an edit costs the next reader nothing but what it changed.
"""

import uuid
from collections.abc import Hashable, Iterable

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.utils.timezone import localdate
from django.utils.translation import get_language

from statements.models import DataVersion
from statements.version_cache import VersionCache

register = template.Library()
#: Letters of all parts of one version.
MOST_LETTERS = 8_000_000
PARTS: VersionCache[str] = VersionCache(MOST_LETTERS, weigh=len)
#: Letters of all parts that outlive versions.
MOST_LASTING_LETTERS = 2_000_000
LASTING_PARTS: VersionCache[str] = VersionCache(MOST_LASTING_LETTERS, weigh=len)
EVERY_VERSION = DataVersion(token=uuid.UUID(int=0))


class KeptPart(template.Node):
    def __init__(
        self,
        nodelist: NodeList,
        name: str,
        values: Iterable[FilterExpression],
        is_lasting: bool,
    ) -> None:
        self.nodelist, self.name, self.values = nodelist, name, list(values)
        self.is_lasting = is_lasting

    def render(self, context: Context) -> str:
        request: HttpRequest | None = getattr(context, "request", None)
        version = getattr(request, "data_version", None)
        if request is None or not version:
            return self.nodelist.render(context)
        key: tuple[Hashable, ...] = (
            *(self.name, get_language(), localdate()),
            request.get_host() == settings.OFFICIAL_HOST,
            *(value.resolve(context) for value in self.values),
        )
        parts = LASTING_PARTS if self.is_lasting else PARTS
        of = EVERY_VERSION if self.is_lasting else version
        return parts.answer(of, lambda: self.nodelist.render(context), key)


@register.tag
def keep(parser: Parser, token: Token) -> KeptPart:
    _tag, name, *values = token.split_contents()
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    is_lasting = values[:1] == ["shows"]
    filters = map(parser.compile_filter, values[is_lasting:])
    return KeptPart(nodelist, name.strip('"'), filters, is_lasting)
