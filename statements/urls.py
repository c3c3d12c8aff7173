from django.urls import path, register_converter

from statements.codes import CODE
from statements.comparison import views as comparison
from statements.history import views as history
from statements.models import EntryKind
from statements.pages import views as pages
from statements.pages.booklet import booklet
from statements.pages.glossary import glossary
from statements.pages.originals import download_source


class CodeConverter:
    regex = CODE.pattern

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


class EntryKindConverter:
    """The kinds of entries, as their histories are addressed."""

    regex = "|".join(EntryKind.values)

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(CodeConverter, "code")
register_converter(EntryKindConverter, "entry_kind")

app_name = "statements"
urlpatterns = [
    path("statements/<code:code>/", pages.statement_detail, name="detail"),
    path("statements/<code:code>/history/", history.history, name="history"),
    path("statements/<code:code>/cite.bib", pages.bibtex, name="bibtex"),
    path("statements/<code:code>/cite.json", pages.csl_json, name="csl"),
    path("changes/", comparison.changes_or_dates, name="changes"),
    path("changes/<entry_kind:kind>/", history.changes, name="changes_of_kind"),
    path(
        "changes/<entry_kind:kind>/<int:entry_id>/",
        history.entry_history,
        name="entry_history",
    ),
    path("compare/", comparison.two_statements, name="two_statements"),
    path("past/", history.past_site, name="past"),
    path("glossary/", glossary, name="glossary"),
    path("glossary/<slug:letter>/", glossary, name="glossary_letter"),
    path("sources/", pages.source_list, name="sources"),
    path("sources/<slug:slug>/", pages.source, name="source"),
    path("sources/<slug:slug>/original", download_source, name="original"),
    path("sources/<slug:slug>/booklet/", booklet, name="booklet"),
    path("sources/<slug:slug>/compare/", pages.source_compare, name="source_compare"),
    path("sources/<slug:slug>/editions/", pages.compare_with_replaced, name="editions"),
]
