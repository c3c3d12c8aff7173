from django.urls import path

from desk.documents import additions, comparison, removal, views

# Under /admin/documents/.
urlpatterns = [
    path("", views.list_documents, name="documents"),
    path("handwritten/new/", additions.add_document, name="new_document"),
    path("<slug:slug>/", views.show_document, name="document"),
    path("<slug:slug>/add/", additions.add_statement, name="add_statement"),
    path("<slug:slug>/comparison/", comparison.compare_editions, name="comparison"),
    path("<slug:slug>/remove/", removal.remove_document, name="remove_document"),
]
