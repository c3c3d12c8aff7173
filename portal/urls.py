from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView, TemplateView

from explorer.exports import data_page
from portal import preferences, views
from portal.home.views import home
from portal.look import look
from portal.sitemaps import sitemap_index, sitemap_part
from portal.version import VERSION

#: What the pages about the site tell of it.
FACTS_OF_SITE = {"version": VERSION, "report_days": settings.REPORT_RETENTION_DAYS}

handler400 = "portal.failures.pages.bad_request"
handler403 = "portal.failures.pages.forbidden"
handler404 = "portal.failures.pages.not_found"
handler500 = "portal.failures.pages.server_error"

# For machines and staff: one address, whatever the language.
urlpatterns = [
    path("", views.root, name="root"),
    path("admin/", include("desk.staff_urls")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", sitemap_part, name="sitemap_part"),
    path("look.css", look, name="look"),
    path("preferences/", preferences.choose_preferences, name="preferences"),
    path("api/v1/", include("explorer.api.urls")),
    path("data/catalog.jsonld", data_page.download_catalog, name="catalog"),
    path("data/statements.<str:ending>", data_page.download_corpus, name="download"),
    path("robots.txt", views.robots, name="robots"),
]

# For readers: the same paths under /ko/ and /en/.
urlpatterns += i18n_patterns(
    path("", home, name="home"),
    path("plain-language/", views.plain_language, name="plain-language"),
    # The page's address until version 0.12.
    path(
        "easy/",
        RedirectView.as_view(pattern_name="plain-language", permanent=True),
        name="easy",
    ),
    *(
        path(
            f"{name}/",
            TemplateView.as_view(
                template_name=f"portal/{name}.html", extra_context=FACTS_OF_SITE
            ),
            name=name,
        )
        for name in ("about", "accessibility", "privacy", "copyright", "mirror")
    ),
    path("", include("goals.urls")),
    path("", include("achievements.urls")),
    path("", include("explorer.urls")),
    path("", include("statements.urls")),
    path("", include("desk.urls")),
)

if settings.DEBUG:
    urlpatterns += i18n_patterns(
        path("styleguide/", views.styleguide, name="styleguide"),
    )
