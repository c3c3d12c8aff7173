"""The index as of each version of the data, kept in memory."""

from explorer.results.facet_index import FacetIndex
from explorer.results.index_patch import patched_index
from statements.requests import PortalRequest
from statements.version_cache import VersionCache

indexes: VersionCache[FacetIndex] = VersionCache()


def facet_index(request: PortalRequest) -> FacetIndex:
    """The index as of the request's version of the data."""
    return indexes.followed(
        request.data_version,
        lambda: FacetIndex(request),
        lambda former, changed: patched_index(former, changed.statement_ids, request),
    )
