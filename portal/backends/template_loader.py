"""Templates compiled once for each language, with what it alone decides as text.

A word of the interface, an address without arguments and the name of a static file are
the same each time that a template is rendered in a language; Django looks all of them
up each time.
"""

from collections.abc import Iterator
from typing import Any

from django.template import Context, Engine, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable
from django.template.defaulttags import URLNode
from django.template.loaders import cached
from django.templatetags.i18n import LanguageNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch
from django.utils.translation import get_language

#: Where templates are, as without a loader of one's own.
PLACES = (
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
)


class LanguageLoader(cached.Loader):
    """Keeps a template for each language that it was rendered in."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, PLACES)

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        return f"{get_language()} {super().cache_key(template_name, skip)}"

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        is_new = self.cache_key(template_name, skip) not in self.get_template_cache
        template: Template = super().get_template(template_name, skip)
        if is_new:
            write_out(template.nodelist)
        return template


def write_out(nodes: NodeList) -> None:
    """Puts text in the place of nodes that say the same each time."""
    written: list[Node] = []
    for node in nodes:
        for below in nodelists_of(node):
            write_out(below)
        text = text_of(node)
        if text is None:
            written.append(node)
        elif written and isinstance(written[-1], TextNode):
            written[-1] = TextNode(written[-1].s + text)
        else:
            written.append(TextNode(text))
    nodes[:] = written


def nodelists_of(node: Node) -> Iterator[NodeList]:
    """The lists of nodes right inside one; none of what is in another language."""
    if isinstance(node, LanguageNode):
        return
    if branches := getattr(node, "conditions_nodelists", None):
        yield from (nodelist for _condition, nodelist in branches)
        return
    for name in node.child_nodelists:
        below = getattr(node, name, None)
        if isinstance(below, NodeList):
            yield below


def text_of(node: Node) -> str | None:
    """The text of a node that depends on the language alone; None of any other."""
    if isinstance(node, TextNode):
        return node.s
    if not is_constant(node):
        return None
    try:
        return str(node.render(Context()))
    except NoReverseMatch:
        # An address that this site does not have, behind a condition.
        return None


def is_constant(node: Node) -> bool:
    if isinstance(node, TranslateNode):
        said = (node.filter_expression, node.message_context)
        return not node.asvar and all(map(is_literal, said))
    if isinstance(node, URLNode):
        is_bare = not (node.args or node.kwargs or node.asvar)
        return is_bare and is_literal(node.view_name)
    if isinstance(node, StaticNode):
        return not node.varname and is_literal(node.path)
    return False


def is_literal(expression: FilterExpression | None) -> bool:
    """True of a text in quotation marks, as it is; of none, too."""
    if expression is None:
        return True
    value = expression.var
    is_text = isinstance(value, str) or (
        isinstance(value, Variable) and isinstance(value.literal, str)
    )
    return is_text and not expression.filters
