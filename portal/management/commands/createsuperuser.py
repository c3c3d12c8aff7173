"""Django's command, in one language: half of its words are not translated."""

from django.contrib.auth.management.commands import createsuperuser
from django.core.management.base import no_translations


class Command(createsuperuser.Command):
    help = "Asks in English for the name and password of a first account."
    handle = no_translations(createsuperuser.Command.handle)
