"""Korean text → offices behind names: 이재용 삼성전자 회장, 오세훈 서울시장."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bindery.ingest.annotate.names_native import alternation, korean_family, terms_of
from bindery.ingest.annotate.officials_native import NativeHeld

OFFICE_AFTER = "official-office-after"
PARTICLE = r"(?:은|는|이|가|을|를|과|와|의|에게|에|도|께서|께|이라고|라고|이며|으로|로|님)?"


@cache
def heads() -> frozenset[str]:
    return terms_of("korean offices")


@cache
def _pattern() -> re.Pattern[str]:
    """A name, up to three words of the body, and a word that ends in a head: '오세훈 서울시장은'."""
    head = alternation(heads())
    body = r"(?:[가-힣A-Za-z0-9&·]+ ){0,3}?[가-힣A-Za-z0-9·]{0,12}?"
    name = r"(?<![가-힣])(?P<name>[가-힣]{2,4})(?P<bracket>\([^)]{2,30}\))? "
    return re.compile(rf"{name}(?P<role>{body}(?P<head>{head})){PARTICLE}(?![가-힣])")


def held(text: str, page: str) -> Iterator[NativeHeld]:
    """Offices with a name before; `page` is all text of the page."""
    position = 0
    while match := _pattern().search(text, position):
        name = match.group("name")
        if not _is_name(name, match.group("role"), page):
            position = match.start() + 1
            continue
        yield NativeHeld(match.start("name"), match.end("name"), name, match.span("role"), match.group("head"), OFFICE_AFTER, sure=True)
        position = match.end()


def _is_name(name: str, role: str, page: str) -> bool:
    """Three syllables with a family name before them; shorter and longer ones only with the head directly behind."""
    if not korean_family(name) or any(name.endswith(head) for head in heads()):
        return False
    return len(name) == 3 or (" " not in role and page.count(name) > 1)
