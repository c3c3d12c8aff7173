"""The version of the portal's program, as CHANGELOG.md tells it."""

VERSION = "0.12.0"
