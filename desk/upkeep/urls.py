from django.urls import path

from desk.upkeep import views

urlpatterns = [
    path("passed/", views.list_passed_dates, name="passed_dates"),
    path("upkeep/", views.list_upkeep, name="upkeep_list"),
    path("upkeep/<int:pk>/", views.record_from_panel, name="upkeep"),
]
