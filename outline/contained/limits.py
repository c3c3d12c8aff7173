"""The limits of a child process that reads a file."""

import resource
import sys
from typing import NamedTuple

MB = 1024 * 1024


class Limits(NamedTuple):
    """`seconds` are of the processor, `patience` those by the clock; the rest is in
    bytes.
    """

    seconds: int = 5
    patience: int = 20
    memory: int = 256 * MB
    content: int = 6 * MB
    output: int = 4 * MB


LIMITS = Limits()


def confine(limits: Limits) -> None:
    """Takes from this process, for good, what it does not need to read a file that it
    has open already: it opens and writes no other, and has no connection.

    Only Linux keeps all of it. macOS knows no limit of memory; there the process has
    the others, and the parent’s patience.
    """
    wanted = {
        resource.RLIMIT_CPU: limits.seconds,
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 0,
    }
    for kind, most in wanted.items():
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):
            if sys.platform == "linux":
                raise
