"""Two texts → what was left out and what was added, word by word, so that it can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

import msgspec

from bindery.stories.wording import WIDE_LETTERS

MOST_WORDS = 6_000
"""Words of a text that is compared word by word; of a longer one whole paragraphs are, so that no text costs more than a second."""
SHORTEST_SAME = 2
"""Words between two changes that are read with them: a sentence changed in every other word is another sentence."""
BREAK = "\n"
_WORD = re.compile(rf"\n|[{WIDE_LETTERS}][^\S\n]*|[^\s{WIDE_LETTERS}]+[^\S\n]*|[^\S\n]+")

How = Literal["same", "removed", "added"]


class Piece(msgspec.Struct, frozen=True):
    how: How
    text: str


class Paragraph(msgspec.Struct, frozen=True):
    """`pieces` is empty for paragraphs that are the same in both: `same_count` of them stand here."""

    pieces: tuple[Piece, ...]
    same_count: int = 0


def difference(before: Sequence[str], after: Sequence[str]) -> tuple[Paragraph, ...]:
    """Of paragraphs without mark-up. Empty where they are the same."""
    pieces = list(_pieces(_words(before), _words(after)))
    if all(piece.how == "same" for piece in pieces):
        return ()
    paragraphs = list(_paragraphs(pieces))
    found: list[Paragraph] = []
    for is_same, group in groupby(paragraphs, key=lambda one: all(piece.how == "same" for piece in one)):
        listed = list(group)
        found += [Paragraph((), len(listed))] if is_same else [Paragraph(tuple(one)) for one in listed]
    return tuple(found)


def _words(paragraphs: Sequence[str]) -> list[str]:
    texts = [" ".join(text.split()) for text in paragraphs]
    if sum(map(len, texts)) > 4 * MOST_WORDS and sum(len(_WORD.findall(text)) for text in texts) > MOST_WORDS:
        return [word for text in texts for word in (text, BREAK)]
    return [word for text in texts for word in (*_WORD.findall(text), BREAK)]


def _pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    """Runs of words, in order; what was left out stands before what took its place."""
    for removed, added in _runs(before, after):
        if removed is added:
            yield Piece("same", "".join(added))
            continue
        if removed:
            yield Piece("removed", "".join(removed))
        if added:
            yield Piece("added", "".join(added))


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """What stood there and what stands there now: the same lists where nothing changed. Changes with little between them are one."""
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 - for the few pages that were captured again

    stripped = [[word.strip() or word for word in words] for words in (before, after)]
    changed: tuple[list[str], list[str]] = ([], [])
    opcodes = list(LCSseq.opcodes(*stripped))
    for number, code in enumerate(opcodes):
        words = list(after[code.dest_start : code.dest_end])
        is_between = 0 < number < len(opcodes) - 1 and len(words) <= SHORTEST_SAME and BREAK not in words
        if code.tag == "equal" and not is_between:
            if changed != ([], []):
                yield changed
            yield words, words
            changed = ([], [])
        else:
            changed[0].extend(before[code.src_start : code.src_end])
            changed[1].extend(words)
    if changed != ([], []):
        yield changed


def _paragraphs(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces of each paragraph; a piece that runs over its end is divided."""
    here: list[Piece] = []
    for piece in pieces:
        texts = piece.text.split(BREAK)
        for number, text in enumerate(texts):
            if text:
                here.append(Piece(piece.how, text))
            if number < len(texts) - 1 and here:
                yield here
                here = []
    if here:
        yield here
