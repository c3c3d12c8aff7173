from django.urls import path

from desk.bulk import ordering, replacing, sheets, tagging, views

# Under /admin/bulk/.
urlpatterns = [
    path("", views.hub, name="bulk"),
    path("preview/", views.preview, name="bulk_preview"),
    path("sheets/", sheets.sheets, name="sheets"),
    path("sheets/statements.<str:ending>", sheets.download, name="sheet"),
    path("tags/", tagging.tagging, name="tagging"),
    path("order/", ordering.roots, name="order_roots"),
    path("order/<str:code>/", ordering.order, name="order"),
    path("replace/", replacing.replacing, name="replacing"),
]
