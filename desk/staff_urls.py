from django.urls import include, path

from desk import manual
from desk.accounts.changes.first_password_page import first_password
from desk.proposals import batch_review
from desk.sessions import views
from desk.status.views import show_status

# Under /admin/, in the language of the person at the desk.
app_name = "staff"
urlpatterns = [
    path("manual/", manual.show, name="manual"),
    path("first-password/", first_password, name="first_password"),
    path("sessions/", views.sessions, name="sessions"),
    path("status/", show_status, name="status"),
    path("approving/", batch_review.approving, name="approving"),
    path("translations/", include("desk.translations.urls")),
    path("bulk/", include("desk.bulk.urls")),
    path("tracking/", include("desk.upkeep.urls")),
    path("documents/", include("desk.documents.urls")),
    path("linking/", include("desk.links.urls")),
    path("intake/", include("desk.intake.urls")),
]
