"""entries → who is named with whom in a sentence, how often, and which of these pairs have a page of their sentences.

A page for every pair would be more pages than there are briefings, most of them for two names that met once in passing. So pages
are made for the pairs that some drawing shows: of each record its foremost partners, of the archive its strongest pairs. A single
sentence needs no page around a record: it is shown where it stands. What had a page once keeps it: the lock remembers.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bindery.model import Authority, AuthorityId
from bindery.publish import coordinates, stories
from bindery.publish.co_mentions import pairs
from bindery.publish.entry import Entry
from bindery.publish.permalinks import Pair, pair, pair_of

PARTNERS = 8
"""Names that the drawing on a record's page shows around it."""
STRONGEST = 60
"""Pairs that the page of the whole network lists."""
ROUTES = 16
"""Pairs of places that the map joins."""


@dataclass(frozen=True, slots=True)
class Together:
    """Who is named with whom. Made by `found`."""

    sentences: Mapping[Pair, Sequence[str]]
    """Pair → the briefing of each sentence that names both, newest first: a briefing stands as often as it has such sentences."""
    partners: Mapping[AuthorityId, Sequence[AuthorityId]]
    """Everybody who is named with somebody → with whom, the most frequent first."""
    strongest: Sequence[Pair]
    """Of the archive, most sentences first."""
    routes: Sequence[Pair]
    """Of two places whose coordinates are known, the same."""
    shown: Collection[Pair]
    """Those that have a page; in an order that is always the same."""

    def count(self, one: AuthorityId, other: AuthorityId) -> int:
        """Sentences that name both."""
        return len(self.sentences.get(pair(one, other), ()))


def found(entries: Iterable[Entry], records: Mapping[AuthorityId, Authority], published: Iterable[str]) -> Together:
    """Of entries that know their story, newest first: of a story the sentences of one briefing count. `published` are addresses that
    had a page before."""
    sentences: dict[Pair, list[str]] = {}
    listed = list(entries)
    repeated = stories.repeated(listed, lambda entry: _told(entry, records))
    for entry in listed:
        before = repeated.get(entry.id, ())
        for two in _told(entry, records):
            if two not in before:
                sentences.setdefault(two, []).append(entry.id)
    counts: dict[AuthorityId, list[tuple[int, AuthorityId]]] = {}
    for (one, other), told in sentences.items():
        counts.setdefault(one, []).append((-len(told), other))
        counts.setdefault(other, []).append((-len(told), one))
    partners = {key: [other for _, other in sorted(told)] for key, told in counts.items()}
    ranked = sorted(sentences, key=lambda two: (-len(sentences[two]), two))
    located = {key for key, record in records.items() if coordinates.of(record)}
    strongest = ranked[:STRONGEST]
    routes = list(islice((two for two in ranked if located.issuperset(two)), ROUTES))
    foremost = {pair(one, other) for one, others in partners.items() for other in others[:PARTNERS]}
    shown = (two for two in foremost if len(sentences[two]) > 1)
    had = (two for two in map(pair_of, published) if two and two[0] in records and two[1] in records)
    return Together(sentences, partners, strongest, routes, dict.fromkeys(sorted({*shown, *strongest, *routes, *had})))


def _told(entry: Entry, records: Container[AuthorityId]) -> Iterator[Pair]:
    """The pairs of each of its sentences that names two or more."""
    if entry.together:
        names = list(entry.named)
        for group in entry.together:
            yield from pairs(key for key in map(names.__getitem__, group) if key in records)
