from django.urls import path, register_converter

from statements import history_views, views
from statements.codes import CODE


class CodeConverter:
    regex = CODE.pattern

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(CodeConverter, "code")

app_name = "statements"
urlpatterns = [
    path("statements/<code:code>/", views.detail, name="detail"),
    path("statements/<code:code>/history/", history_views.history, name="history"),
    path("statements/<code:code>/cite.bib", views.bibtex, name="bibtex"),
    path("statements/<code:code>/cite.json", views.csl_json, name="csl"),
    path("changes/", history_views.changes, name="changes"),
    path("past/", history_views.past_site, name="past"),
    path("glossary/", views.glossary, name="glossary"),
    path("sources/", views.SourceList.as_view(), name="sources"),
    path("sources/<slug:slug>/", views.source, name="source"),
    path("sources/<slug:slug>/compare/", views.source_compare, name="source_compare"),
]
