from django.urls import path

from desk.bulk import reorder, replace, retag, views
from desk.bulk.sheets import views as sheets

# Under /admin/bulk/.
urlpatterns = [
    path("", views.list_jobs, name="bulk"),
    path("preview/", views.preview_job, name="bulk_preview"),
    path("sheets/", sheets.sheets, name="sheets"),
    path("sheets/statements.<str:ending>", sheets.download_sheet, name="sheet"),
    path("tags/", retag.retag_statements, name="tagging"),
    path("order/", reorder.list_top_statements, name="order_roots"),
    path("order/<str:code>/", reorder.reorder_children, name="order"),
    path("replace/", replace.replace_words, name="replacing"),
]
