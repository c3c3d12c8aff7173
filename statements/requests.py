"""The request as the portal's middleware hands it to views and filters."""

from django.http import HttpRequest

from statements.models import DataVersion


class PortalRequest(HttpRequest):
    """For annotations: every request that a view gets has a name and a `data_version`.

    `portal.logs.middleware` gives it its `id`, which every record of it repeats.
    `portal.middleware.add_data_version` sets the version, read once and only if
    something asks; None stands for a database in which nothing was loaded yet.
    """

    id: str
    data_version: DataVersion | None
