from django import template
from django.template.context import RequestContext
from django.urls import translate_url

register = template.Library()


@register.simple_tag(takes_context=True)
def address_in(context: RequestContext, language: str) -> str:
    """The path of this page in a language, filters included."""
    return translate_url(context["request"].get_full_path(), language)
