"""Kept lines → paragraphs: wrapped lines joined, headings and list items recognised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bindery.ingest.clean.shape import TERMINAL, WIDE, Shape
from bindery.ingest.draft import Paragraph, ParagraphForm, Verdict

LONGEST_HEADING = 160
"""Units; the longest heading inside a text of 37 pages has 113."""

NARROWEST_WRAP, WIDEST_WRAP = 45, 130
"""Units of a full line in a page wrapped at 50–120 columns; a page captured from a browser has a paragraph a line."""

FULL_LINE = 0.75
"""Share of the page's widest line that a line must fill to have been broken by its width: a shorter one ends its paragraph."""

BULLET = re.compile(r"^[•·▪■□●○◆◎►▶*‣⁃–-]\s*(?=\S)")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f]+")


def paragraphs(shapes: Sequence[Shape], verdicts: Sequence[Verdict]) -> tuple[Paragraph, ...]:
    """The body, in order."""
    kept = [shape for shape, verdict in zip(shapes, verdicts, strict=True) if verdict.label == "body"]
    groups = _groups(kept)
    return tuple(_paragraph(group, groups[place + 1] if place + 1 < len(groups) else None) for place, group in enumerate(groups))


def _groups(kept: Sequence[Shape]) -> list[list[Shape]]:
    """Lines that make one paragraph."""
    widest = _wrap_width(kept)
    groups: list[list[Shape]] = []
    for shape in kept:
        if groups and widest and _wrapped(groups[-1][-1], shape, widest):
            groups[-1].append(shape)
        else:
            groups.append([shape])
    return groups


def _wrap_width(kept: Sequence[Shape]) -> int:
    """Units of the widest line of a hard-wrapped page, 0 for a page with a paragraph a line."""
    runs = [shape for shape, after in pairwise(kept) if after.line.number == shape.line.number + 1]
    widest = max((shape.units for shape in kept), default=0)
    return widest if len(runs) >= 2 and NARROWEST_WRAP <= widest <= WIDEST_WRAP else 0


def _wrapped(line: Shape, after: Shape, widest: int) -> bool:
    """Whether `after` goes on with the paragraph of `line`: the next line, `line` being full, or broken off in a sentence."""
    if after.line.number != line.line.number + 1 or BULLET.match(after.text):
        return False
    return line.units >= FULL_LINE * widest or (after.text[0].islower() and not TERMINAL.search(line.text[-40:]))


def _paragraph(group: Sequence[Shape], after: Sequence[Shape] | None) -> Paragraph:
    text = group[0].text
    for shape in group[1:]:
        text += ("" if WIDE.match(text[-1]) and WIDE.match(shape.text[0]) else " ") + shape.text
    text = _SPACES.sub(" ", text)
    form = _form(text, group[0], after)
    return Paragraph(BULLET.sub("", text) if form == "item" else text, tuple(shape.line.number for shape in group), form)


def _form(text: str, first: Shape, after: Sequence[Shape] | None) -> ParagraphForm:
    if BULLET.match(text) and not text.startswith(("—", "–", "--")):
        return "item"
    if after is None or first.prose or first.units > LONGEST_HEADING or TERMINAL.search(text[-40:]) or text[-1] in ",，、;；":
        return "text"
    return "heading" if after[0].prose and text[-1] not in ":：" else "text"
