"""content/permalinks.lock and content/provenance/ → what earlier builds gave away: ids, slugs, and pages that people took back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from bindery.content import lock, provenance, store
from bindery.content.lock import Address
from bindery.model import AuthorityId

PAGE = ".html"
BRIEFING_PAGES = f"{store.BRIEFINGS}/"


class Origin(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The seed of a briefing, as content/provenance/ names it."""

    seed: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Past:
    """Empty before the first build. Nothing in it is given to another page."""

    id_by_slug: Mapping[str, str] = field(default_factory=dict)
    """Slug → the briefing that was published under it."""
    withdrawn: frozenset[str] = frozenset()
    """Ids of the briefings that people took back."""
    seeds: Mapping[str, Origin] = field(default_factory=dict)
    """Briefing id → its seed, as far as content/provenance/ knows it."""
    records: Mapping[AuthorityId, Address] = field(default_factory=dict)
    """Records whose address leads to another page, or says why it is gone."""

    def took_back(self, path: str, sha256: str) -> Literal["page", "name"] | None:
        """Whether a seed is a withdrawn briefing's: this very page, or at least another one under its name."""
        seeds = [self.seeds[identifier] for identifier in self.withdrawn if identifier in self.seeds]
        unknown = tuple(identifier for identifier in self.withdrawn if identifier not in self.seeds)
        if sha256.startswith(unknown) or any(seed.sha256 == sha256 for seed in seeds):
            return "page"
        return "name" if any(seed.seed == path for seed in seeds) else None


def of(addresses: Mapping[str, Address], seeds: Mapping[str, Origin]) -> Past:
    """By the lines of the lock, and the seed of each briefing that stands there and has one."""
    return Past(
        id_by_slug=dict(_slugs(addresses.values())),
        withdrawn=lock.withdrawn(addresses),
        seeds=seeds,
        records=dict(_moved(addresses.values())),
    )


def published(addresses: Mapping[str, Address]) -> list[str]:
    """Ids of all briefings that ever had an address."""
    return sorted({address.briefing for address in addresses.values() if address.briefing})


def origin_in(source: str, shown: str) -> Origin:
    """By a whole file of content/provenance/. Raises ContentError."""
    loaded = provenance.load(source, shown)
    return Origin(loaded.seed, loaded.sha256)


def _slugs(addresses: Iterable[Address]) -> Iterator[tuple[str, str]]:
    for address in addresses:
        if address.briefing and address.permalink.startswith(BRIEFING_PAGES):
            yield address.permalink.removeprefix(BRIEFING_PAGES).removesuffix(PAGE), address.briefing


def _moved(addresses: Iterable[Address]) -> Iterator[tuple[AuthorityId, Address]]:
    for address in addresses:
        if not address.briefing and (address.target or address.reason not in (None, lock.NO_LONGER_NAMED)):
            yield address.permalink.removesuffix(PAGE), address
