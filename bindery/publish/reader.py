"""content/ → entries, leaves, and the plan of the site: only what changed since the last build is read."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Self

import jinja2
import msgspec

from bindery import stamps
from bindery.content import anchors as anchor_files
from bindery.content import files, lock, store
from bindery.content.lock import Address
from bindery.errors import ContentError, SiteError
from bindery.journal import Slowest
from bindery.model import Anchor, AuthorityId, Briefing
from bindery.publish import anchors, bodies, dossiers, entries, ledger, permalinks, plan, render, rights, static_files, stories, swap
from bindery.publish.bodies import Bodies, Body
from bindery.publish.body import Block, Links, Target, blocks
from bindery.publish.entries import Leaf
from bindery.publish.entry import Entry
from bindery.publish.inputs import SITE, STATIC
from bindery.publish.known import Known
from bindery.publish.leaves import Leaves
from bindery.publish.ledger import Made
from bindery.publish.offices import held
from bindery.publish.permalinks import OFFICES, TOGETHER, authority_permalink, relative
from bindery.publish.pieces import Pieced, Pieces
from bindery.publish.planned import Planned
from bindery.publish.views.catalogue import Catalogue, gathered
from bindery.segments import Segment, Segments, Spot
from bindery.stories.grouping import Grouped

ORIGIN = "briefings/index.html"
"""Links of a body are written as from here."""


class Reader:
    """Briefings read, each once, and what other pages need of them. It works alone, or as a member of a team. A context manager."""

    def __init__(self, known: Known, standing: Mapping[str, Made] = MappingProxyType({})) -> None:
        """`standing` has the files of the site that are as they were made."""
        self.known = known
        self.pieces = Pieces(known.site, standing if known.merged == known.before.merged else {})
        self._links = Links(self._target)
        self.listed: dict[str, Entry] = {}
        self.catalogue: Catalogue | None = None
        self.leaves: Leaves | None = None
        self._segments: Segments | None = None
        self._bodies: Bodies | None = None
        self.keys = plan.Keys({}, {}, {}, {}, 0)
        self.planned: dict[str, Planned] = {}
        self.folder: swap.Folder | None = None
        self.addresses: Mapping[str, Address] | None = None
        """The lock; None while it and all addresses are as they were, so that nothing is to be recorded."""
        self.published = 0
        """Digest of what may stand for an address."""
        self.kept: tuple[Address, ...] = ()
        self.result: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # stages of the team

    def read(self, names: Sequence[str]) -> Iterator[None]:
        """Files of content/briefings/ → (entries, own keys, spots, new anchors, errors)."""
        listed: list[Entry] = []
        own: dict[str, int] = {}
        remembered: dict[str, str] = {}
        errors: list[ContentError] = []
        encode = msgspec.msgpack.Encoder().encode
        with Segment(self.known.site.cache / ledger.FOLDER) as segment:
            for name in names:
                yield
                try:
                    whole, shown, body = self._read(name)
                except ContentError as error:
                    errors.append(error)
                    continue
                leaf = entries.leaf(shown, body, self.known.authorities, self.known.site)
                whom = entries.named(shown, body)
                made_of = self.made_of(name, shown.id, (*whom, *entries.aside(shown, whom)))
                entry = entries.entry(shown, body, self.known.site, made_of, leaf)
                segment.add(entry.id, encode(leaf), bodies.packed(shown, body))
                listed.append(entry)
                own[entry.id] = self.own(name, entry)
                found = _new_anchors(whole, shown, body)
                if found is not None:
                    remembered[entry.id] = anchor_files.dump(found)
                is_past = stamps.is_past(*self.known.found[store.BRIEFINGS][name])
                if is_past or (found is not None and not self._stands(replace(whole, anchors=found), shown, body)):
                    own[entry.id] = ledger.CHANGED
        self.result = listed, own, segment.spots, remembered, errors

    def gather(self, values: Sequence[Any]) -> Iterator[None]:
        """Everything that all members read, and the stories among it → catalogue and plan."""
        listed, spots, grouped, is_restated = values
        self.arrange(listed, spots, grouped, is_restated=is_restated)
        self.result = None
        yield

    def enter(self, values: Sequence[Any]) -> Iterator[None]:
        """The folder that files are put into from now on."""
        (self.folder,) = values
        self.result = None
        yield

    def make(self, permalinks: Sequence[str]) -> Iterator[None]:
        """Make files and put them into the folder → what stands there, and what took longest."""
        assert self.folder is not None
        env = self.known.templates.env
        made: dict[str, Made] = {}
        slowest = Slowest()
        for permalink in permalinks:
            one = self.planned[permalink]
            begun = slowest.begun()
            data = content(one, env, self.pieces)
            slowest.ended(permalink, begun)
            stat = self.folder.put(permalink, data)
            made[permalink] = Made(one.key, len(data), stat.st_mtime_ns, sha256(data).digest())
            yield
        self.result = made, slowest.found

    # what they share

    def group(self, listed: Mapping[str, Entry], spots: Mapping[str, Spot], unchanged: Container[str]) -> Grouped:
        """The stories. What was measured of briefings that are unchanged is not measured again."""
        self.listed = dict(listed)
        self._open(spots)
        assert self.leaves is not None
        before = {(one, other): share for one, other, share in self.known.before.alike if one in unchanged and other in unchanged}
        return stories.found(listed, self.leaves.shingles, self.known.decided, before)

    def arrange(self, listed: Mapping[str, Entry], spots: Mapping[str, Spot], grouped: Grouped, *, is_restated: bool = False) -> None:
        """`is_restated`: since the last build nothing changed but what some briefings say, so that only what says so is planned."""
        self.listed = stories.completed(listed, grouped, self.known.decided)
        self._open(spots)
        assert self.leaves is not None
        known = self.known
        published = self._published_by_chance()
        site = dossiers.settled(known.site, known.merged)
        found = gathered(self.listed, self.leaves, known.authorities, site, published)
        offices = held.found(self.listed.values(), known.authorities, known.site, known.held, published)
        self.catalogue = replace(found, offices=offices)
        self.keys = plan.keys(self.catalogue)
        planned = self._restated(self.catalogue) if is_restated else self._planned(self.catalogue)
        templates = known.templates
        self.planned = {one.permalink: _of_template(one, templates[one.template]) if one.template else one for one in planned}

    def _open(self, spots: Mapping[str, Spot]) -> None:
        """What is kept on the disk of every briefing."""
        if self.leaves is None or self.leaves.spots is not spots:
            self.close()
            self._segments = Segments(self.known.site.cache / ledger.FOLDER)
            self.leaves = Leaves(self._segments, spots, _Again(self))
            self._bodies = Bodies(self._segments, spots, self._anew)

    def close(self) -> None:
        """The files in the cache; they are opened again when something of them is asked for."""
        if self._segments:
            self._segments.close()

    def own(self, name: str, entry: Entry) -> int:
        """Digest of all that decides whether a briefing has to be read again, apart from the configuration and merges."""
        anchor = self.known.folders[store.ANCHORS].get(f"{entry.id}.tsv")
        return hash((self.made_of(name, entry.id, (*entry.named, *entry.aside)), anchor.digest if anchor else 0))

    def made_of(self, name: str, identifier: str, linked: Iterable[AuthorityId]) -> int:
        """The same but for the addresses of its paragraphs: when they are recorded, nothing else about it changes."""
        folders, tsv = self.known.folders, f"{identifier}.tsv"
        provenance = folders[store.PROVENANCE].get(tsv)
        there = (one in self.known.authorities for one in linked)
        judged = self.known.judged(identifier)
        own = folders[store.BRIEFINGS][name].digest, provenance.digest if provenance else 0
        return hash((stamps.digest(name.encode()), *own, judged, *there))

    def body(self, identifier: str) -> Body:
        """A briefing and its blocks, as they were when it was last read."""
        assert self._bodies is not None
        return self._bodies(identifier)

    def renewed(self, identifier: str) -> Body:
        """The same, read again; so it stands for all later pages."""
        assert self._bodies is not None
        return self._bodies.renew(identifier)

    def _anew(self, identifier: str) -> Body:
        _, shown, body = self._read(self.listed[identifier].path.rpartition("/")[2])
        return shown, body

    def _restated(self, catalogue: Catalogue) -> Iterator[Planned]:
        before = self.known.before
        self.kept, self.published = tuple(before.kept), before.published
        changed = {identifier for identifier, digest in self.keys.said.items() if before.said.get(identifier) != digest}
        return plan.restated(changed, self.kept, catalogue, self.keys, self.body)

    def _planned(self, catalogue: Catalogue) -> list[Planned]:
        known, found = self.known, self.keys
        made = list(plan.files(catalogue, found, self.body))
        pages = [one.permalink for one in made]
        self.kept = self._kept(catalogue, _distinct(made))
        made += plan.closing(pages, self.kept, catalogue, found, self.body)
        made += static_files.files(known.found[STATIC], known.folders[STATIC], catalogue.site.interface)
        return made

    def _published_by_chance(self) -> list[str]:
        """Addresses that there ever were of the pages which no file of content/ stands for, those of two names and of offices: by the
        last build, where the lock is as it left it."""
        ever = self.known.before.outputs if self._has_lock_of_before else self._lock
        return [permalink for permalink in ever if permalink.startswith((f"{TOGETHER}/", f"{OFFICES}/"))]

    @cached_property
    def _lock(self) -> Mapping[str, Address]:
        """As it stands before this build."""
        return lock.read(self.known.site.root)

    @property
    def _has_lock_of_before(self) -> bool:
        known = self.known
        now, then = known.folders[SITE].get(lock.LOCK_FILE), known.before.folders.get(SITE, {}).get(lock.LOCK_FILE)
        return now is not None and now == then

    def _kept(self, catalogue: Catalogue, pages: Collection[str]) -> tuple[Address, ...]:
        """What stands for addresses that have no page any more: as before, where neither they nor the lock have changed."""
        known, before = self.known, self.known.before
        self.published = stamps.digest("\n".join(pages).encode())  # each briefing's page stands before its short address
        if self._has_lock_of_before and (self.published, known.merged) == (before.published, before.merged):
            return tuple(before.kept)
        self.addresses = self._lock
        return permalinks.kept(self.addresses, catalogue.entries.values(), catalogue.authorities, known.merged, pages)

    def _read(self, name: str) -> tuple[Briefing, Briefing, tuple[Block, ...]]:
        """A briefing as it stands in content/, as it may be shown, and its blocks. Raises ContentError."""
        known = self.known
        shown_path = f"content/{store.BRIEFINGS}/{name}"
        source = store.read_text(known.found[store.BRIEFINGS][name][0], shown_path)
        briefing = files.read_briefing(source, shown_path)
        tsv = f"{briefing.id}.tsv"
        there = tsv in known.found[store.PROVENANCE], tsv in known.found[store.ANCHORS]
        briefing = store.completed(briefing, known.site, known.merged, recorded=there[0], published=there[1])
        briefing = store.judged(briefing, known.decided)
        return briefing, *self._shown(briefing)

    def _shown(self, briefing: Briefing) -> tuple[Briefing, tuple[Block, ...]]:
        shown = rights.shown_of(briefing, self.known.site)
        return shown, blocks(shown, self._links)

    def _stands(self, recorded: Briefing, shown: Briefing, body: Sequence[Block]) -> bool:
        """Whether a briefing looks the same once its new addresses are recorded, as it may not where paragraphs that are nearly alike
        share an old one."""
        if shown.rights == "full" and not any(block.aliases for block in body):
            return True  # each of them leads where it leads by its own words
        return self._shown(recorded)[1] == body

    def _target(self, identifier: AuthorityId) -> Target | None:
        authority = self.known.authorities.get(identifier)
        return Target(relative(ORIGIN, authority_permalink(authority)), authority.kind) if authority else None


def _of_template(one: Planned, digest: int) -> Planned:
    """With the digest of its template in its key. Made anew: `_replace` takes three times as long for each of 40,000."""
    return Planned(one.permalink, one.template, hash((one.key, digest)), one.make, one.cost, one.briefing)


def content(one: Planned, env: jinja2.Environment, pieces: Pieces) -> bytes:
    """What stands in the file. Raises SiteError."""
    made = one.make()
    if isinstance(made, Pieced):
        return pieces.content(one.permalink, one.key, made)
    if isinstance(made, Mapping):
        made = render.text(one, made, env)
    return made if isinstance(made, bytes) else made.encode()


def _new_anchors(whole: Briefing, shown: Briefing, body: Sequence[Block]) -> tuple[Anchor, ...] | None:
    """What content/anchors/ has to remember of a briefing; None where it has it."""
    texts = {key: block.text for block in body for key in block.addresses}
    remembered = anchors.record(texts, whole.anchors, all_shown=shown.rights == "full")
    return remembered if set(remembered) != set(whole.anchors) else None


def _distinct(made: list[Planned]) -> Collection[str]:
    """The permalinks. Raises SiteError for the first two files that share one."""
    seen: dict[str, Planned] = {}
    for one in made:
        other = seen.setdefault(one.permalink, one)
        if other is not one:
            problem = f"two pages want the address {one.permalink}: {other.template} and {one.template}"
            raise SiteError(problem, at=lock.AT, fix="rename one of the two files in content/")
    return seen.keys()


class _Again(Mapping[str, Leaf]):
    """Leaves made anew, for those that are damaged or missing on the disk."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getitem__(self, key: str) -> Leaf:
        shown, body = self._reader.body(key)
        return entries.leaf(shown, body, self._reader.known.authorities, self._reader.known.site)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
