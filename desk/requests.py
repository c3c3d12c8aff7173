"""The request as the views of the desk get it."""

from django.contrib.auth.models import User

from statements.requests import PortalRequest


class StaffRequest(PortalRequest):
    """For annotations: `staff_page` turns away everybody who is no user of the desk,
    so that a view behind it always has a User.
    """

    user: User
