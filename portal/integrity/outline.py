"""The outline: order, parents and what follows from them, tags, English."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import F, Q

from portal.backups.tables import plain_rows
from statements.codes import CODE, key_under, sort_key
from statements.fingerprints import fingerprint
from statements.models import Revision, Statement
from statements.models.kinds import PartNature
from statements.models.queries import ENGLISH_IS_MISSING

HASH = re.compile(r"[0-9a-f]{32}")
#: The tags that are inherited together, by those that decide whether.
INHERITED = {"regions": ("regions", "countries"), "themes": ("themes",)}
TITLES_AND_TEXTS = ("title_ko", "text_ko", "title_en", "text_en")


class OutlinePlace(NamedTuple):
    """The columns of a statement that say where it stands."""

    code: str
    kind: str
    position: int
    parent: int | None
    sort_key: str
    parent_kind: str
    root: int | None
    year: int | None
    nature: str


def outline_places() -> dict[int, OutlinePlace]:
    columns = (
        *("code", "kind", "position", "parent_id", "sort_key", "parent_kind"),
        *("root_id", "year", "nature"),
    )
    rows = plain_rows(Statement).order_by().values_list("pk", *columns)
    return {pk: OutlinePlace(*row) for pk, *row in rows.iterator(chunk_size=2000)}


def faults_of_order() -> Iterator[str]:
    """Everything stands where its code, its position and its parent put it."""
    by_pk = outline_places()
    for place in by_pk.values():
        if not CODE.fullmatch(place.code):
            yield f"{place.code}: this is no code"
            continue
        above = by_pk.get(place.parent) if place.parent else None
        for name, right in derived(place, above).items():
            if (kept := getattr(place, name)) != right:
                yield f"{place.code}: {name} is “{kept}” and not “{right}”"


def derived(place: OutlinePlace, above: OutlinePlace | None) -> dict[str, Any]:
    """The columns that follow from the place above, as the model derives them."""
    if above is None:
        nature = PartNature.of_code(place.code)
        return {"sort_key": sort_key(place.code), "nature": nature, "root": None}
    return {
        "sort_key": key_under(above.sort_key, place.position, place.code),
        "parent_kind": above.kind,
        "root": above.root or place.parent,
        "year": above.year,
        "nature": above.nature,
    }


def faults_of_inheritance() -> Iterator[str]:
    """A statement without a region, or without a theme, has those of its parent, if it
    was written after that got them.
    """
    parents = plain_rows(Statement).filter(parent__isnull=False).order_by()
    rows = list(parents.values_list("pk", "parent_id", "code"))
    written = dict(
        Revision.objects.all().latest_each().order_by().values_list("statement", "at")
    )
    for deciding, names in INHERITED.items():
        tags = {name: tags_of(name) for name in names}
        for pk, parent, code in rows:
            is_later = {pk, parent} <= written.keys() and (
                written[pk] >= written[parent]
            )
            if pk in tags[deciding] or not is_later:
                continue
            for name in names:
                if tags[name].get(pk, set()) != tags[name].get(parent, set()):
                    yield f"{code}: without the {name} of its parent"


def tags_of(name: str) -> dict[int, set[int]]:
    field: Any = Statement._meta.get_field(name)
    own, term = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    tags: dict[int, set[int]] = defaultdict(set)
    rows = plain_rows(field.remote_field.through).values_list(own, term)
    for pk, tag in rows.iterator(chunk_size=2000):
        tags[pk].add(tag)
    return dict(tags)


def faults_of_english() -> Iterator[str]:
    """It is known of all English which Korean it was made from."""
    rows = plain_rows(Statement).order_by()
    missing = rows.filter(ENGLISH_IS_MISSING).exclude(en_from="", en_reviewed="")
    for code in missing.values_list("code", flat=True):
        yield f"{code}: a fingerprint of English that is not there"
    columns = ("code", "en_from", "en_reviewed", "ko_hash", "en_hash")
    there = rows.exclude(ENGLISH_IS_MISSING).values_list(*columns, *TITLES_AND_TEXTS)
    for code, made_from, reviewed, ko, en, *texts in there.iterator(chunk_size=2000):
        if not HASH.fullmatch(made_from) or (reviewed and not HASH.fullmatch(reviewed)):
            yield f"{code}: its English is of no Korean"
        if (ko, en) != (fingerprint(*texts[:2]), fingerprint(*texts[2:])):
            yield f"{code}: a fingerprint that is not that of its text"


def faults_of_base_texts() -> Iterator[str]:
    """The column of no language, by which Django itself goes, has the Korean."""
    rows = plain_rows(Statement).order_by()
    for name in ("title", "text", "editor_note"):
        other = rows.filter(~Q(**{name: F(f"{name}_ko")}))
        for code in other.values_list("code", flat=True):
            yield f"{code}: the columns {name} and {name}_ko differ"
