"""Korean text → offices behind names: 이재용 삼성전자 회장, 오세훈 서울시장."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bindery.ingest.annotate.names_native import alternation, korean_family, native_lexicon, terms_of
from bindery.ingest.annotate.officials_native import IsPlace, NativeHeld

OFFICE_AFTER = "official-office-after"
WORD = re.compile(r"[가-힣A-Za-z0-9·&]+(?:\([^)]{1,30}\))?")
PARTICLES = r"(?:은|는|이|가|을|를|과|와|의|에게|에|도|께서는|께서|께|이라고|라고|이며|으로|로|님|이|인)?"
NO_NAME = re.compile(r"[을를에의는로해]$")
"""Endings of verbs and of nouns with a particle; hardly any given name has them."""
NO_BODY = re.compile(r"(?:을|를|으로|에서|에|한|된|하는|했던)$")
FURTHEST = 4
"""Words of a body between a name and the head of its office."""


@cache
def heads() -> frozenset[str]:
    return terms_of("korean offices")


@cache
def _head() -> re.Pattern[str]:
    """A word that ends in the head of an office, with a particle."""
    return re.compile(rf"(?P<word>[가-힣A-Za-z0-9·]*?(?P<head>{alternation(heads())})(?: 직무대리)?){PARTICLES}$")


def held(text: str, page: str, is_place: IsPlace) -> Iterator[NativeHeld]:
    """Offices with the nearest name before them; `page` is all text of the page."""
    words = list(WORD.finditer(text))
    for index, word in enumerate(words):
        head = _head().fullmatch(word.group().split("(")[0])
        if not head or (head.group("head") in terms_of("korean whole words") and head.group("word") != head.group("head")):
            continue
        name = _name(words, index, page, is_place) or _foreign(words, index, text, is_place)
        if name:
            start, end = name
            role = (_after(text, end), word.start() + head.end("word"))
            yield NativeHeld(start, end, text[start:end], role, head.group("head"), OFFICE_AFTER, sure=True)


def _after(text: str, end: int) -> int:
    """Where the office begins behind a name and its bracket."""
    match = re.compile(r"(?:\([^)]{1,30}\))?\s*").match(text, end)
    return match.end() if match else end


def _name(words: list[re.Match[str]], index: int, page: str, is_place: IsPlace) -> tuple[int, int] | None:
    """Where the nearest name before a word stands, past the words of a body."""
    for back in range(index - 1, max(index - 1 - FURTHEST, -1), -1):
        match = words[back]
        printed = match.group().split("(")[0]
        if match.end() + 1 != words[back + 1].start() or printed in native_lexicon().hangul:
            return None
        if _is_name(printed, page, near=back == index - 1) and not _is_place(printed, is_place):
            return match.start(), match.start() + len(printed)
        if NO_BODY.search(printed):
            return None
    return None


def _foreign(words: list[re.Match[str]], index: int, text: str, is_place: IsPlace) -> tuple[int, int] | None:
    """카타리나 볼켄 함부르크상공회의소 부회장: two words spelt in sounds that open an item of a list, then a body, then the head."""
    for back in range(index - 1, max(index - 1 - FURTHEST, 0), -1):
        first, last = words[back - 1], words[back]
        if last.end() + 1 != words[back + 1].start():
            return None
        opens = back == 1 or text[: first.start()].endswith((", ", "은 ", "는 ", "와 ", "과 "))
        spelt = first.end() + 1 == last.start() and all(_spelt(word.group(), is_place) for word in (first, last))
        if opens and spelt and not terms_of("korean foreign marks").isdisjoint(first.group() + last.group()):
            return first.start(), last.end()
    return None


def _spelt(word: str, is_place: IsPlace) -> bool:
    """Whether a word of two to five syllables is spelt in sounds and is no place, and no word of a firm's name."""
    if not 2 <= len(word) <= 5 or word in terms_of("korean firm words") or is_place(word):
        return False
    return set(word) <= terms_of("korean foreign marks") | terms_of("korean foreign syllables")


def _is_place(word: str, is_place: IsPlace) -> bool:
    """'서울시', '남원'."""
    return is_place(word) or (word[-1] in "시군구도" and is_place(word[:-1]))


def _is_name(word: str, page: str, *, near: bool) -> bool:
    """Three syllables with a family name first; two or four only directly before the head and more than once on the page."""
    if not terms_of("korean foreign marks").isdisjoint(word) or word[:-1] in heads():
        return False
    if not korean_family(word) or NO_NAME.search(word) or any(word.endswith(head) for head in heads()):
        return False
    return len(word) == 3 or (near and page.count(word) > 1)
