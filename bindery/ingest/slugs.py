"""Names → slugs: lower-case ASCII, made once, never a romanisation nobody printed."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Container
from datetime import date as Date

LENGTH = 80
"""Characters; with folder and suffix a path stays far below the 260 of old Windows tools."""
NOT_FILES = frozenset(
    ["index", "readme", "con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))]
)
"""Names of the page of a whole kind, of a note in content/, and those that Windows keeps for itself."""
_WORD = re.compile(r"[a-z0-9]+")
# Letters that carry no combining mark to strip: the usual transcription in press texts.
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})


def slug(text: str) -> str:
    """Words of a text in ASCII, joined by hyphens; empty where no word is in Latin letters.

    >>> slug("Xi'an Łódź Co., Ltd.")
    'xian-lodz-co-ltd'
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).replace("'", "").replace("’", "")
    words = _WORD.findall("".join(character for character in folded if not unicodedata.combining(character)))
    joined = "-".join(words)
    return joined if len(joined) <= LENGTH else joined[: LENGTH + 1].rpartition("-")[0] or joined[:LENGTH]


def briefing_slug(title: str, date: Date | None, identifier: str, taken: Container[str]) -> str:
    """Date and title; the id stands in where the title has no Latin word or the slug is taken."""
    day = date.isoformat() if date else "undated"
    words = slug(title) if _mostly_latin(title) else ""
    wanted = f"{day}-{words or identifier}"
    return wanted if wanted not in taken else f"{wanted}-{identifier}"


def authority_slug(names: tuple[str, ...], folder: str, kind: str, is_taken: Callable[[str], bool]) -> str:
    """From the first name in Latin letters; else the kind and six digits of the name's SHA-256.

    Numbered while folder/slug is taken, or no file of that name can be everywhere.
    """
    wanted = next((words for name in names if len(words := slug(name)) > 1), "")
    wanted = wanted or f"{kind}-{hashlib.sha256(names[0].encode()).hexdigest()[:6]}"
    number, candidate = 2, wanted
    while candidate in NOT_FILES or is_taken(f"{folder}/{candidate}"):
        number, candidate = number + 1, f"{wanted}-{number}"
    return candidate


def _mostly_latin(title: str) -> bool:
    """Whether its Latin letters say what it is about: "NEC" does not, in a Japanese headline."""
    letters = [character for character in title if character.isalpha()]
    return 2 * sum("LATIN" in unicodedata.name(character, "") for character in letters) > len(letters)
