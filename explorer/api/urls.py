from django.urls import path

from explorer.api import history, views
from explorer.quotes.answers import quote_answers

app_name = "api"
urlpatterns = [
    path("", views.api_index, name="index"),
    path("openapi.json", views.openapi_document, name="openapi"),
    path("docs", views.api_docs, name="docs"),
    path("statements/", views.statement_list, name="statements"),
    path("statements/<str:code>/", views.statement_item, name="statement"),
    path("statements/<str:code>/history/", history.statement_history, name="history"),
    path("quotes/", quote_answers, name="quotes"),
    path("<path:path>/", views.unknown_address, name="nothing"),
]
