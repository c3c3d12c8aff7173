from django.urls import path

from explorer import (
    counts,
    figures,
    matrix_views,
    open_data,
    outputs,
    terms,
    timeline,
    views,
)
from explorer.continuity import views as continuity

app_name = "explorer"
urlpatterns = [
    path("statements/", views.explore, name="list"),
    path("statements.csv", outputs.statements_csv, name="csv"),
    path("statements.xlsx", outputs.statements_xlsx, name="xlsx"),
    path("statements.json", outputs.statements_json, name="json"),
    path("statements.atom", outputs.statements_atom, name="atom"),
    path("statements/embed/", outputs.embed, name="embed"),
    path("regions.csv", counts.regions_csv, name="regions_csv"),
    path("goals.csv", counts.goals_csv, name="goals_csv"),
    path("matrix.csv", matrix_views.matrix_csv, name="matrix_csv"),
    path("continuity/", continuity.page, name="continuity"),
    path("continuity.csv", continuity.links_csv, name="continuity_csv"),
    path("timeline/", timeline.page, name="timeline"),
    path("timeline.ics", outputs.timeline_ics, name="ics"),
    path("timeline.csv", outputs.timeline_csv, name="timeline_csv"),
    path("figures/", figures.page, name="figures"),
    path("figures.csv", outputs.figures_csv, name="figures_csv"),
    path("regions/", terms.regions, name="regions"),
    path("regions/<slug:slug>/", terms.region, name="region"),
    path("countries/<slug:slug>/", terms.country, name="country"),
    path("themes/", terms.themes, name="themes"),
    path("themes/<slug:slug>/", terms.theme, name="theme"),
    path("data/", open_data.page, name="data"),
]
