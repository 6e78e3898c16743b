"""What changed of content/ → site/: read, made, written beside the site, and swapped in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from bindery import journal, segments, stamps, team
from bindery.config import Site
from bindery.content import lock, shelf, store
from bindery.errors import ContentError, SiteError
from bindery.model import Place
from bindery.progress import Progress
from bindery.publish import ledger, permalinks, swap
from bindery.publish.entry import Entry
from bindery.publish.known import Known
from bindery.publish.ledger import Ledger, Made
from bindery.publish.planned import Planned
from bindery.publish.reader import Reader
from bindery.publish.standing import Printed, Standing, astray, times
from bindery.publish.views.catalogue import Catalogue
from bindery.segments import Spot
from bindery.stories.grouping import Grouped

READING_FOR_TWO = 200
"""Briefings to read from which on a second process saves more time than its start costs."""
MAKING_FOR_TWO = 400
"""The same for files to make."""


TEXTS = frozenset({store.BRIEFINGS, store.ANCHORS, store.PROVENANCE})
"""Folders that hold what single briefings say."""


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


def print_(known: Known, standing: Standing, progress: Progress, close: Close | None) -> Printed:
    """Make what has to be made, and swap it in. Raises ContentError and SiteError, alone or in an ExceptionGroup."""
    with Reader(known, standing.outputs) as reader:
        entry_by_name = _known_entries(known)
        unchanged, to_read = _sorted_out(reader, entry_by_name)
        size = team.size() if len(to_read) >= READING_FOR_TWO else 1
        if size > 1:
            known.templates.prepare()
        with team.Team(reader, size) as crew:
            with journal.stage("publish/read"):
                read = _read_all(reader, crew, unchanged, to_read, progress)
            with journal.stage("publish/stories"):
                grouped = reader.group(read.entries, read.spots, {entry.id for entry in unchanged.values()})
            with journal.stage("publish/gather"):
                is_restated = standing.has_all(known.before) and _is_restated(
                    known, read, grouped, [entry_by_name.get(name) for name in to_read]
                )
                with crew.told("gather", read.entries, read.spots, replace(grouped, measured={}), is_restated):
                    reader.arrange(read.entries, read.spots, grouped, is_restated=is_restated)
            return _print(_Work(reader, crew, read, grouped, standing, is_restated), progress, close)


@dataclass(frozen=True, slots=True)
class _Read:
    """All briefings, newest first, whether they were read now or before."""

    entries: dict[str, Entry]
    own: dict[str, int]
    spots: dict[str, Spot]
    anchors: dict[str, str]
    """Briefing id → what content/anchors/ has to remember of it from now on."""


@dataclass(frozen=True, slots=True)
class _Work:
    reader: Reader
    crew: team.Team
    read: _Read
    grouped: Grouped
    standing: Standing
    is_restated: bool
    """Nothing changed but what some briefings say: what is not planned stays as it is."""


def _known_entries(known: Known) -> dict[str, Entry]:
    """Those of the last build, by file name; none where what they name is merged otherwise."""
    return {entry.path.rpartition("/")[2]: entry for entry in known.before.listed()} if known.merged == known.before.merged else {}


def _sorted_out(reader: Reader, entry_by_name: Mapping[str, Entry]) -> tuple[dict[str, Entry], list[str]]:
    """Briefings that are as they were, by file name; names of the files that have to be read."""
    known, before = reader.known, reader.known.before
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
    return _Read({entry.id: entry for entry in listed}, own, spots, anchors)


def _is_restated(known: Known, read: _Read, grouped: Grouped, entries: Iterable[Entry | None]) -> bool:
    """Whether nothing changed since the last build but what some briefings say, in their texts: no record, no decision, no template,
    no title, nobody who is named, alone or with others. `entries` are those of before of the files that were read again."""
    before = known.before
    for name, files in known.folders.items():
        then = before.folders.get(name, {})
        if files.keys() != then.keys() if name in TEXTS else not stamps.are_untouched(files, then):
            return False
    if before.said.keys() != read.entries.keys() or before.stories != _digest(grouped):
        return False
    return all(then is not None and then.id in read.entries and then.is_listed_like(read.entries[then.id]) for then in entries)


def _digest(grouped: Grouped) -> int:
    return stamps.digest(repr(grouped.stories).encode())


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
    if work.is_restated:
        outputs |= {one: made for one, made in before.outputs.items() if one not in planned}
    closing = {one: made for one, made in standing.outputs.items() if one in before.closing}
    to_make = [one for one in planned.values() if one.permalink not in outputs]
    remade = {one.permalink for one in to_make}
    gone = (standing.foreign | before.outputs.keys() | before.closing.keys()) - planned.keys() - closing.keys() - outputs.keys()
    has_twin = standing.is_trusted and before.twin != 0 and swap.number(swap.twin_of(site.output)) == before.twin
    is_made = False

    def is_noted() -> bool:
        """The next build will know what this one did to the twin. What closing puts there has names that only it knows."""
        if not is_made:
            ledger.save(msgspec.structs.replace(before, stale=sorted({*before.stale} | remade | gone)), site)
        return not is_made

    with swap.beside(site.output, from_twin=has_twin, is_noted=is_noted) as folder:
        kept = outputs.keys() | closing.keys()
        other = kept
        if has_twin:
            other = gone | {*before.stale} | astray(folder.path, {**outputs, **closing}, before.twin_folders, standing.alone)
        for permalink in other - kept - remade:
            folder.drop(permalink)  # before anything is put: it may stand where a folder has to be
        for permalink in kept & other:
            folder.keep(permalink)
        reader.folder = folder
        outputs |= _make_all(work, to_make, progress)
        is_made = True
        if close is not None:
            with journal.stage("publish/search and archive.zip"):
                closing = dict(close(Edition(site, reader, folder, outputs, closing)))
        published = _record(reader)
        _record_paragraphs(work)
        ledger.forget(site)  # until the new one is written nobody knows which of the two sites stands there
    changed = remade | gone | {one for one in {*closing, *before.closing} if closing.get(one) != before.closing.get(one)}
    if not standing.is_trusted:
        swap.twinned(site.output, [*outputs, *closing])
        changed = set()
    twin = swap.twin_of(site.output)
    after = Ledger(
        program=before.program,
        site=before.site,
        folders=reader.known.folders,
        templates=dict(reader.known.templates),
        merged=dict(reader.known.merged),
        entries=ledger.packed(list(work.read.entries.values())),
        briefing_count=len(work.read.entries),
        own=work.read.own,
        leaves=work.read.spots,
        said=dict(reader.keys.said),
        stories=_digest(work.grouped),
        alike=[(*two, share) for two, share in work.grouped.measured.items()],
        records=reader.known.records,
        outputs=outputs,
        closing=closing,
        is_closed=close is not None,
        published=published,
        kept=list(reader.kept),
        page_count=sum(1 for permalink in outputs if permalink.endswith(".html")),
        stale=sorted(changed),
        live=swap.number(site.output),
        twin=swap.number(twin),
        live_folders=times(site.output, [*outputs, *closing]),
        twin_folders=standing.folders if standing.is_trusted else times(twin, [*outputs, *closing]) if twin.exists() else {},
    )
    try:
        ledger.save(after, site)
    except OSError as error:
        raise SiteError(
            f"what the next build could use cannot be kept: {error.strerror or error}",
            at=Place(f".cache/{ledger.FOLDER}"),
            fix="check the free space and that you may write there; the new site is finished, the next build makes all of it again",
        ) from error
    return Printed.of(after, len(remade))


def _make_all(work: _Work, to_make: Sequence[Planned], progress: Progress) -> dict[str, Made]:
    crew, folder = work.crew, work.reader.folder
    assert folder is not None
    if crew.size == 1 and sum(one.cost for one in to_make) >= MAKING_FOR_TWO and team.size() > 1:
        with team.Team(work.reader, team.size()) as larger:  # they have all that was read until now
            return _made_by(larger, to_make, progress)
    with crew.told("enter", folder):
        pass
    return _made_by(crew, to_make, progress)


def _made_by(crew: team.Team, to_make: Sequence[Planned], progress: Progress) -> dict[str, Made]:
    """What is made of one text is made by one of them, one after the other; the rest by whoever has least to do."""
    groups: dict[str, list[Planned]] = {}
    for one in to_make:
        groups.setdefault(one.briefing or one.permalink, []).append(one)
    shares: list[list[str]] = [[] for _ in range(crew.size)]
    loads = [0] * crew.size
    for group in sorted(groups.values(), key=lambda group: -sum(one.cost for one in group)):
        member = loads.index(min(loads))
        shares[member] += [one.permalink for one in group]
        loads[member] += sum(one.cost + 1 for one in group)
    with journal.stage("publish/make"):
        results = crew.call("make", shares, progress, "make") if to_make else []
    journal.slow("page", (slow for _, slowest in results for slow in slowest))
    return {permalink: made for result, _ in results for permalink, made in result.items()}


def _record(reader: Reader) -> int:
    """Add the addresses that are new to the lock. Gives the digest of all.

    Before the site is swapped in: whatever stops this run, no reader has what is not recorded.
    """
    assert reader.catalogue is not None
    known = reader.known
    if reader.addresses is not None:
        published = permalinks.published(reader.catalogue.entries.values(), reader.catalogue.authorities)
        published |= permalinks.published_pairs(reader.catalogue.together.shown)
        published |= permalinks.published_dossiers(known.site)
        published |= permalinks.published_offices(reader.catalogue.offices.shown)
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
