from typing import Any

from django import template
from django.template.context import RequestContext
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import translate_url
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def address_in(context: RequestContext, language: str) -> str:
    """The path of this page in a language, filters included."""
    return translate_url(context["request"].get_full_path(), language)


@register.inclusion_tag("site/share_card.html", takes_context=True)
def share_card(context: RequestContext, query: str = "") -> dict[str, Any]:
    """The title, the description and the picture that a link to this page is shared
    with; the first page has the title of the site. A `query` is part of the address of
    what is no page without it.
    """
    site_url, language = context["site_url"], context["LANGUAGE_CODE"]
    match = context["request"].resolver_match
    is_home = match is not None and match.view_name == "home"
    return {
        "title": context["site_name"] if is_home else block_text(context, "title"),
        "description": block_text(context, "description"),
        "site_name": context["site_name"],
        "site_url": site_url,
        "address": site_url + context["request"].path + query,
        "image": f"share/{language}.png",
    }


def block_text(context: RequestContext, name: str) -> SafeString:
    """The text of a block of the page once more: templates can name each only once."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    text: SafeString = block.render(context)
    return mark_safe(" ".join(text.split()))
