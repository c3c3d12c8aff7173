"""Parts of pages that are rendered once for a version of the data, and then kept.

    {% keep "row" statement.pk statement.level %} … {% endkeep %}

The name and the values after it tell a part from all others; language, day and host are
always told apart. All that the part shows has to follow from these.
"""

from collections.abc import Hashable, Iterable

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.utils.timezone import localdate
from django.utils.translation import get_language

from statements.version_cache import VersionCache

register = template.Library()
#: Letters of all parts of one version.
MOST_LETTERS = 8_000_000
PARTS: VersionCache[str] = VersionCache(MOST_LETTERS, weigh=len)


class KeptPart(template.Node):
    def __init__(
        self, nodelist: NodeList, name: str, values: Iterable[FilterExpression]
    ) -> None:
        self.nodelist, self.name, self.values = nodelist, name, list(values)

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
        return PARTS.answer(version, lambda: self.nodelist.render(context), key)


@register.tag
def keep(parser: Parser, token: Token) -> KeptPart:
    _tag, name, *values = token.split_contents()
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    filters = map(parser.compile_filter, values)
    return KeptPart(nodelist, name.strip('"'), filters)
