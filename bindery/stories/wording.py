"""A text → its shingles: the runs of words by which a copy is known, whatever stands around them."""

from __future__ import annotations

import re
import zlib
from array import array

RUN, WIDE_RUN = 3, 6
"""Words of a shingle, and characters where words are not set apart: so many say about as much in Chinese and Japanese."""
SAMPLED, SHORT_SAMPLED = 16, 4
"""One shingle of so many is in the sample of a text, and of a short one, in every text the same: copies are looked for by these alone."""
SHORT = 160
"""Shingles of a short text."""
LONGEST = 200_000
"""Characters that are looked at: what is longer is no press page."""
WIDE_LETTERS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
"""Of scripts that set no words apart, as ranges of a regular expression."""
WORD = re.compile(rf"[{WIDE_LETTERS}]|[^\W_{WIDE_LETTERS}]+")
_WIDE_WORD = re.compile(rf"[{WIDE_LETTERS}]")
_MARKS = "“”‘’–—…\xa0"
"""Beside which a text in English is mostly ASCII."""
_SPACED = bytes(code if chr(code).isascii() and chr(code).isalnum() else ord(" ") for code in range(256))
"""Each byte of an ASCII text, what belongs to no word as a space."""
_CODE, _BYTES = "I", 4


def shingles(text: str) -> bytes:
    """Of Markdown or plain text; marks, case and white space do not count. Numbers of four bytes, each once."""
    text = text[:LONGEST].casefold()
    found = words(text)
    is_wide = not text.isascii() and 2 * len(_WIDE_WORD.findall(text)) > len(found)
    runs = zip(*(found[start:] for start in range(WIDE_RUN if is_wide else RUN)), strict=False)
    return array(_CODE, {*map(zlib.crc32, map(b" ".join, runs))}).tobytes()


def words(text: str) -> list[bytes]:
    """In lower case; those of an ASCII text without looking for them one by one."""
    plain = text
    if not text.isascii():
        for mark in _MARKS:
            plain = plain.replace(mark, " ")
    if plain.isascii():
        return plain.encode().translate(_SPACED).split()
    return " ".join(WORD.findall(text)).encode("utf-8", "surrogatepass").split()


def sample(packed: bytes) -> bytes:
    """Some of the shingles of a text, packed like all of them."""
    share = sampled(size(packed))
    return array(_CODE, [one for one in numbers(packed) if not one % share]).tobytes()


def sampled(count: int) -> int:
    """One of how many shingles is in the sample of a text with so many."""
    return SHORT_SAMPLED if count < SHORT else SAMPLED


def size(packed: bytes) -> int:
    """How many there are."""
    return len(packed) // _BYTES


def numbers(packed: bytes) -> array[int]:
    found = array(_CODE)
    found.frombytes(packed)
    return found


def contained(one: bytes, other: bytes) -> float:
    """How much of the shorter of two texts stands in the longer one, by their shingles: 0 to 1."""
    shorter, longer = sorted((one, other), key=len)
    if not shorter:
        return 0.0
    return len({*numbers(shorter)}.intersection(numbers(longer))) / size(shorter)
