from django.urls import path

from desk.intake import facts_page, views

# Under /admin/intake/.
urlpatterns = [
    path("", views.list_intakes, name="intakes"),
    path("<int:intake>/", views.edit_working_text, name="intake"),
    path("<int:intake>/working-text.txt", views.download_text, name="intake_text"),
    path("<int:intake>/original", views.download_original, name="intake_original"),
    path("<int:intake>/facts/", facts_page.edit_facts, name="intake_facts"),
    path("<int:intake>/cancel/", views.cancel_intake, name="intake_cancel"),
]
