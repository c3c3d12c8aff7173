from django.urls import path

from desk.bulk import reorder, replace, retag, views
from desk.bulk.sheets import views as sheets

# Under /admin/bulk/.
urlpatterns = [
    path("", views.hub, name="bulk"),
    path("preview/", views.bulk_preview, name="bulk_preview"),
    path("sheets/", sheets.sheets, name="sheets"),
    path("sheets/statements.<str:ending>", sheets.download_sheet, name="sheet"),
    path("tags/", retag.tagging, name="tagging"),
    path("order/", reorder.roots, name="order_roots"),
    path("order/<str:code>/", reorder.order, name="order"),
    path("replace/", replace.replacing, name="replacing"),
]
