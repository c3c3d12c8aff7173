"""Two views to measure pages against: constant bytes, and a plain list of Django's."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.views.generic import ListView

from portal import urls
from statements.models import COUNTED_KINDS, Statement

ROWS = 25
BARE, PLAIN_LIST = "/anchors/bare/", "/anchors/list/"
#: As a tutorial has it: rows with two loops of their own, nothing kept.
TEMPLATE = engines["django"].from_string(
    """{% load i18n %}<!DOCTYPE html><html><head><title>{% translate "Statements" %}</title></head><body>
<h1>{% translate "Statements" %}</h1><ul>
{% for statement in statements %}<li>
<h2><a href="{{ statement.get_absolute_url }}">{{ statement.code }} {{ statement.title|default:statement.text|truncatechars:80 }}</a></h2>
<p>{{ statement.get_kind_display|capfirst }} {{ statement.year|default:"" }} {{ statement.document.title }}</p>
<p>{{ statement.text|linebreaksbr }}</p>
<ul>{% for term in statement.regions.all %}<li><a href="{% url "explorer:region" term.slug %}">{{ term.name }}</a></li>{% endfor %}
{% for term in statement.themes.all %}<li><a href="{% url "explorer:theme" term.slug %}">{{ term.name }}</a></li>{% endfor %}</ul>
</li>{% endfor %}</ul>{% if page_obj.has_next %}<a href="?page={{ page_obj.next_page_number }}">{% translate "Next" %}</a>{% endif %}</body></html>"""  # noqa: E501, a page
)


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"constant bytes", content_type="text/plain")


class PlainList(ListView):
    """Of 25 rows with two prefetches."""

    paginate_by = ROWS
    context_object_name = "statements"
    queryset = (
        Statement.objects.published()
        .of_kinds(*COUNTED_KINDS)
        .select_related("document")
        .prefetch_related("regions", "themes")
    )

    def render_to_response(self, context, **_more) -> HttpResponse:  # type: ignore[no-untyped-def]
        return HttpResponse(TEMPLATE.render(context, self.request))


urlpatterns = [
    path(BARE.lstrip("/"), bare),
    path(PLAIN_LIST.lstrip("/"), PlainList.as_view()),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
