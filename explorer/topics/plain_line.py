"""The line of the plain-language summary that a topic's page begins with."""

from collections.abc import Collection
from typing import NamedTuple

from statements.corpus.plain_texts import plain_texts
from statements.models import Country, Region, Theme


class PlainLine(NamedTuple):
    text: str
    codes: list[str]


def plain_line(
    topic: Region | Country | Theme, codes: Collection[str], language: str
) -> PlainLine | None:
    """The line that rests on none but these statements, by the highest of them; what
    rests on others too says more than is said of the topic. It names the topic, since
    a statement may be about several.
    """
    name = topic.name_ko.partition("·")[0]
    points = [
        point
        for goal in plain_texts()["goal"]
        for point in goal["points"]
        if set(point["codes"]) <= set(codes) and name in point["ko"]
    ]
    if not points:
        return None
    point = min(points, key=lambda point: str(point["codes"][0]).count("."))
    return PlainLine(point[language], point["codes"])
