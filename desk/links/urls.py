from django.urls import path

from desk.links import views

urlpatterns = [
    path("suggestions/", views.suggestions, name="link_suggestions"),
    path("drafts/", views.drafts, name="draft_links"),
    path("unlinked/", views.unlinked_page, name="unlinked"),
]
