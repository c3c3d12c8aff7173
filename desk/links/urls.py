from django.urls import path

from desk.links import views

urlpatterns = [
    path("suggestions/", views.suggest_links, name="link_suggestions"),
    path("drafts/", views.decide_drafts, name="draft_links"),
    path("unlinked/", views.list_unlinked, name="unlinked"),
]
