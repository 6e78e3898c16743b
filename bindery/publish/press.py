"""content/ → site/: only what changed is read, made and written; what stands there then is what a build from nothing would make.

What changed is found by digests (inputs.py), what has to be made for it by keys (plan.py), and what the last build knew stands
in the ledger. A file of the site that somebody changed is made again; without a ledger, or with one of another program or
configuration, everything is.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bindery import segments, stamps, team
from bindery.config import Site
from bindery.content import lock, shelf, store
from bindery.errors import ContentError, SiteError
from bindery.model import Place
from bindery.progress import Progress
from bindery.publish import ledger, permalinks, swap
from bindery.publish.entries import Entry
from bindery.publish.ledger import Ledger, Made
from bindery.publish.planned import Planned
from bindery.publish.reader import Reader, look
from bindery.publish.views.catalogue import Catalogue
from bindery.segments import Spot

READING_FOR_TWO = 200
"""Briefings to read from which on a second process saves more time than its start costs."""
MAKING_FOR_TWO = 400
"""The same for files to make."""
SPOT_CHECKED = ("b/", "pagefind/", "packs/")
"""Folders of many small files that nobody edits: only the names of their files are looked at."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The site while it is made: everything but what is made of it."""

    site: Site
    reader: Reader
    folder: swap.Folder
    outputs: Mapping[str, Made]
    """Permalink → the file that stands there."""
    before: Mapping[str, Made]
    """What was made of the files of the last build."""

    @property
    def catalogue(self) -> Catalogue:
        assert self.reader.catalogue is not None
        return self.reader.catalogue


Close = Callable[[Edition], Mapping[str, Made]]
"""Puts into the folder what is made of all other files, and says what stands there."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a build did."""

    briefing_count: int
    count_by_kind: Mapping[str, int]
    """Records of each kind."""
    page_count: int
    made_count: int
    """Files that were made; 0 when nothing had changed."""


def publish(site: Site, progress: Progress, close: Close | None) -> Printed:
    """Bring site/ up to date and swap it in. Without `close` the search and the archive to take away stay as they are.

    Raises ContentError and SiteError, alone or in an ExceptionGroup; then the old site is untouched.
    """
    try:
        return _published(site, progress, close)
    except OSError as error:
        at = Path(error.filename or site.cache)
        place = Place(at.relative_to(site.root).as_posix() if at.is_relative_to(site.root) else at.name)
        problem = f"cannot be written: {error.strerror or error}"
        raise SiteError(problem, at=place, fix="check the free space and that you may write here; the old site is untouched") from error


def _published(site: Site, progress: Progress, close: Close | None) -> Printed:
    known = look(site, ledger.load(site))
    before = known.before
    standing = _standing(site.output, before)
    if standing.is_whole and known.folders == before.folders and (before.is_closed or close is None):
        return _printed(before, 0)
    with Reader(known) as reader:
        unchanged, to_read = _sorted_out(reader)
        size = team.size() if len(to_read) >= READING_FOR_TWO else 1
        with team.Team(reader, size) as crew:
            read = _read_all(reader, crew, unchanged, to_read, progress)
            with crew.told("gather", read.entries, read.spots):
                reader.arrange(read.entries, read.spots)
            return _print(_Work(reader, crew, read, standing), progress, close)


@dataclass(frozen=True, slots=True)
class _Standing:
    """The site as it is."""

    outputs: dict[str, Made]
    """Files that are as they were made."""
    foreign: set[str]
    """Files that nobody made, or that are not as they were made."""
    is_trusted: bool
    """It is the site that the ledger tells of."""
    is_whole: bool
    """All files are there, and no others."""


@dataclass(frozen=True, slots=True)
class _Read:
    """All briefings, newest first, whether they were read now or before."""

    entries: dict[str, Entry]
    own: dict[str, int]
    spots: dict[str, Spot]
    anchors: dict[str, str]
    """Briefing id → what content/anchors/ has to remember of it from now on."""
    by_member: list[set[str]]
    """Ids that each member of the team has read."""


@dataclass(frozen=True, slots=True)
class _Work:
    reader: Reader
    crew: team.Team
    read: _Read
    standing: _Standing


