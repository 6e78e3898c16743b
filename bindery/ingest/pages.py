"""seeds → pages, cleaned and annotated: only those that changed since the last run, several processes where they are many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from bindery import garbage, journal, sealed, segments, stamps, team
from bindery.config import Site
from bindery.errors import SeedError
from bindery.ingest import inputs, ledger, page, read
from bindery.ingest.annotate import annotate
from bindery.ingest.annotate.known import Known
from bindery.ingest.clean.page import draft
from bindery.ingest.draft import Annotation, Draft
from bindery.ingest.ledger import Kept, Memory
from bindery.ingest.page import Asked, Changed, Inquiry, Page
from bindery.journal import Slow, Slowest
from bindery.model import Finding, Place
from bindery.progress import Progress
from bindery.segments import Segment, Segments, Spot
from bindery.stamps import Stamp

FOR_TWO = 60
"""Seeds from which on a second process saves more time than its start costs."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Every seed that could be read, in order."""

    sha256_by_seed: Mapping[str, str]
    """Path below seeds/ → SHA-256."""
    read: Callable[[str], Page]
    unreadable: tuple[Finding, ...] = field(default=())

    @classmethod
    def of(cls, pages: Iterable[Page]) -> Pages:
        """Of pages that are at hand."""
        by_path = {page[0].seed.path: page for page in pages}
        return cls({path: page[0].seed.sha256 for path, page in by_path.items()}, by_path.__getitem__)


class Desk:
    """Who reads, cleans and annotates. It works alone, or as a member of a team."""

    def __init__(self, site: Site, seeds: Mapping[str, str], known: Known) -> None:
        self.site = site
        self.seeds = seeds
        self.known = known
        self.result: Any = None

    def annotated(self, names: Sequence[str]) -> Iterator[None]:
        """Paths below seeds/ → what is kept of them by path, the findings about those that cannot be read, and those that took longest."""
        kept: dict[str, Kept] = {}
        unreadable: dict[str, Finding] = {}
        slowest = Slowest()
        with garbage.kept(), sealed.kept(ledger.FOLDER), Segment(self.site.cache / ledger.FOLDER) as segment:
            for name in names:
                begun = slowest.begun()
                try:
                    made, annotation, asked = self.page(name)
                except SeedError as error:
                    unreadable[name] = finding(error)
                else:
                    segment.add(name, page.encode(made, annotation, asked))
                    slowest.ended(name, begun)
                    kept[name] = Kept(stamps.digest_of(made.seed.sha256), made.seed.sha256, segment.spots[name])
                yield
        self.result = kept, unreadable, slowest.found

    def page(self, name: str) -> tuple[Draft, Annotation, Asked]:
        """Raises SeedError."""
        made, inquiry = draft(read.read(Path(self.seeds[name]), self.site.seeds)), Inquiry(self.known)
        return made, annotate(made, inquiry.known, {kind.name for kind in self.site.kinds}), inquiry.asked


@dataclass(frozen=True, slots=True)
class _Store:
    """Pages that are read from the disk when they are asked for; one that is damaged is made anew."""

    desk: Desk
    kept: Mapping[str, Kept]
    segments: Segments

    def page(self, name: str) -> Page:
        data = self.segments.read(self.kept[name].spot)
        try:
            if data is not None:
                return page.decode(data, name)
        except msgspec.MsgspecError:
            pass
        made, annotation, _ = self.desk.page(name)
        return made, annotation


@contextmanager
def annotated(site: Site, there: inputs.Known, known: Known, memory: Memory, progress: Progress) -> Iterator[Pages]:
    """The pages of all seeds, which can be read meanwhile. The memory then has just them."""
    seeds, digests = there.seeds, there.folders[inputs.SEEDS]
    folder = site.cache / ledger.FOLDER
    with Segments(folder) as store:
        unchanged = _unchanged(digests, known, memory, store)
        kept = {name: memory.pages[name] for name in seeds if name in unchanged}
        desk, unreadable = Desk(site, seeds, known), dict[str, Finding]()
        if to_read := [name for name in seeds if name not in kept]:
            slow: list[Slow] = []
            with journal.stage("ingest/annotate"):
                for more, problems, slow_ones in _shared(desk, to_read, progress):
                    kept |= more
                    unreadable |= problems
                    slow += slow_ones
            journal.slow("seed", slow)
        with sealed.kept(ledger.FOLDER):
            spots = segments.joined(folder, {name: one.spot for name, one in kept.items()})
        memory.pages = {name: _at(kept[name], spots.get(name)) for name in seeds if name in kept}
        memory.forms, memory.geonames = dict(known.by_form), dict(known.by_geonames)
        findings = tuple(unreadable[name] for name in seeds if name in unreadable)
        read_again = lru_cache(maxsize=1)(_Store(desk, memory.pages, store).page)  # a briefing, then where it comes from
        yield Pages({name: one.sha256 for name, one in memory.pages.items()}, read_again, findings)


def _at(kept: Kept, spot: Spot | None) -> Kept:
    return kept if spot is None or spot is kept.spot else Kept(kept.digest, kept.sha256, spot)


def _unchanged(digests: Mapping[str, Stamp], known: Known, memory: Memory, store: Segments) -> frozenset[str]:
    """Seeds that are as they were, and whose annotation would be told the same of the archive's confirmed names."""
    same = frozenset(name for name, kept in memory.pages.items() if name in digests and digests[name].digest == kept.digest)
    changed = Changed.between(Known(memory.forms, memory.geonames), known)
    if not changed.forms and not changed.geonames:
        return same
    return frozenset(name for name in same if not _is_met(store.read(memory.pages[name].spot), changed))


def _is_met(data: bytes | None, changed: Changed) -> bool:
    try:
        return data is None or page.asked(data).is_met_by(changed)
    except msgspec.MsgspecError:
        return True


def _shared(desk: Desk, names: Sequence[str], progress: Progress) -> Iterator[tuple[dict[str, Kept], dict[str, Finding], list[Slow]]]:
    """The first is read alone: by then the word lists are here, for all processes."""
    first, rest = names[:1], names[1:]
    size = team.size() if len(rest) >= FOR_TWO else 1
    if size > 1:
        for _ in desk.annotated(first):
            pass
        yield desk.result
    else:
        rest = names
    with team.Team(desk, size) as crew:
        yield from crew.call("annotated", [rest[number::size] for number in range(size)], progress, "annotate")


def finding(error: SeedError) -> Finding:
    return Finding("unreadable-seed", Place(f"seeds/{error.at.path}", error.at.line), error.problem, error.fix)
