from django.urls import include, path

from desk import approving, manual

# Under /admin/, in the language of the person at the desk.
app_name = "staff"
urlpatterns = [
    path("manual/", manual.show, name="manual"),
    path("approving/", approving.approving, name="approving"),
    path("translations/", include("desk.translations.urls")),
    path("bulk/", include("desk.bulk.urls")),
    path("tracking/", include("desk.tracking.urls")),
    path("linking/", include("desk.linking.urls")),
]
