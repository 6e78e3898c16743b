"""Text → the words an index needs to find Chinese, Japanese and Korean: overlapping pairs of characters.

Such text has no spaces, so an index of words would know only whole clauses. A run of its characters is indexed as all its
pairs in order, "重庆市" as 重庆 · 庆市 and the last character alone, and a query is split the same way (static/js/search-words.js):
what stands in the text is found whatever part of it is asked for, and nothing that does not stand there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

SIGN = "\ua840"
"""PHAGS-PA LETTER KA, before every pair: Pagefind falls back on the beginning of a word it does not know, and no other word begins so."""
VOICED = {"\u3099": "\ua841", "\u309a": "\ua842"}
"""Pagefind drops accents, and takes the two marks that make バ and パ of ハ for such: they are written as letters."""
BREAK = "·"
"""Counts as a word, so that a phrase never runs from one stretch of text into the next."""

_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
)
"""Han, kana and Hangul; not the middle dot and the full stop between them. The same in search-words.js."""
_STRETCH = re.compile(rf"(?<![^\W_])[^\W_]*[{_CJK}][^\W_]*")
_PIECE = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_EAST_ASIAN = re.compile(f"[{_CJK}]")
_KANA_MARK = re.compile("[\u3099\u309a]")


def index_words(texts: Iterable[str]) -> str:
    """What is indexed for the East Asian stretches of these texts, each once; empty when they have none."""
    normal = [unicodedata.normalize("NFKC", text) for text in texts if not text.isascii()]
    found = dict.fromkeys(stretch for text in normal for stretch in _STRETCH.findall(text))
    return f" {BREAK} ".join(" ".join(_words(stretch)) for stretch in found)


def plain_words(text: str) -> str:
    """The same pairs as plain words, for an index that looks for nothing else than what was asked: 重庆市 as 重庆 庆市 市.

    A query for a run is a phrase of its pairs; what ends in one character alone is the beginning of a word.
    """
    stretches = _STRETCH.findall(unicodedata.normalize("NFKC", text))
    return f" {SIGN} ".join(" ".join(word for piece in _PIECE.findall(stretch) for word in run_words(piece)) for stretch in stretches)


def run_words(piece: str) -> list[str]:
    """The pairs of a run of East Asian characters and the last of them alone; a run of others is one word."""
    if not is_east_asian(piece):
        return [piece]
    return [*(first + second for first, second in pairwise(piece)), piece[-1]]


def pieces(text: str) -> list[str]:
    """Runs of East Asian characters, and of letters and figures, in order."""
    return _PIECE.findall(unicodedata.normalize("NFKC", text))


def is_east_asian(text: str) -> bool:
    """By its first character."""
    return _EAST_ASIAN.match(text) is not None


def _words(stretch: str) -> Iterator[str]:
    """ "NEC日本" → NEC, 日本, 本: letters and figures that touch a run are words of their own beside it."""
    for piece in _PIECE.findall(stretch):
        if not is_east_asian(piece):
            yield piece
            continue
        characters = [_spelled(character) for character in piece]
        yield from (SIGN + first + second for first, second in pairwise(characters))
        yield SIGN + characters[-1] + SIGN


def _spelled(character: str) -> str:
    """ "バ" → the letter that stands for its mark, and ハ: before it, so that ハ does not begin the word for バ."""
    base = unicodedata.normalize("NFD", character)
    mark = _KANA_MARK.search(base)
    return VOICED[mark[0]] + base[0] if mark else character
