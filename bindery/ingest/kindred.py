"""briefings → questions about two of them: are they one release, do they tell of one event? Neither is ever guessed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from bindery.content.decisions import Decisions
from bindery.model import AuthorityId, Briefing
from bindery.stories import likeness, wording
from bindery.stories.grouping import Grouped, Settled, grouped
from bindery.stories.likeness import COPY, NEAR_DAYS, SHORTEST, Pair, Text, pair

DOUBTFUL = 0.4
"""So much of the shorter text stands in the longer one where it may be a copy that was rewritten: below COPY, and never put together."""
EVENT_DAYS = 2
"""Between two reports of one event, at most."""
SHARED_OFFICIALS, SHARED_NAMES, SHARED_PART = 2, 3, 0.4
"""What reports of one event name in common at least: so many officials, so many names, and so much of what the shorter list has."""
BUSY = 12
"""Later reports with an official that each report is compared with: who is in the paper every day ties no two reports."""


class Kindred(NamedTuple):
    """Two briefings, the one that is listed first before the other."""

    one: Briefing
    other: Briefing
    nearness: float
    """0 to 1."""
    names: tuple[AuthorityId, ...] = ()
    """What both name."""


class Kin:
    """The stories among some briefings, and what is doubtful about them."""

    def __init__(self, briefings: Iterable[Briefing], decisions: Decisions) -> None:
        self._briefings = {briefing.id: briefing for briefing in briefings}
        self._decisions = decisions
        packed = {key: wording.shingles(briefing.text) for key, briefing in self._briefings.items()}
        self._texts = {key: _text(briefing, packed[key]) for key, briefing in self._briefings.items()}
        settled = Settled(decisions.stories, decisions.no_copies)
        self._grouped: Grouped = grouped(self._texts.values(), packed.__getitem__, settled, {})
        self._lead = {key: story.members[0] for story in self._grouped.stories for key in story.members}

    def copies(self) -> Iterator[Kindred]:
        """Pairs that have much in common and are in no story together: rewritten, or in a round-up."""
        for two, share in sorted(self._grouped.measured.items()):
            one, other = (self._texts[key] for key in two)
            if share < DOUBTFUL or min(one.size, other.size) < SHORTEST or frozenset(two) in self._decisions.no_copies:
                continue
            is_near = one.day is not None and other.day is not None and abs(one.day - other.day) <= NEAR_DAYS
            if is_near and self._leading(two[0]) != self._leading(two[1]):
                yield Kindred(self._briefings[two[0]], self._briefings[two[1]], share / COPY / 2)

    def events(self, kinds: Mapping[AuthorityId, str]) -> Iterator[Kindred]:
        """Pairs of stories told within days that name the same people and places. `kinds` has every record's."""
        leads = [briefing for key, briefing in sorted(self._briefings.items()) if self._leading(key) == key and briefing.date]
        named = {briefing.id: self._named(briefing, kinds) for briefing in leads}
        together = {frozenset(two) for event in self._decisions.events for two in _pairs(event)}
        for one, other in sorted(_on_the_same_days(leads, named, kinds)):
            if frozenset((one, other)) in self._decisions.other_events | together:
                continue
            shared = [name for name in named[one] if name in named[other]]
            part = len(shared) / min(len(named[one]), len(named[other]))
            if len(shared) >= SHARED_NAMES and part >= SHARED_PART:
                yield Kindred(self._briefings[one], self._briefings[other], part, tuple(shared))

    def _leading(self, key: str) -> str:
        return self._lead.get(key, key)

    def _named(self, briefing: Briefing, kinds: Mapping[AuthorityId, str]) -> list[AuthorityId]:
        named = dict.fromkeys(self._decisions.canonical(mention.authority) for mention in briefing.mentions)
        return [name for name in named if name in kinds]


def _text(briefing: Briefing, packed: bytes) -> Text:
    day, url = briefing.date.toordinal() if briefing.date else None, briefing.extra.get("url")
    where = likeness.address(url if isinstance(url, str) else None), likeness.heading(briefing.source, briefing.heading)
    return Text(briefing.id, day, wording.size(packed), wording.sample(packed), *where, likeness.capture(briefing.seed))


def _pairs(keys: Sequence[str]) -> Iterator[Pair]:
    return (pair(one, other) for number, one in enumerate(keys) for other in keys[:number])


def _on_the_same_days(
    leads: Iterable[Briefing], named: Mapping[str, Iterable[AuthorityId]], kinds: Mapping[AuthorityId, str]
) -> Iterator[Pair]:
    """Those that share officials, found official by official."""
    by_official: defaultdict[AuthorityId, list[Briefing]] = defaultdict(list)
    for briefing in leads:
        for name in named[briefing.id]:
            if kinds[name] == "official":
                by_official[name].append(briefing)
    for two, count in Counter(chain.from_iterable(map(_near_in_time, by_official.values()))).items():
        if count >= SHARED_OFFICIALS:
            yield two


def _near_in_time(briefings: list[Briefing]) -> Iterator[Pair]:
    in_order = sorted((briefing.date, briefing.id) for briefing in briefings if briefing.date)
    for number, (date, key) in enumerate(in_order):
        for later, other in in_order[number + 1 : number + 1 + BUSY]:
            if (later - date).days > EVENT_DAYS:
                break
            yield pair(key, other)
