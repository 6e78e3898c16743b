"""Text → lines of a plain e-mail: none wider than 76, no address broken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bindery.publish import breaking

WIDTH = 76
"""Columns of a line. RFC 5322 2.1.1 wants at most 78 characters; an answer puts "> " before each."""
_ADDRESS = re.compile(r"\w+://|www\.")


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """One paragraph as lines; a word that is no address and wider than a line is cut. `first` stands before the first line."""
    lines, line = [], first if first is not None else indent
    start, room = len(line), False
    for piece in _pieces(text, WIDTH - width(indent)):
        if piece.isspace():
            room = len(line) > start
            continue
        if len(line) > start and width(line) + room + width(piece) > WIDTH:
            lines.append(line)
            line, start, room = indent, len(indent), False
        line += f" {piece}" if room else piece
        room = False
    return "\n".join([*lines, line])


def width(text: str) -> int:
    """In columns: a wide letter takes two, a mark above another none."""
    return sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _pieces(text: str, most: int) -> Iterator[str]:
    for piece in breaking.pieces(text.strip()):
        if width(piece) <= most or _ADDRESS.match(piece):
            yield piece
        else:
            yield from (piece[at : at + most // 2] for at in range(0, len(piece), most // 2))
