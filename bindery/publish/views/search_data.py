"""What the search index is told of a page besides its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bindery.model import Authority, AuthorityId, Briefing
from bindery.publish import bigrams
from bindery.publish.body import Block
from bindery.publish.views.catalogue import Named

BRIEFING = "briefing"
"""The kind by which the search page tells briefings from the pages of names."""

PERSON_FACT = "name_order"
"""A kind whose records may have it is a kind of persons: their names stand in either order."""


@dataclass(frozen=True, slots=True)
class SearchData:
    """Filters and metadata, each as (name, value)."""

    filters: tuple[tuple[str, str], ...]
    meta: tuple[tuple[str, str], ...]


def of_briefing(
    briefing: Briefing, blocks: Iterable[Block], mentioned: Iterable[Named], authorities: Mapping[AuthorityId, Authority]
) -> SearchData:
    """Whom it names under their canonical names, and all their other names, so that either order and every script finds it."""
    names = list(mentioned)
    date = briefing.date.isoformat() if briefing.date else None
    facts = [("source", briefing.source), ("language", briefing.language), ("year", date[:4] if date else None)]
    text = bigrams.index_words([briefing.heading, *(block.text for block in blocks)])
    words = [("aliases", _aliases(names, authorities)), ("bigrams", text)]
    return SearchData(
        filters=_given([("kind", BRIEFING), *((named.kind.name, named.name) for named in names), *facts]),
        meta=_given([("title", briefing.heading), ("date", date), ("source", briefing.source), *words]),
    )


def of_authority(named: Named, authorities: Mapping[AuthorityId, Authority]) -> SearchData:
    """Its names; the words of its note are found too, but do not count as a name."""
    note = bigrams.index_words([authorities[named.id].note])
    meta = [("title", named.name), ("aliases", _aliases([named], authorities)), ("bigrams", note)]
    return SearchData(filters=(("kind", named.kind.name),), meta=_given(meta))


def spellings(authority: Authority, *, is_person: bool) -> Iterator[str]:
    """Every name of a record, and for a person its words in the other order: "Mari Takada" after "TAKADA Mari"."""
    for name in (authority.name, *authority.variants):
        yield from _orders(name) if is_person else (name,)


@lru_cache(maxsize=1 << 16)
def _orders(name: str) -> tuple[str, ...]:
    words = name.replace(",", " ").split()
    return (name, " ".join((words[-1], *words[:-1])), " ".join((*words[1:], words[0]))) if len(words) > 1 else (name,)


def _aliases(names: Iterable[Named], authorities: Mapping[AuthorityId, Authority]) -> str:
    found = dict.fromkeys(name for named in names for name in spellings(authorities[named.id], is_person=PERSON_FACT in named.kind.facts))
    return f" {bigrams.BREAK} ".join(filter(None, (*found, bigrams.index_words(found))))


def _given(pairs: Iterable[tuple[str, str | None]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in pairs if value)
