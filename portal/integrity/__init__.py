"""The nightly check of all that the portal keeps, whoever wrote it and however."""
