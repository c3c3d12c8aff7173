#!/usr/bin/env python3
import logging
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except Exception:
        # As a record: a traceback as it is may repeat what people wrote.
        extra = {"command": sys.argv[1] if len(sys.argv) > 1 else ""}
        logging.getLogger("portal.commands").exception("Command failed", extra=extra)
        sys.exit(1)
