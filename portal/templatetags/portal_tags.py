from django import template
from django.template.context import RequestContext
from django.urls import translate_url

register = template.Library()


@register.simple_tag(takes_context=True)
def address_in(context: RequestContext, language: str) -> str:
    """The absolute address of this page in a language, filters included."""
    request = context["request"]
    return translate_url(request.build_absolute_uri(), language)