def _standing(output: Path, before: Ledger) -> _Standing:
    """Look at every file of the site, whether it is as the last build left it."""
    if before.live == 0 or swap.number(output) != before.live:
        return _Standing({}, set(), is_trusted=False, is_whole=False)
    expected = {**before.outputs, **before.closing}
    found: dict[str, Made] = {}
    foreign: set[str] = set()
    for permalink, stat in _walked(str(output)):
        made = expected.get(permalink)
        if made is not None and (stat is None or (stat.st_size, stat.st_mtime_ns) == (made.size, made.modified)):
            found[permalink] = made
        else:
            foreign.add(permalink)
    return _Standing(found, foreign, is_trusted=True, is_whole=not foreign and len(found) == len(expected))


def _walked(base: str, prefix: str = "") -> Iterator[tuple[str, os.stat_result | None]]:
    """Permalink of every file, and what the system says of it where more is looked at than its name."""
    is_named_only = prefix.startswith(SPOT_CHECKED)
    with os.scandir(f"{base}/{prefix}") as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                yield from _walked(base, f"{prefix}{entry.name}/")
            else:
                yield f"{prefix}{entry.name}", None if is_named_only else entry.stat(follow_symlinks=False)


def _sorted_out(reader: Reader) -> tuple[dict[str, Entry], list[str]]:
    """Briefings that are as they were, by file name; names of the files that have to be read."""
    known, before = reader.known, reader.known.before
    entry_by_name = {entry.path.rpartition("/")[2]: entry for entry in before.entries} if known.merged == before.merged else {}
    unchanged: dict[str, Entry] = {}
    to_read: list[str] = []
    for name in sorted(known.found[store.BRIEFINGS]):
        entry = entry_by_name.get(name)
        if entry is not None and entry.id in before.leaves and reader.own(name, entry) == before.own[entry.id]:
            unchanged[name] = entry
        elif name != store.README:
            to_read.append(name)
    return unchanged, to_read


def _read_all(reader: Reader, crew: team.Team, unchanged: Mapping[str, Entry], to_read: Sequence[str], progress: Progress) -> _Read:
    """Raises an ExceptionGroup of ContentErrors that names every file that cannot be read."""
    before, site = reader.known.before, reader.known.site
    shares = [to_read[number :: crew.size] for number in range(crew.size)]
    results = crew.call("read", shares, progress, "read") if to_read else []
    listed = [*unchanged.values(), *(entry for entries, *_ in results for entry in entries)]
    errors = [error for *_, found in results for error in found]
    errors += _twice(listed)
    if errors:
        raise ExceptionGroup("content/ cannot be read", errors)
    listed.sort(key=lambda entry: (-(entry.date.toordinal() if entry.date else 1), entry.slug))
    kept = {entry.id for entry in unchanged.values()}
    own = {identifier: before.own[identifier] for identifier in kept}
    spots = segments.joined(site.cache / ledger.FOLDER, {key: before.leaves[key] for key in kept if key in before.leaves})
    anchors: dict[str, str] = {}
    for _, own_now, spots_now, remembered, _ in results:
        own |= own_now
        spots |= spots_now
        anchors |= remembered
    by_member = [{entry.id for entry in entries} for entries, *_ in results]
    return _Read({entry.id: entry for entry in listed}, own, spots, anchors, by_member)


def _twice(listed: Iterable[Entry]) -> Iterator[ContentError]:
    first: dict[str, Entry] = {}
    for entry in sorted(listed, key=lambda entry: entry.path):
        other = first.setdefault(entry.id, entry)
        if other is not entry:
            yield store.twice(entry.id, entry.path, other.path)


