"""How long the body of a request to a view may be."""

from collections.abc import Callable
from typing import TypeVar

KB = 1024
#: A reader sends choices and passwords; a form of the desk has texts.
LARGEST_OF_READERS = 64 * KB
LARGEST_OF_DESK = 1024 * KB
#: What a form with a file sends beside the file, and a file that is a little too large:
#: the form says so better.
MARGIN = 512 * KB

View = TypeVar("View", bound=Callable[..., object])


def takes_files(largest: int) -> Callable[[View], View]:
    """Lets people who are signed in send the view as many bytes, and some more."""

    def mark(view: View) -> View:
        view.__dict__["largest_body"] = largest + MARGIN
        return view

    return mark
