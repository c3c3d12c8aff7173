"""What has to hold of all that the portal keeps, whoever wrote it and however."""
