"""Search in Korean and English, on either database; docs/search.md says how."""

from statements.search.highlight import highlight
from statements.search.suggest import suggest

__all__ = ["highlight", "suggest"]
