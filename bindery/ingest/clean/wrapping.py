"""Lines → logical lines: a paragraph that was broken by its width is one line again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bindery.ingest.clean.shape import TERMINAL, WIDE
from bindery.model import Line

NARROWEST, WIDEST = 45, 130
"""Units of the widest line of a text wrapped at 50–120 columns; a page captured from a browser has a paragraph a line."""

CREDIT = re.compile(
    r"(?:(?:posted|published|written|reported|submitted|story|text|words|photos?)\s)?(?:by|von|par|por|di|oleh|door|on)\b:?\s+[^\W_a-z][^|]{1,40}(?:\||$)"
)
"""A credit in lower case: 'posted by Anna Berg | March 12' under a headline does not go on with it."""

ITEM = re.compile(r"[・○●◎■□◆◇▲△▶►▪•※➢✓◦･*·]|[-–—]\s|[(（]?(?:\d{1,2}|[一二三四五六七八九十])[)）.、]\s?\D|[①-⑳]")
"""How an item of a list begins: a line of its own, however full the one above it."""

HYPHENATED = re.compile(r"[^\W\d_]{2}-$")

FULL = 0.75
"""Share of the widest line that a line fills if its width broke it: a shorter one ends its paragraph."""


def logical_lines(lines: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    """Each non-blank line alone, or with the lines that go on with it."""
    for block in _blocks(lines):
        yield from _joined(block) if _is_wrapped(block) else ((line,) for line in block)


def _blocks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Runs of non-blank lines without a blank one between."""
    block: list[Line] = []
    for line in lines:
        if line.text.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_wrapped(block: Sequence[Line]) -> bool:
    """Somewhere a full line breaks off in the middle of a sentence, and no line is longer than a printed one."""
    if len(block) < 2 or max(len(line.text) for line in block) > WIDEST:
        return False
    widest = _widest(block)
    return NARROWEST <= widest <= WIDEST and any(_breaks_off(line, after, widest) for line, after in pairwise(block))


def _breaks_off(line: Line, after: Line, widest: int) -> bool:
    """A full line without a stop, and the next begins in lower case; in scripts without case it is as wide as the widest."""
    text, following = line.text.strip(), after.text.strip()
    if ITEM.match(following):
        return False
    if not _is_full(line, widest) or TERMINAL.search(text[-40:]) or not (text[-1].isalnum() or text[-1] in ",，、;；-–—"):
        return False
    wide = WIDE.match(following) is not None and WIDE.match(text[-1]) is not None
    return (following[0].islower() and not CREDIT.match(following)) or (wide and _units(text) >= widest - 2)


def _joined(block: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    widest = _widest(block)
    group: tuple[Line, ...] = ()
    for line in block:
        if group and _ends_before(line, group, widest, headline=group == (block[0],)):
            yield group
            group = ()
        group = (*group, line)
    yield group


def _ends_before(line: Line, group: Sequence[Line], widest: int, *, headline: bool) -> bool:
    """A paragraph ends with a line that is not full, before an item of a list, or as a headline before a credit.

    'Munici-' goes on with 'pality of …', however short its line.
    """
    text = line.text.strip()
    if HYPHENATED.search(group[-1].text.rstrip()) and text[0].islower():
        return False
    return ITEM.match(text) is not None or (headline and CREDIT.match(text) is not None) or not _is_full(group[-1], widest)


def _widest(block: Sequence[Line]) -> int:
    return max(_units(line.text.strip()) for line in block)


def _is_full(line: Line, widest: int) -> bool:
    return _units(line.text.strip()) >= FULL * widest


def _units(text: str) -> int:
    """Length, a wide letter counted twice."""
    return len(text) if text.isascii() else len(text) + len(WIDE.findall(text))
