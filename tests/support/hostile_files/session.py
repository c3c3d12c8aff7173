"""Signs somebody in at a database; prints the cookie.

DATABASE_URL=… python -m tests.support.hostile_files.session
"""

import sys

import django

if __name__ == "__main__":
    django.setup()

from django.conf import settings
from django.contrib.auth.models import User

from tests.support.staff import signed_in

if __name__ == "__main__":
    client = signed_in(User.objects.get(username="staff"))
    name = settings.SESSION_COOKIE_NAME
    sys.stdout.write(f"{name}={client.cookies[name].value}")
