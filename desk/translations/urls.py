from django.urls import path

from desk.translations import exchange, views

urlpatterns = [
    path("", views.queue, name="translations"),
    path("statement/<str:code>/", views.translation, name="translation"),
    path("export/", exchange.export, name="translation_export"),
    path("import/", exchange.upload, name="translation_import"),
]