def _print(work: _Work, progress: Progress, close: Close | None) -> Printed:
    """Make what has to be made, beside the site; record; swap; remember."""
    reader, standing, before = work.reader, work.standing, work.reader.known.before
    site, planned = reader.known.site, reader.planned
    outputs = {one: made for one, made in standing.outputs.items() if one in planned and planned[one].key == made.key}
    closing = {one: made for one, made in standing.outputs.items() if one in before.closing}
    to_make = [one for one in planned.values() if one.permalink not in outputs]
    remade = {one.permalink for one in to_make}
    gone = (standing.foreign | before.outputs.keys() | before.closing.keys()) - planned.keys() - closing.keys()
    has_twin = standing.is_trusted and before.twin != 0 and swap.number(swap.twin_of(site.output)) == before.twin
    with swap.beside(site.output, from_twin=has_twin) as folder:
        kept = outputs.keys() | closing.keys()
        for permalink in (gone | {*before.stale}) - kept - remade if has_twin else ():
            folder.drop(permalink)  # before anything is put: it may stand where a folder has to be
        for permalink in kept & {*before.stale} if has_twin else kept:
            folder.keep(permalink)
        reader.folder = folder
        outputs |= _make_all(work, to_make, progress)
        if close is not None:
            closing = dict(close(Edition(site, reader, folder, outputs, closing)))
        published = _record(reader)
        _record_paragraphs(work)
        ledger.forget(site)  # until the new one is written nobody knows which of the two sites stands there
    changed = remade | gone | {one for one in {*closing, *before.closing} if closing.get(one) != before.closing.get(one)}
    if not standing.is_trusted:
        swap.twinned(site.output, [*outputs, *closing])
        changed = set()
    after = Ledger(
        program=before.program,
        site=before.site,
        folders=reader.known.folders,
        templates=dict(reader.known.templates),
        merged=dict(reader.known.merged),
        entries=list(work.read.entries.values()),
        own=work.read.own,
        leaves=work.read.spots,
        records=reader.known.records,
        outputs=outputs,
        closing=closing,
        is_closed=close is not None,
        published=published,
        kept=list(reader.kept),
        page_count=sum(1 for permalink in outputs if permalink.endswith(".html")),
        stale=sorted(changed),
        live=swap.number(site.output),
        twin=swap.number(swap.twin_of(site.output)),
    )
    try:
        ledger.save(after, site)
    except OSError as error:
        raise SiteError(
            f"what the next build could use cannot be kept: {error.strerror or error}",
            at=Place(f".cache/{ledger.FOLDER}"),
            fix="check the free space and that you may write there; the new site is finished, the next build makes all of it again",
        ) from error
    return _printed(after, len(remade))


def _make_all(work: _Work, to_make: Sequence[Planned], progress: Progress) -> dict[str, Made]:
    """Briefings' pages are made by those who read them, the others by whoever has least to do."""
    crew, folder = work.crew, work.reader.folder
    assert folder is not None
    if crew.size == 1 and sum(one.cost for one in to_make) >= MAKING_FOR_TWO and team.size() > 1:
        with team.Team(work.reader, team.size()) as larger:  # they have all that was read until now
            return _made_by(larger, [], to_make, progress)
    with crew.told("enter", folder):
        pass
    return _made_by(crew, work.read.by_member, to_make, progress)


def _made_by(crew: team.Team, by_member: Sequence[set[str]], to_make: Sequence[Planned], progress: Progress) -> dict[str, Made]:
    shares: list[list[str]] = [[] for _ in range(crew.size)]
    loads = [0] * crew.size
    member_by_briefing = {identifier: number for number, ids in enumerate(by_member) for identifier in ids}
    for one in sorted(to_make, key=lambda one: -one.cost):
        member = member_by_briefing.get(one.briefing, loads.index(min(loads)))
        shares[member].append(one.permalink)
        loads[member] += one.cost + 1
    results = crew.call("make", shares, progress, "make") if to_make else []
    return {permalink: made for result in results for permalink, made in result.items()}


def _record(reader: Reader) -> int:
    """Add the addresses that are new to the lock. Gives the digest of all.

    Before the site is swapped in: whatever stops this run, no reader has what is not recorded.
    """
    assert reader.catalogue is not None
    known = reader.known
    if reader.addresses is not None:
        published = permalinks.published(reader.catalogue.entries.values(), reader.catalogue.authorities)
        source = lock.dump(lock.grown(reader.addresses, published).values())
        path = known.site.root / lock.LOCK_FILE
        if not path.exists() or store.read_text(path, lock.LOCK_FILE) != source:
            shelf.write(path, source)
            known.folders["site"][lock.LOCK_FILE] = stamps.take(path)
    return reader.published


def _record_paragraphs(work: _Work) -> None:
    """Remember every paragraph address that is in the site, and what it leads to."""
    known = work.reader.known
    name_by_id = {entry.id: entry.path.rpartition("/")[2] for entry in work.read.entries.values()}
    many = len(work.read.anchors) > shelf.FEW
    for identifier, source in work.read.anchors.items():
        path = store.anchors_path(identifier, known.site)
        shelf.write(path, source, at_once=not many)
        known.folders[store.ANCHORS][path.name] = stamps.take(path)
        if work.read.own[identifier] != ledger.CHANGED:
            work.read.own[identifier] = work.reader.own(name_by_id[identifier], work.read.entries[identifier])


def _printed(after: Ledger, made_count: int) -> Printed:
    return Printed(len(after.entries), dict(Counter(record.kind for record in after.records.values())), after.page_count, made_count)
