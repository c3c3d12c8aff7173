from django.urls import path

from desk.documents import preview
from desk.feedback import views as feedback
from desk.proposals import preview_pages

app_name = "desk"
urlpatterns = [
    path(
        "statements/<code:code>/report/", feedback.report_problem, name="report_problem"
    ),
    path("reports/<slug:number>/", feedback.show_report, name="report"),
    path("preview/<int:pk>/", preview_pages.preview_proposal, name="preview"),
    path(
        "preview/statement/<int:pk>/",
        preview_pages.preview_statement,
        name="preview_statement",
    ),
    path(
        "preview/document/<slug:slug>/",
        preview.preview_source,
        name="preview_document",
    ),
    path(
        "preview/document/<slug:slug>/<path:path>",
        preview.preview_page,
        name="preview_page",
    ),
]
