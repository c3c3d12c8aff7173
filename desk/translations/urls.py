from django.urls import path

from desk.translations import views
from desk.translations.xliff import views as xliff

urlpatterns = [
    path("", views.list_queue, name="translations"),
    path("statement/<str:code>/", views.edit_translation, name="translation"),
    path("export/", xliff.export, name="translation_export"),
    path("import/", xliff.upload, name="translation_import"),
]
