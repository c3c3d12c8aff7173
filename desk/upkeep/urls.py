from django.urls import path

from desk.upkeep import views

urlpatterns = [
    path("passed/", views.passed, name="passed_dates"),
    path("upkeep/", views.upkeep_list, name="upkeep_list"),
    path("upkeep/<int:pk>/", views.upkeep, name="upkeep"),
]
