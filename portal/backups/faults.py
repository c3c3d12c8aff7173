"""The refusals of backups and of their restoring, in words for operators."""


class BackupFault(Exception):
    """Nothing was written, or all of it was taken back; the message says why."""
