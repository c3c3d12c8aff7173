from django.urls import path, register_converter

from goals import views
from statements.codes import GOAL_KEY, goal_code, goal_key


class GoalConverter:
    """A goal by its code; of the first document of goals, by its number alone."""

    regex = GOAL_KEY

    def to_python(self, value: str) -> str:
        return goal_code(value)

    def to_url(self, code: str) -> str:
        return goal_key(code)


register_converter(GoalConverter, "goal")

app_name = "goals"
urlpatterns = [
    path("goals/", views.goal_list, name="list"),
    path("goals/<goal:code>/", views.goal_detail, name="detail"),
    path("goals/<goal:code>/compare/", views.compare, name="compare"),
]
