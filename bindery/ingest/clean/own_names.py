"""Shapes → what a page calls its own outlet, in masthead and foot: a credit that prints such a name is an outlet's.

The name alone is no credit: every page of a site has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bindery.ingest.clean.credit import Meta
from bindery.ingest.clean.formulas import Marks
from bindery.ingest.clean.lexicon import fields, folded, menu
from bindery.ingest.clean.shape import Shape
from bindery.ingest.clean.title_text import squash

MASTHEAD_DEPTH = 3
"""Lines from the top among which a page has its masthead."""

FOOT_DEPTH = 8
"""Lines from the end among which it has its foot."""

LONGEST_NAME = 6
"""Words of an outlet's name."""

FEWEST_LETTERS, LONGEST_LETTERS = 3, 45

_CELL = re.compile(r"\s*[|｜¦·•▸►☰]\s*|\s*[>»›→]\s*|\s[/–—-]\s|\s{2,}")
_SEGMENT = re.compile(
    r"\s*(?:[|｜¦·•,，。;；:：©ⓒ()（）\[\]《》「」!]|\.(?=\s|$)|\s[-–—/]\s|\s{2,}|\bcopyrights?\b|\ball rights reserved\b|版权所有|版權所有"
    r"|(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?|\s(?:is|are|by)\s)\s*",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"([^,.:;|]{3,45}?)(?:\s(?:is|was|est|ist|es|è|é)\s|,\s(?:a|an|the|part|dépôt|published|member)\b)")
_TOLD = (
    r"\b(?:told|tells|informed|(?:interview|spoke|speaking|talk(?:ed|ing)?|said|explained|according) (?:to|with|in)"
    r"|(?:seen|obtained|contacted|reviewed) by) (?:the )?"
)
"""How a text speaks of its own outlet."""


def own_names(shapes: Sequence[Shape], marks: Marks, metas: Sequence[Meta | None], head: int) -> Mapping[str, str]:
    """Names as printed by their letters alone; `head` lines stand above the headline."""
    masthead = [shape for shape, meta in zip(shapes[: min(head, MASTHEAD_DEPTH)], metas, strict=False) if meta is None]
    found = (*_of_head(masthead), *_of_foot(shapes, marks, max(head + 1, len(shapes) - FOOT_DEPTH)))
    return {squash(name): name for name in reversed(found) if _may_be_name(name)}


def _of_head(shapes: Sequence[Shape]) -> Iterator[str]:
    """The first cell of each line."""
    yield from (_CELL.split(shape.raw, maxsplit=1)[0] for shape in shapes if shape.short and not shape.prose)


def _of_foot(shapes: Sequence[Shape], marks: Marks, start: int) -> Iterator[str]:
    """Every part of a line of copyright, what another line speaks of: 'Gulf Ramp News is a title of …'."""
    for index in range(start, len(shapes)):
        shape, mark = shapes[index], marks[index]
        if shape.short:
            if mark and mark.rule in ("copyright", "licence-number", "legal-and-cookies"):
                yield from _SEGMENT.split(shape.raw)
            elif match := _SPEAKS.match(shape.text):
                yield match[1]


def _may_be_name(text: str) -> bool:
    low = folded(text)
    capital = not text.isascii() or any(map(str.isupper, text[:3]))
    fits = len(text) <= LONGEST_LETTERS and text.count(" ") < LONGEST_NAME and len(squash(text)) >= FEWEST_LETTERS
    return fits and capital and low not in menu() and low not in fields() and not any(map(str.isdigit, text))


def spoken_of(names: Mapping[str, str], text: str) -> str | None:
    """The name by which a text speaks of its own outlet: '… Imran Qureshi told Gulf Ramp News'."""
    for name in names.values():
        if name in text and re.search(_TOLD + re.escape(name) + r"(?!\w)", text):
            return name
    return None
