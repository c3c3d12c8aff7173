from django.urls import path
from django.views.generic import RedirectView

from explorer.charts import count_files, figures, matrix_file, timeline
from explorer.continuity import unlinked
from explorer.continuity import views as continuity
from explorer.exports import change_feed, comparison_files, data_page
from explorer.exports import views as exports
from explorer.quotes import views as quotes
from explorer.quotes import words
from explorer.results import views as results
from explorer.topics import views as topics

app_name = "explorer"
to_topics = RedirectView.as_view(pattern_name="explorer:topics", permanent=True)
urlpatterns = [
    path("statements/", results.explore, name="list"),
    path("statements.csv", exports.statements_csv, name="csv"),
    path("statements.xlsx", exports.statements_xlsx, name="xlsx"),
    path("statements.json", exports.statements_json, name="json"),
    path("statements.atom", exports.statements_atom, name="atom"),
    path("changes.atom", change_feed.changes_atom, name="changes_atom"),
    path("changes.csv", comparison_files.changes_csv, name="changes_csv"),
    path("changes.json", comparison_files.changes_json, name="changes_json"),
    path("compare.csv", comparison_files.compare_csv, name="compare_csv"),
    path("compare.json", comparison_files.compare_json, name="compare_json"),
    path("statements/embed/", exports.embed, name="embed"),
    path("regions.csv", count_files.regions_csv, name="regions_csv"),
    path("goals.csv", count_files.goals_csv, name="goals_csv"),
    path("matrix.csv", matrix_file.matrix_csv, name="matrix_csv"),
    path("continuity/", continuity.continuity_page, name="continuity"),
    path("continuity/unlinked/", unlinked.unlinked_page, name="unlinked"),
    path("continuity/unlinked.csv", unlinked.unlinked_csv, name="unlinked_csv"),
    path("continuity.csv", continuity.links_csv, name="continuity_csv"),
    path("timeline/", timeline.timeline_page, name="timeline"),
    path("timeline/passed/", timeline.passed_plans_page, name="passed_dates"),
    path("timeline.ics", exports.timeline_ics, name="ics"),
    path("timeline.csv", exports.timeline_csv, name="timeline_csv"),
    path("figures/", figures.figures_page, name="figures"),
    path("figures.csv", exports.figures_csv, name="figures_csv"),
    path("topics/", topics.topics_page, name="topics"),
    path("regions/", to_topics, name="regions"),
    path("regions/<slug:slug>/", topics.region_page, name="region"),
    path("countries/<slug:slug>/", topics.country_page, name="country"),
    path("themes/", to_topics, name="themes"),
    path("themes/<slug:slug>/", topics.theme_page, name="theme"),
    path("quotes/", quotes.quotes_page, name="quotes"),
    path("words/", words.words_page, name="words"),
    path("words.csv", words.words_csv, name="words_csv"),
    path("data/", data_page.data_page, name="data"),
]
