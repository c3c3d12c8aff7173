"""A text's pieces as they are judged: what was parted and is one quote is joined."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from explorer.quotes.index import QuoteIndex
from explorer.quotes.letter_key import is_long_enough, needles
from explorer.quotes.nearness import near_passages
from explorer.quotes.passages import Passage
from explorer.quotes.pieces import MOST_JOINED, Block, Parting, blocks

#: Words that take back what is said beside them.
DENIAL = re.compile(
    r"않|아니|아님|없|거짓|못|(?<!\S)안\s|\b(?:no|not|never|false|untrue|nor)\b", re.I
)


class QuotePiece(NamedTuple):
    """A tail is too few words for a quote; `is_open` if no more than tails came yet."""

    text: str
    parting: Parting = Parting.LINE
    is_tail: bool = False
    is_open: bool = False


def quote_pieces(text: str, index: QuoteIndex) -> list[str]:
    groups: list[list[QuotePiece]] = []
    for piece in parted_pieces(blocks(text), index):
        last = groups[-1][-1] if groups else None
        if last and belongs(last, piece, index):
            is_open = last.is_open and piece.is_tail
            groups[-1].append(piece._replace(is_open=is_open))
        else:
            groups.append([piece._replace(is_open=piece.is_tail)])
    return ["".join(piece.text for piece in group).strip() for group in groups]


def belongs(last: QuotePiece, piece: QuotePiece, index: QuoteIndex) -> bool:
    """A few words belong to what is beside them, and half a passage to the other half:
    no true line is verbatim that the next one denies or turns into another.
    """
    if denies(last) or denies(piece):
        return True
    if piece.parting < Parting.PARAGRAPH and (piece.is_tail or last.is_open):
        return True
    if piece.parting > Parting.LINE:
        return False
    return is_half(last.text, index, 1) or is_half(piece.text, index, 0)


def denies(piece: QuotePiece) -> bool:
    return piece.is_tail and bool(DENIAL.search(piece.text))


def rest_piece(text: str) -> QuotePiece:
    return QuotePiece(text, is_tail=not is_long_enough(needles(text)[0]))


def is_half(text: str, index: QuoteIndex, side: int) -> bool:
    """True of words of a passage that goes on beyond them on this side."""
    key = needles(text)[0]
    return bool(index.verbatim(key)) and not index.borders(key)[side]


def parted_pieces(rest: list[Block], index: QuoteIndex) -> Iterator[QuotePiece]:
    at = 0
    while at < len(rest):
        parting = rest[at].parting
        # As a source has it: an empty line within what one statement says.
        both = [part for block in rest[at : at + 2] for part in block.parts]
        if len(rest) > at + 1 and len(whole_passages(both, index)) == 1:
            yield QuotePiece("".join(both), parting)
            at += 2
            continue
        for piece in pieces_of_block(rest[at].parts, index):
            yield piece._replace(parting=parting)
            parting = Parting.LINE
        at += 1


def pieces_of_block(parts: list[str], index: QuoteIndex) -> Iterator[QuotePiece]:
    """A block that is one quote is one; else whole passages in it are told apart."""
    if len(parts) > 1 and is_verbatim("".join(parts), index):
        yield rest_piece("".join(parts))
        return
    rest: list[str] = []
    at = 0
    while at < len(parts):
        if size := size_of_whole(parts[at : at + MOST_JOINED], index):
            yield from pieces_of_rest(rest, index)
            rest = []
            yield QuotePiece("".join(parts[at : at + size]))
            at += size
        else:
            rest.append(parts[at])
            at += 1
    yield from pieces_of_rest(rest, index)


def pieces_of_rest(parts: list[str], index: QuoteIndex) -> Iterator[QuotePiece]:
    """Lines that are each near to another passage are each a quote; else all are one
    together.
    """
    codes = [nearest_code(part, index) for part in parts] if are_long(parts) else []
    if codes and None not in codes and all(a != b for a, b in pairwise(codes)):
        yield from map(rest_piece, parts)
    elif parts:
        yield rest_piece("".join(parts))


def size_of_whole(parts: list[str], index: QuoteIndex) -> int:
    """The most parts, from the first on, that are whole passages; 0 if none are."""
    if not index.opens(needles("".join(parts))[0]):
        return 0
    sizes = range(len(parts), 0, -1)
    return next((n for n in sizes if whole_passages(parts[:n], index)), 0)


def whole_passages(parts: list[str], index: QuoteIndex) -> list[Passage]:
    found = (index.whole(key) for key in needles("".join(parts)) if key)
    return next(filter(None, found), [])


def is_verbatim(text: str, index: QuoteIndex) -> bool:
    return any(index.verbatim(key) for key in needles(text) if key)


def are_long(parts: list[str]) -> bool:
    return all(is_long_enough(needles(part)[0]) for part in parts)


def nearest_code(text: str, index: QuoteIndex) -> str | None:
    key = needles(text)[0]
    passages = index.verbatim(key) or near_passages(key, index)
    return passages[0].code if passages else None
