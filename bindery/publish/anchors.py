"""Paragraph → key: an anchor made from its words, so that a correction elsewhere moves nothing."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

WORD_COUNT = 3
"""Words a reader sees in a key: enough to recognise a paragraph in an address."""
HASHED_WORD_COUNT = 12
HASHED_CHARACTER_COUNT = 40
"""The beginning the check digits are made from: corrections after it leave the key alone. Characters for scripts without spaces."""
_WORD = re.compile(r"[a-z0-9]+")


def keys(texts: Iterable[str]) -> list[str]:
    """One key per text. Texts that begin alike (a caption printed twice) are numbered from the second on."""
    count_by_key: Counter[str] = Counter()
    found = []
    for text in texts:
        base = key(text)
        count_by_key[base] += 1
        found.append(base if count_by_key[base] == 1 else f"{base}-{count_by_key[base]}")
    return found


def key(text: str) -> str:
    """Three words and three check digits: "tang-noted-that-a41"; "k-" and six digits where no word is in Latin letters.

    >>> key("Tang noted that Liangjiang New Area has advantages")[:15]
    'tang-noted-that'
    """
    words = _words(text)[:WORD_COUNT]
    beginning = " ".join(text.casefold().split()[:HASHED_WORD_COUNT])
    if len(beginning) > HASHED_CHARACTER_COUNT * 4 or len(words) < WORD_COUNT:
        beginning = beginning[:HASHED_CHARACTER_COUNT]
    digits = hashlib.sha256(beginning.encode()).hexdigest()
    return "-".join([*(word[:24] for word in words), digits[:3]]) if words else f"k-{digits[:6]}"


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold()).replace("'", "").replace("’", "")
    return _WORD.findall("".join(character for character in folded if not unicodedata.combining(character)))
