"""Pairs that are alike → stories: the copies of one release, the first of them leading, and the versions of each page among them.

A pair is a copy or it is none; but of two copies of a third, one may be another release that a round-up prints beside the first. So
no two of a story may be strangers to each other: the more alike are put together first, and whom that would bring together with a
stranger stays outside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bindery.stories.likeness import Likeness, Pair, Shingles, Text, candidates, is_copy, is_one_page, pair

STRANGERS = 0.2
"""Of the shorter text; two of which less is the same stand in no story because of a third."""
LOOKED_AT = 8
"""Of each of two groups, to see whether they hold strangers: a release that a thousand print costs no square of a thousand."""
NEVER = 1 << 30


@dataclass(frozen=True, slots=True)
class Settled:
    """What people decided. Ids that no text has decide nothing."""

    together: Sequence[Sequence[str]] = ()
    """Stories; the first of each leads."""
    apart: Collection[frozenset[str]] = frozenset()
    """Pairs that are no copies of each other."""


@dataclass(frozen=True, slots=True)
class Story:
    """Two or more texts of one release."""

    members: tuple[str, ...]
    """The leading one first: the oldest, of one day the longest."""
    pages: tuple[tuple[str, ...], ...] = ()
    """The captures of each page that was captured more than once, oldest first."""


@dataclass(slots=True)
class Grouped:
    stories: tuple[Story, ...]
    """In order of their leading texts' ids."""
    measured: Mapping[Pair, float] = field(default_factory=dict)


def grouped(texts: Iterable[Text], shingles: Shingles, settled: Settled, known: Mapping[Pair, float]) -> Grouped:
    """`known` are pairs measured before, of texts that are as they were."""
    by_id = {text.id: text for text in texts}
    likeness = Likeness(shingles, known)
    shares = {two: likeness.share(two) for two in sorted(candidates(by_id))}
    alike = sorted((-share, two) for two, share in shares.items() if is_copy(by_id[two[0]], by_id[two[1]], share))
    groups = _Groups(likeness, settled.apart)
    for chosen in settled.together:
        groups.choose([key for key in chosen if key in by_id])
    for _, (one, other) in alike:
        if groups.may_join(one, other):
            groups.join(one, other)
    pages: defaultdict[int, list[tuple[str, ...]]] = defaultdict(list)
    one_page = (two for two, share in shares.items() if is_one_page(by_id[two[0]], by_id[two[1]], share))
    for page in _joined(filter(groups.are_one, one_page)):
        captures = sorted(page, key=lambda key: (by_id[key].day or 0, by_id[key].capture, key))
        pages[id(groups.of(page[0]))].append(tuple(captures))
    rank = {chosen[0]: number for number, chosen in reversed([*enumerate(settled.together)])}
    stories = (Story(_in_order(group, by_id, rank), tuple(sorted(pages[id(group)]))) for group in groups.found())
    return Grouped(tuple(sorted(stories, key=lambda story: story.members)), likeness.measured)


class _Groups:
    """Texts that were put together."""

    def __init__(self, likeness: Likeness, apart: Collection[frozenset[str]]) -> None:
        self._likeness = likeness
        self._apart = apart
        self._group: dict[str, list[str]] = {}
        self._chosen: set[str] = set()
        """Put together by people, who may know strangers for one release."""

    def found(self) -> list[list[str]]:
        return list({id(group): group for group in self._group.values()}.values())

    def of(self, key: str) -> list[str]:
        return self._group.get(key, [key])

    def are_one(self, two: Pair) -> bool:
        return self.of(two[0]) is self.of(two[1])

    def choose(self, keys: Sequence[str]) -> None:
        self._chosen.update(keys)
        for other in keys[1:]:
            self.join(keys[0], other)

    def join(self, one: str, other: str) -> None:
        here, there = self.of(one), self.of(other)
        if here is not there:
            joined = [*here, *there]
            self._group.update(dict.fromkeys(joined, joined))

    def may_join(self, one: str, other: str) -> bool:
        here, there = self.of(one), self.of(other)
        if here is there:
            return False
        if self._apart and any(frozenset((a, b)) in self._apart for a in here for b in there):
            return False
        return not any(self._are_strangers(a, b) for a in here[:LOOKED_AT] for b in there[:LOOKED_AT])

    def _are_strangers(self, one: str, other: str) -> bool:
        return self._chosen.isdisjoint((one, other)) and self._likeness.share(pair(one, other)) < STRANGERS


def _in_order(group: Iterable[str], texts: Mapping[str, Text], rank: Mapping[str, int]) -> tuple[str, ...]:
    def place(key: str) -> tuple[int, int, int, str]:
        text = texts[key]
        return rank.get(key, NEVER), NEVER if text.day is None else text.day, -text.size, key

    return tuple(sorted(group, key=place))


def _joined(pairs: Iterable[Pair]) -> list[list[str]]:
    """Pairs that share an id put together."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        here, there = found[one] or [one], found[other] or [other]
        joined = here if here is there else list(dict.fromkeys([*here, *there]))
        for key in joined:
            found[key] = joined
    return list({id(page): page for page in found.values()}.values())
