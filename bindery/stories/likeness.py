"""Many texts → the pairs that may be one release, each with how much of the shorter text stands in the longer one.

Two texts are compared only where they share shingles that few others have, or stood on one page, so that the time is linear in the
texts: what many share ties each of them to its neighbour alone. What is found does not depend on the order in which texts come.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, combinations, pairwise
from typing import NamedTuple

from bindery.stories.wording import contained, numbers, sampled

COPY = 0.6
"""So much of the shorter text stands in the longer one where it is a copy, with a lead, a credit line and small changes of its own. Of
2,000 copies planted among 10,000 generated reports 99% have more, of their pairs with a formulaic report of the same series none."""
FAR_COPY = 0.85
"""The same of two that are more than NEAR_DAYS apart: a monthly or yearly report repeats up to 0.75 of the last one, a copy is
printed in days."""
NEAR_DAYS = 20
SAME_PAGE, SAME_HEADING = 0.3, 0.5
"""The same of two captures of one page, by its address, or by source, title and date. Less is another page that took its place."""
SHORTEST = 40
"""Shingles of the shorter text; what is shorter is a notice, and as like to others as notices are."""
SHORTEST_CAPTURE = 8
"""The same of two captures of one page."""
SHORTEST_SHARE = 0.15
"""Of the longer text that a copy has at least: less is a paragraph about it."""
RARE = 12
"""Texts that share a shingle and are compared pair by pair; one that more share ties neighbours alone."""
LEAST_SHARED = 2
"""Sampled shingles that two texts share before they are compared."""
LOOK = 0.2
"""Of the shorter text, by the samples, the same."""

Pair = tuple[str, str]
"""Two ids, in their order."""
Shingles = Callable[[str], bytes]
"""Id → the shingles of its text."""


class Text(NamedTuple):
    """What is known of every text at once."""

    id: str
    day: int | None
    """Of its date, counted from the year 1; None where it has none."""
    size: int
    """How many shingles it has."""
    sample: bytes
    address: str | None = None
    """Of its page on the web, where somebody wrote it down."""
    heading: tuple[str, str] | None = None
    """Source and title, where it has both."""
    capture: str = ""
    """By which captures of one page of a day are in order."""


def address(url: str | None) -> str | None:
    """Of a page, without what leads to a place in it."""
    return (url.strip().partition("#")[0].rstrip("/") or None) if url else None


def capture(seed: str | None) -> str:
    """ "page" is before "page-2", which it is not where the names have their ends."""
    return (seed or "").removesuffix(".txt")


def heading(source: str | None, title: str) -> tuple[str, str] | None:
    return (source.casefold(), title.casefold()) if source else None


def pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def is_one_page(one: Text, other: Text, share: float) -> bool:
    """Whether they are two captures of a page."""
    if min(one.size, other.size) < SHORTEST_CAPTURE:
        return False
    if one.address and other.address:
        return one.address == other.address and share >= SAME_PAGE
    return one.heading is not None and (one.heading, one.day) == (other.heading, other.day) and share >= SAME_HEADING


def is_copy(one: Text, other: Text, share: float) -> bool:
    """Whether they are one release."""
    if min(one.size, other.size) < SHORTEST:
        return is_one_page(one, other, share)
    is_near = one.day is None or other.day is None or abs(one.day - other.day) <= NEAR_DAYS
    return share >= (COPY if is_near else FAR_COPY) or is_one_page(one, other, share)


def candidates(texts: Mapping[str, Text]) -> set[Pair]:
    """Pairs that are worth comparing."""
    return {*_worded_alike(texts), *_of_one_page(texts)}


def _worded_alike(texts: Mapping[str, Text]) -> Iterator[Pair]:
    samples = {key: {*numbers(texts[key].sample)} for key in sorted(texts) if texts[key].size >= SHORTEST}
    for two, count in Counter(chain.from_iterable(map(_tied, _sharing(samples)))).items():
        if count >= LEAST_SHARED:
            shorter, longer = sorted((texts[two[0]], texts[two[1]]), key=lambda text: text.size)
            if count * sampled(longer.size) >= LOOK * shorter.size and shorter.size >= SHORTEST_SHARE * longer.size:
                yield two


def _sharing(samples: Mapping[str, set[int]]) -> Iterable[list[str]]:
    """The texts that share a shingle, for each that two or more have."""
    seen: set[int] = set()
    twice: set[int] = set()
    for sample in samples.values():
        twice |= seen & sample
        seen |= sample
    found: dict[int, list[str]] = {shingle: [] for shingle in twice}
    for key, sample in samples.items():
        for shingle in twice & sample:
            found[shingle].append(key)
    return found.values()


def _of_one_page(texts: Mapping[str, Text]) -> Iterator[Pair]:
    pages: defaultdict[object, list[str]] = defaultdict(list)
    for key in sorted(texts):
        text = texts[key]
        if text.address:
            pages[text.address].append(key)
        if text.heading:
            pages[text.heading, text.day].append(key)
    yield from chain.from_iterable(map(_tied, pages.values()))


def _tied(keys: list[str]) -> Iterable[Pair]:
    """Of those that share something, in order of their ids."""
    return combinations(keys, 2) if len(keys) <= RARE else pairwise(keys)


class Likeness:
    """How much of the shorter of two texts stands in the longer one, measured when it is first asked for."""

    def __init__(self, shingles: Shingles, known: Mapping[Pair, float]) -> None:
        self._shingles = shingles
        self._known = known
        self.measured: dict[Pair, float] = {}
        """All that was asked for."""

    def share(self, two: Pair) -> float:
        found = self.measured.get(two, self._known.get(two))
        if found is None:
            found = contained(self._shingles(two[0]), self._shingles(two[1]))
        self.measured[two] = found
        return found
