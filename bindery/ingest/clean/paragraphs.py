"""Kept lines → paragraphs, with headings and list items recognised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from bindery.ingest.clean.shape import TERMINAL, Shape
from bindery.ingest.draft import Paragraph, ParagraphForm, Verdict

LONGEST_HEADING = 160
"""Units; the longest heading inside a text of 37 pages has 113."""

BULLET = re.compile(r"^[•·▪■□●○◆◎►▶*‣⁃–-]\s*(?=\S)")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f]+")


def paragraphs(shapes: Sequence[Shape], verdicts: Sequence[Verdict]) -> tuple[Paragraph, ...]:
    """The body, in order; `verdicts` are those of the shapes."""
    kept = [shape for shape, verdict in zip(shapes, verdicts, strict=True) if verdict.label == "body"]
    return tuple(_paragraph(shape, after) for shape, after in zip_longest(kept, kept[1:]))


def _paragraph(shape: Shape, after: Shape | None) -> Paragraph:
    text = shape.text if shape.text.isascii() else _SPACES.sub(" ", shape.text)
    form = _form(shape, after)
    return Paragraph(BULLET.sub("", text) if form == "item" else text, tuple(line.number for line in shape.lines), form)


def _form(shape: Shape, after: Shape | None) -> ParagraphForm:
    """A bullet makes an item (a dash may open speech instead); a short line without a stop above a sentence is a heading."""
    if BULLET.match(shape.text) and not shape.text.startswith(("—", "–", "--")):
        return "item"
    if after is None or not after.prose or shape.prose or shape.units > LONGEST_HEADING:
        return "text"
    return "text" if TERMINAL.search(shape.text[-40:]) or shape.text[-1] in ":：,，、;；" else "heading"
