"""Text → lines of a plain e-mail: none wider than 76, no address broken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

WIDTH = 76
"""Columns of a line. RFC 5322 2.1.1 wants at most 78 characters; an answer puts "> " before each."""
_WIDE = "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
"""Letters a line may break between."""
_NEVER_FIRST = "[、。，．：；！？）」』】》〉’”…・ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ]"
"""Marks that do not begin a line in Chinese and Japanese: they stay with the letter before them (JIS X 4051)."""
_PIECE = re.compile(rf"\s+|{_WIDE}{_NEVER_FIRST}*|(?:(?!{_WIDE})\S)+{_NEVER_FIRST}*")
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
    for piece in _PIECE.findall(text.strip()):
        if width(piece) <= most or _ADDRESS.match(piece):
            yield piece
        else:
            yield from (piece[at : at + most // 2] for at in range(0, len(piece), most // 2))
