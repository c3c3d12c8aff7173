from django.urls import path

from goals import views

app_name = "goals"
urlpatterns = [
    path("goals/", views.goal_list, name="list"),
    path("goals/<int:number>/", views.goal_detail, name="detail"),
    path("goals/<int:number>/compare/", views.compare, name="compare"),
]
