"""Two names → the sentences that name both: what every line between them stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from itertools import groupby

from bindery.model import AuthorityId
from bindery.publish.entry import Entry
from bindery.publish.permalinks import Pair, pair_permalink
from bindery.publish.views import authority, lists, timeline
from bindery.publish.views.catalogue import Catalogue, Named
from bindery.publish.views.concordance import Citation, Quotation, Year
from bindery.publish.views.lists import Around, Part
from bindery.publish.views.timeline import Point, Timeline


@dataclass(frozen=True, slots=True)
class Beside:
    """One of two names, and the briefings of each year that name it."""

    named: Named
    line: Timeline


@dataclass(frozen=True)
class EvidenceView:
    """A page of sentences."""

    pair: Pair
    permalink: str
    _catalogue: Catalogue

    @cached_property
    def named(self) -> tuple[Named, Named]:
        one, other = self.pair
        return self._catalogue.named[one], self._catalogue.named[other]

    @property
    def first(self) -> str:
        """The page with the newest sentences."""
        return pair_permalink(self.pair)

    @property
    def sentence_count(self) -> int:
        """On all pages."""
        return len(self._catalogue.together.sentences.get(self.pair, ()))

    @cached_property
    def _entries(self) -> Sequence[Entry]:
        return entries(self.pair, self._catalogue)

    @property
    def briefing_count(self) -> int:
        return len(self._entries)

    @cached_property
    def extent(self) -> tuple[Date, Date] | None:
        dates = [entry.date for entry in self._entries if entry.date]
        return (dates[-1], dates[0]) if dates else None

    @cached_property
    def timeline(self) -> Timeline | None:
        """On the first page."""
        if self.around:
            return None
        counts = Counter(self._catalogue.together.sentences.get(self.pair, ()))
        points = [Point(entry.date, counts[entry.id], entry.permalink) for entry in self._entries if entry.date]
        told = timeline.told(self._entries, {*self.pair}.issubset)
        return timeline.drawn(points, told, pages(self.pair, self._catalogue), self._catalogue.years)

    @cached_property
    def beside(self) -> tuple[Beside, ...]:
        """When each of the two is named, on one scale, on the first page; empty where that is no comparison."""
        return () if self.around else compared(self.pair, self._catalogue)

    @cached_property
    def years(self) -> tuple[Year, ...]:
        here = pages(self.pair, self._catalogue)[self.permalink]
        cited = map(self._citation, here)
        return tuple(Year(year, tuple(found)) for year, found in groupby(cited, key=lambda citation: citation.entry.year))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Pages with the older sentences, newest first; empty where all stand on one."""
        return parts(self.pair, self._catalogue)

    @cached_property
    def around(self) -> Around | None:
        return lists.around(self.permalink, self.parts)

    def _citation(self, entry: Entry) -> Citation:
        around = self._catalogue.site.language
        found = [one for one in self._catalogue.leaves[entry.id].shared if {*self.pair} <= {*one.whom}]
        quoted = tuple(Quotation(str(one.html(self.pair, entry.language, around)), one.anchor) for one in found)
        return Citation(entry, len(quoted), quoted, entry.told({*self.pair}.issubset))


def compared(whom: Sequence[AuthorityId], catalogue: Catalogue) -> tuple[Beside, ...]:
    """When each is named, on one axis and scale; empty where all is of one year, or one of them has no day."""
    years = catalogue.years
    counts = [Counter(entry.year for entry in catalogue.briefings.get(key, ()) if entry.year) for key in whom]
    if years is None or years[0] == years[1] or not all(counts):
        return ()
    most = max(max(one.values()) for one in counts)
    where = (timeline.places(authority.pages(key, catalogue)) for key in whom)
    lines = (timeline.yearly(one, place, years, most) for one, place in zip(counts, where, strict=True))
    return tuple(map(Beside, (catalogue.named[key] for key in whom), lines))


def entries(pair: Pair, catalogue: Catalogue) -> Sequence[Entry]:
    """Briefings with a sentence that names both, newest first."""
    return [catalogue.entries[identifier] for identifier in dict.fromkeys(catalogue.together.sentences.get(pair, ()))]


def pages(pair: Pair, catalogue: Catalogue) -> dict[str, Sequence[Entry]]:
    """Permalink → the briefings quoted there, newest first."""
    first = pair_permalink(pair)
    return authority.spread(entries(pair, catalogue), first, f"{first.removesuffix('.html')}/older")


def parts(pair: Pair, catalogue: Catalogue) -> tuple[Part, ...]:
    return authority.parts_of(pages(pair, catalogue), catalogue.site.interface)
