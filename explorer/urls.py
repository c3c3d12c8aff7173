from django.urls import path

from explorer import topics
from explorer.charts import count_files, figures, matrix_file, timeline
from explorer.continuity import views as continuity
from explorer.exports import change_feed, data_page
from explorer.exports import views as exports
from explorer.quotes import views as quotes
from explorer.quotes import words
from explorer.results import views as results

app_name = "explorer"
urlpatterns = [
    path("statements/", results.explore, name="list"),
    path("statements.csv", exports.statements_csv, name="csv"),
    path("statements.xlsx", exports.statements_xlsx, name="xlsx"),
    path("statements.json", exports.statements_json, name="json"),
    path("statements.atom", exports.statements_atom, name="atom"),
    path("changes.atom", change_feed.changes_atom, name="changes_atom"),
    path("statements/embed/", exports.embed, name="embed"),
    path("regions.csv", count_files.regions_csv, name="regions_csv"),
    path("goals.csv", count_files.goals_csv, name="goals_csv"),
    path("matrix.csv", matrix_file.matrix_csv, name="matrix_csv"),
    path("continuity/", continuity.continuity_page, name="continuity"),
    path("continuity.csv", continuity.links_csv, name="continuity_csv"),
    path("timeline/", timeline.timeline_page, name="timeline"),
    path("timeline.ics", exports.timeline_ics, name="ics"),
    path("timeline.csv", exports.timeline_csv, name="timeline_csv"),
    path("figures/", figures.figures_page, name="figures"),
    path("figures.csv", exports.figures_csv, name="figures_csv"),
    path("regions/", topics.regions_page, name="regions"),
    path("regions/<slug:slug>/", topics.region_page, name="region"),
    path("countries/<slug:slug>/", topics.country_page, name="country"),
    path("themes/", topics.themes_page, name="themes"),
    path("themes/<slug:slug>/", topics.theme_page, name="theme"),
    path("quotes/", quotes.quotes_page, name="quotes"),
    path("words/", words.words_page, name="words"),
    path("words.csv", words.words_csv, name="words_csv"),
    path("data/", data_page.data_page, name="data"),
]
