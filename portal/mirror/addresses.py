"""The addresses of the portal that a copy has, and the places of their files in it."""

from pathlib import PurePosixPath
from urllib.parse import parse_qsl, quote, unquote, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

#: For staff, for programs, for forms: none of them works without the portal.
LEFT_OUT_SPACES = ("admin", "staff", "desk", "api")
LEFT_OUT_NAMES = ("preferences", "set_language")
#: Parts of one long page, each a page of its own in a copy. What else a query string
#: may ask for, in thousands of combinations, is search.
PART_PARAMETERS = {"page", "year", "letter", "chapter", "category", "goal", "text"}
#: The vocabulary, by which files and feeds are offered beside its pages.
FILE_PARAMETERS = PART_PARAMETERS | {"region", "country", "theme"}


def clean_address(path: str, query: str) -> str:
    """One spelling of an address: parameters in order, the first page without one."""
    pairs = sorted(parse_qsl(query))
    asked = urlencode([pair for pair in pairs if pair != ("page", "1")])
    return f"{path}?{asked}" if asked else path


def is_copied(path: str) -> bool:
    """Says whether a path of the portal is one that readers read."""
    with override(language_of_path(path)):
        try:
            match = resolve(unquote(path))
        except Resolver404:
            # The portal is asked for it all the same, and the copy fails by name.
            return True
    is_left_out = match.view_name in LEFT_OUT_NAMES
    return not is_left_out and not set(match.namespaces) & set(LEFT_OUT_SPACES)


def language_of_path(path: str) -> str:
    return get_language_from_path(path) or settings.LANGUAGE_CODE


def place_of(address: str) -> str | None:
    """The path of the address in a copy, without a query string; None where the copy
    has none. `/en/statements/?page=2` is `/en/statements/page-2/` there, and
    `/en/statements.csv?goal=3` is `/en/statements.goal-3.csv`.
    """
    path, _, query = address.partition("?")
    pairs = parse_qsl(query)
    if not is_plain(unquote(path)) or not is_copied(path):
        return None
    if not pairs:
        return path
    is_page = path.endswith("/")
    names = [name for name, _value in pairs]
    known = PART_PARAMETERS if is_page else FILE_PARAMETERS
    is_known = known.issuperset(names) and len(set(names)) == len(names)
    if not is_known or len(set(names) - {"page"}) > 1:
        return None
    if not all(value.replace("-", "").isalnum() for _name, value in pairs):
        return None
    words = [quote(f"{name}-{value}") for name, value in pairs]
    if is_page:
        return f"{path}{'/'.join(words)}/"
    file = PurePosixPath(path)
    return str(file.with_suffix("".join(f".{word}" for word in words) + file.suffix))


def is_plain(path: str) -> bool:
    """True for what is a path below a folder on every system."""
    parts = path.split("/")
    has_signs = any(ord(sign) < 32 or sign in '\\:*"<>|' for sign in path)
    return path.startswith("/") and not has_signs and not {".", ".."} & set(parts)


def file_of(place: str) -> str:
    """The file of a place, from the folder of the copy."""
    path = unquote(place).lstrip("/")
    return f"{path}index.html" if place.endswith("/") else path


def about_copies(path: str) -> str:
    """The page that says what a copy is, in the language of a path."""
    return f"/{language_of_path(path)}/mirror/"
