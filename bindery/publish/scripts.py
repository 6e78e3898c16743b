"""Text → the script it is written in, and the order in which readers look for it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

WIDE = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL"})
"""Scripts whose letters take the room of two."""


def script(text: str) -> str:
    """Of the first letter, as Unicode names it: "LATIN", "CJK", "ARABIC" …; empty for a text without letters."""
    if text[:1].isascii() and text[:1].isalpha():
        return "LATIN"
    letter = next((character for character in text if character.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


@lru_cache(maxsize=100_000)
def sort_key(name: str) -> tuple[bool, str, str]:
    """Alphabetical order for readers: accents and case do not count, other scripts come after Latin."""
    folded = name.casefold()
    if not folded.isascii():
        folded = "".join(character for character in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(character))
    letters = folded.lstrip("'\"“‘(«- ")
    return (not ("a" <= letters[:1] <= "z"), letters, name)
