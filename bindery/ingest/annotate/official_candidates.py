"""Names of people without an office, or with one that is not surely theirs → candidates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bindery.ingest.annotate.cities import Places
from bindery.ingest.annotate.names_find import NameFound, name_from
from bindery.ingest.annotate.names_native import HAN, native_lexicon
from bindery.ingest.annotate.names_tokens import CAPITAL, HEAD, HONORIFIC, INITIAL, LOWER, UPPER, Tokens
from bindery.ingest.annotate.offices import HeadAt
from bindery.ingest.annotate.officials import Officials
from bindery.ingest.annotate.officials_beside import SPEECH
from bindery.ingest.annotate.words import TITLE
from bindery.ingest.draft import Candidate, Span

NEAR_OFFICE, ADDRESSED, NATIVE = "official-near-office", "official-honorific", "official-native-name"
REACH = 16
"""Tokens between an office and a name that may be its holder's: 'el embajador de la República de Corea en el Ecuador, señor X'."""
LACKS_OFFICE = "an office: only a form of address stands before the name"
LACKS_JOINT = "an office directly beside the name: one stands in the same sentence"
LACKS_NATIVE_OFFICE = "an office directly beside the name"


@cache
def _native_name() -> re.Pattern[str]:
    """A name spelt in sounds, or one before a form of address, where no spaces help: 安娜·科瓦尔, 大村雅之氏, 홍길동 씨."""
    sound = "".join(sorted(native_lexicon().sounds))
    spelt = rf"[{sound}]{{1,6}}(?:[·‧-][{sound}]{{1,6}}){{0,6}}[·‧][{sound}]{{1,6}}"
    return re.compile(rf"{spelt}|[{HAN}]{{3,5}}(?=氏(?![{HAN}]))|(?<![가-힣])[가-힣]{{2,4}}(?= ?씨(?![가-힣]))")


def find(people: Officials, places: Places) -> Iterator[Candidate]:
    """Candidates in every paragraph but the title."""
    for paragraph, tokens in people.page.tokens.items():
        if paragraph != TITLE:
            yield from _latin(paragraph, tokens, people, places)
            yield from () if tokens.text.isascii() else _native(paragraph, tokens.text)


def _native(paragraph: int, text: str) -> Iterator[Candidate]:
    for match in _native_name().finditer(text):
        span = Span(paragraph, *match.span())
        yield Candidate("official", match.group(), span, 0.5, LACKS_NATIVE_OFFICE, (NATIVE,))


def _latin(paragraph: int, tokens: Tokens, people: Officials, places: Places) -> Iterator[Candidate]:
    offices = people.page.heads[paragraph]
    if not offices and not any(flags & HONORIFIC for flags in tokens.flags):
        return
    linked = sorted(span.end for entity in people.entities for span in entity.spans if span.paragraph == paragraph)
    for name in _names(tokens, people.page.names_in(paragraph, places), places):
        near = _has_office_near(tokens, name, offices, linked)
        if not near and not name.titled:
            continue
        score = round(0.4 + 0.3 * name.titled + 0.2 * near, 2)
        evidence = (*((ADDRESSED,) if name.titled else ()), *((NEAR_OFFICE,) if near else ()))
        span = Span(paragraph, tokens.starts[name.start], tokens.ends[name.end - 1])
        lacks = LACKS_JOINT if near else LACKS_OFFICE
        yield Candidate("official", tokens.printed(name.start, name.end), span, score, lacks, evidence)


def _names(tokens: Tokens, sure: list[NameFound], places: Places) -> Iterator[NameFound]:
    """Full names: sure by their shape, or by what stands before and behind them."""
    yield from sure
    taken = {index for name in sure for index in range(name.start, name.end)}
    for index in [place for place, kind in enumerate(tokens.kinds) if place and kind in (CAPITAL, UPPER, INITIAL)]:
        before = index - 2 if index > 1 and tokens.is_mark(index - 1, ".'’") else index - 1
        introduced = tokens.flags[before] & HONORIFIC or tokens.is_mark(index - 1, ",)")
        if introduced:
            found = name_from(tokens, index, places.is_place)
            if found and not found.single and found.start not in taken and _stands_as_a_name(tokens, found):
                yield found


def _stands_as_a_name(tokens: Tokens, name: NameFound) -> bool:
    """Words of no known shape that an honorific or a comma goes before and that then speak or act."""
    apart = name.titled or tokens.is_mark(name.start - 1, ",)")
    acts = tokens.is_mark(name.end, ",") or tokens.word(name.end) in SPEECH
    return apart and acts and tokens.kind(name.end - 1) == CAPITAL


def _has_office_near(tokens: Tokens, name: NameFound, offices: list[HeadAt], linked: list[int]) -> bool:
    """An office before it in the sentence that nobody else stands between, or one that follows behind a comma."""
    for head in offices:
        before = 0 <= name.start - head.end <= REACH and not _is_parted(tokens, head.end, name.start, linked)
        after = head.start - name.end in (1, 2, 3) and tokens.is_mark(name.end, ",")
        if (before or after) and tokens.flag(head.start) & HEAD | (head.end - head.start > 1):
            return True
    return False


def _is_parted(tokens: Tokens, start: int, end: int, linked: list[int]) -> bool:
    """A full stop, a semicolon or a linked name between an office and a name."""
    if any(tokens.is_mark(index, ".;!?") and tokens.kind(index + 1) != LOWER for index in range(start, end)):
        return True
    return any(tokens.starts[start] < place <= tokens.starts[end] for place in linked) if start < len(tokens) else False
