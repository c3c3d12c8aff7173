from django.urls import path

from achievements import views

app_name = "achievements"
urlpatterns = [
    path("achievements/", views.AchievementList.as_view(), name="achievements"),
    path("tasks/", views.TaskList.as_view(), name="tasks"),
]
