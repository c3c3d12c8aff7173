"""The length of the body that a request to a view may have."""

from collections.abc import Callable
from typing import TypeVar

KB = 1024
#: A reader sends choices and passwords; a form of the desk has texts.
LARGEST_OF_READERS = 64 * KB
LARGEST_OF_DESK = 1024 * KB
#: What a form with a file sends beside the file, and a file that is a little too large:
#: the form says so better.
MARGIN = 512 * KB

FileView = TypeVar("FileView", bound=Callable[..., object])


def takes_files(largest: int) -> Callable[[FileView], FileView]:
    """Lets people who are signed in send the view as many bytes, and some more."""

    def mark(view: FileView) -> FileView:
        view.__dict__["largest_body"] = largest + MARGIN
        return view

    return mark
