from django.urls import path

from desk.proposals import preview_pages

app_name = "desk"
urlpatterns = [
    path("preview/<int:pk>/", preview_pages.preview_proposal, name="preview"),
    path(
        "preview/statement/<int:pk>/",
        preview_pages.preview_statement,
        name="preview_statement",
    ),
]
