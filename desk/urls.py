from django.urls import path

from desk import views

app_name = "desk"
urlpatterns = [
    path("preview/<int:pk>/", views.preview, name="preview"),
    path(
        "preview/statement/<int:pk>/",
        views.preview_statement,
        name="preview_statement",
    ),
]
