"""Text → the pieces a line may end after: words, and in Chinese and Japanese every letter with the marks that follow it."""

from __future__ import annotations

import re

_WIDE = "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
"""Letters a line may break between."""
_NEVER_FIRST = "[、。，．：；！？）」』】》〉’”…・ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ]"
"""Marks that do not begin a line in Chinese and Japanese: they stay with the letter before them (JIS X 4051)."""
_PIECE = re.compile(rf"\s+|{_WIDE}{_NEVER_FIRST}*|(?:(?!{_WIDE})\S)+{_NEVER_FIRST}*")


def pieces(text: str) -> list[str]:
    """In order, runs of white space among them; joined they are the text.

    >>> pieces("met 两江。 now")
    ['met', ' ', '两', '江。', ' ', 'now']
    """
    return _PIECE.findall(text)
