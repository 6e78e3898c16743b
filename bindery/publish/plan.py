"""catalogue → every file of the site that is made from it, each with a key: a digest of everything it will be made from.

A file whose key is that of the last build is the one that is there. So a key must hold whatever the view reads; what it holds
too much costs time, what it holds too little is a fault. Keys are made from digests that are known for every briefing and
every record, so that to plan ten thousand pages takes a moment and no file is read for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

import msgspec

from bindery import stamps
from bindery.content.lock import Address
from bindery.model import Authority, AuthorityId, Kind
from bindery.publish import dossiers, exports, feeds, follow, llms, markdown_copy, stubs
from bindery.publish.dossiers import Dossier
from bindery.publish.entry import Entry
from bindery.publish.offices import held
from bindery.publish.permalinks import ALL_OFFICES, DATA_PAGE, DOSSIERS, MAP, NETWORK, Pair, office_permalink
from bindery.publish.planned import Content, Planned, Read, key_of
from bindery.publish.share import pictures
from bindery.publish.views import (
    arrivals,
    authority,
    briefing,
    dossier,
    evidence,
    lists,
    methodology,
    network,
    offices,
    pair_data,
    places,
    review,
    suggestions,
)
from bindery.publish.views.catalogue import Catalogue, han_language

FALLBACK = "pages/authority.html"
"""Template of a kind that has none of its own."""
NOWHERE = 0
"""Key of a record that does not exist."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Digests that keys are made of."""

    name: Mapping[AuthorityId, int]
    """A record, and how its name is written."""
    summary: Mapping[AuthorityId, int]
    """The same, how many briefings name it, and when."""
    said: Mapping[str, int]
    """Briefing id → what it says, and how everybody is called whom it names."""
    years: Mapping[AuthorityId, int]
    """How many briefings of each year name whom."""
    span: int
    """First and last year of the archive."""

    @property
    def records(self) -> int:
        """All records, and who is named how often and when."""
        return hash(tuple(self.summary.values()))

    @property
    def everything(self) -> int:
        """The same, and all that briefings say."""
        return hash((self.records, *self.said.values()))


def keys(catalogue: Catalogue) -> Keys:
    name, summary, years = {}, {}, {}
    encode = msgspec.msgpack.Encoder().encode
    for identifier, record in catalogue.authorities.items():
        named_in = catalogue.briefings.get(identifier, ())
        name[identifier] = stamps.digest(encode(record) + han_language(record, named_in).encode())
        extent = catalogue.extents.get(identifier)
        days = (extent[0].toordinal(), extent[1].toordinal()) if extent else ()
        summary[identifier] = hash((name[identifier], len(named_in), *days))
        years[identifier] = hash(tuple((year or 0, len(list(found))) for year, found in groupby(entry.year for entry in named_in)))
    said = {
        identifier: hash((entry.content, *(name.get(named, NOWHERE) for named in entry.named)))
        for identifier, entry in catalogue.entries.items()
    }
    return Keys(name, summary, said, years, hash(catalogue.years or ()))


def files(catalogue: Catalogue, found: Keys, read: Read) -> Iterator[Planned]:
    """Everything but stubs and what is made of the pages themselves."""
    yield from _singles(catalogue, found)
    yield from _lists(catalogue, found)
    yield from _briefings(catalogue, found, read)
    yield from markdown_copy.files(catalogue, found.said, read)
    yield from llms.files(catalogue)
    for kind in catalogue.site.kinds:
        yield from _authorities(kind, catalogue, found)
    for pair in catalogue.together.shown:
        yield from _evidence(pair, catalogue, found)
    yield from _dossiers(catalogue, found)
    yield from _offices(catalogue, found)
    yield from pictures.files(catalogue)


def restated(changed: Collection[str], kept: Iterable[Address], catalogue: Catalogue, found: Keys, read: Read) -> Iterator[Planned]:
    """Of all of these what may be another file where nothing else changed than what some briefings say, and who is called what, stands
    where and is named with whom is as it was: all whose keys hold a digest of what they say."""
    names = {name for identifier in changed for name in catalogue.entries[identifier].named}
    yield from _singles(catalogue, found)
    yield from _briefings(catalogue, found, read, changed)
    yield from (one for one in markdown_copy.files(catalogue, found.said, read) if one.briefing in changed)
    for kind in catalogue.site.kinds:
        yield from _authorities(kind, catalogue, found, names)
    for pair in catalogue.together.shown:
        yield from _evidence(pair, catalogue, found)
    yield from _dossiers(catalogue, found, names)
    yield from _offices(catalogue, found)
    yield from follow.files(catalogue, kept, found.said, read, names)
    yield from exports.files(catalogue, found.everything, found.said)


def closing(permalinks: Iterable[str], kept: tuple[Address, ...], catalogue: Catalogue, found: Keys, read: Read) -> Iterator[Planned]:
    """What follows from all others: stubs, the site map, the archive as data. `permalinks` are those of all pages."""
    yield from stubs.files(kept, catalogue)
    yield from markdown_copy.stubs(kept, catalogue.site)
    yield from follow.files(catalogue, kept, found.said, read)
    yield from feeds.files([*permalinks, DATA_PAGE], catalogue)
    yield from exports.files(catalogue, found.everything, found.said)


def _page(permalink: str, name: str, key: int, make: Callable[[], object], section: str = "") -> Planned:
    return Planned(permalink, f"pages/{name}.html", key, lambda: {"view": make(), "section": section})


def _singles(catalogue: Catalogue, found: Keys) -> Iterator[Planned]:
    entries = catalogue.entries.values()
    names = found.records
    counts = lists.counts(catalogue)
    counted = stamps.digest(repr((counts.briefings, counts.copies, counts.sources, counts.years, counts.kinds, counts.languages)).encode())
    newest = lists.newest(catalogue)
    line = stamps.digest(repr(lists.line(catalogue)).encode())
    home = hash((counted, names, line, *(found.said[entry.id] for entry in newest), *(entry.face for entry in newest)))
    yield _page("index.html", "home", home, lambda: lists.home(catalogue))
    yield _page("search.html", "search", counted, lambda: lists.counts(catalogue))
    yield _page("404.html", "404", counted, lambda: lists.counts(catalogue))
    statuses = hash(tuple(record.status == "confirmed" for record in catalogue.authorities.values()))
    tallies = hash((counted, statuses, *(entry.tally for entry in entries)))
    yield _page("methodology.html", "methodology", tallies, lambda: methodology.view(catalogue))._replace(cost=len(entries) // 50)
    yield Planned("data/names.js", "feeds/data.js", names, lambda: suggestions.names(catalogue), len(found.summary) // 100)
    ids = key_of(*arrivals.listed(catalogue))
    yield Planned("data/arrivals.js", "feeds/data.js", ids, lambda: arrivals.view(catalogue))
    yield from review.files(catalogue, found.name)
    yield _page(NETWORK, "network", _network_key(catalogue, found), lambda: network.view(catalogue))
    yield _page(MAP, "map", _map_key(catalogue, found), lambda: places.view(catalogue))
    titles = hash(tuple(entry.face for entry in entries))
    yield Planned("data/titles.js", "feeds/data.js", titles, lambda: suggestions.titles(catalogue), len(entries) // 100)


def _network_key(catalogue: Catalogue, found: Keys) -> int:
    together = catalogue.together
    ties = ((len(together.sentences[two]), *map(found.name.__getitem__, two)) for two in together.strongest)
    return hash((len(together.partners), len(together.sentences), *ties))


def _map_key(catalogue: Catalogue, found: Keys) -> int:
    together = catalogue.together
    joined = ((len(together.sentences[two]), *map(found.name.__getitem__, two)) for two in together.routes)
    return hash((places.unplaced(catalogue), *(found.summary[key] for key in places.placed(catalogue)), *joined))


def _lists(catalogue: Catalogue, found: Keys) -> Iterator[Planned]:
    years = lists.years(catalogue)
    outline = stamps.digest(repr([(permalink, len(entries)) for permalink, entries in years.items()]).encode())
    for permalink, entries in years.items():
        key = hash((outline, *(entry.face for entry in entries)))
        view = partial(lists.years_view, permalink, years, catalogue)
        yield _page(permalink, "briefings", key, view, "briefings")._replace(cost=len(entries) // 20)
    for kind in catalogue.site.kinds:
        register = lists.register(kind, catalogue)
        letters = stamps.digest(repr([(permalink, len(ids)) for permalink, (_, ids) in register.items()]).encode())
        for permalink, (_, ids) in register.items():
            details = "\n".join(lists.detail_of(identifier, catalogue) or "" for identifier in ids)
            key = hash((letters, stamps.digest(details.encode()), *(found.summary[identifier] for identifier in ids)))
            letter = partial(lists.register_view, permalink, kind, register, catalogue)
            yield _page(permalink, "kind", key, letter, kind.folder)._replace(cost=len(ids) // 20)


def _briefings(catalogue: Catalogue, found: Keys, read: Read, only: Collection[str] | None = None) -> Iterator[Planned]:
    """Each briefing between its neighbours in time, and its short address. One without a date has no neighbours. `only`: of these."""
    is_paged = len(catalogue.leads) > lists.ON_ONE_PAGE
    summary = found.summary
    for later, this, earlier in _among_neighbours(catalogue):
        if only is not None and this.id not in only:
            continue
        before, after = _dated(earlier, this), _dated(later, this)
        faces = (before.face if before else 0, after.face if after else 0)
        key = hash((found.said[this.id], is_paged, *faces, *(summary.get(named, NOWHERE) for named in this.named)))
        view = partial(_briefing, this.id, before, after, catalogue, read)
        yield _page(this.permalink, "briefing", key, view, "briefings")._replace(briefing=this.id)
        short: Callable[[], Content] = partial(dict, target=this.permalink, title=this.title, heading=this.html)
        yield Planned(this.short_permalink, "pages/short_address.html", this.face, short, 0)


def _among_neighbours(catalogue: Catalogue) -> Iterator[tuple[Entry | None, Entry, Entry | None]]:
    """Each with the briefings that are listed before it and after it. Of a story only the leading one is another's neighbour."""
    listed = list(catalogue.entries.values())
    next_lead = {one.id: other for one, other in zip(listed, _after(listed), strict=True)}
    later: Entry | None = None
    for this in listed:
        yield later, this, next_lead[this.id]
        later = this if this.is_lead else later


def _after(listed: Sequence[Entry]) -> list[Entry | None]:
    """Of each the next that leads its story."""
    found: list[Entry | None] = []
    lead: Entry | None = None
    for this in reversed(listed):
        found.append(lead)
        lead = this if this.is_lead else lead
    return found[::-1]


def _briefing(identifier: str, earlier: Entry | None, later: Entry | None, catalogue: Catalogue, read: Read) -> object:
    return briefing.BriefingView(*read(identifier), earlier, later, catalogue, read)


def _dated(neighbour: Entry | None, this: Entry) -> Entry | None:
    return neighbour if neighbour and neighbour.date and this.date else None


def _authorities(kind: Kind, catalogue: Catalogue, found: Keys, only: Collection[AuthorityId] | None = None) -> Iterator[Planned]:
    """Each record's page, and those with its older mentions. The note of a record may link to any other. `only`: of these."""
    template = f"pages/{kind.name}.html"
    own = kind.name if any((folder / template).is_file() for folder in catalogue.site.template_folders) else "authority"
    everybody = hash(tuple(found.name.values()))
    for record in catalogue.authorities.values():
        if record.kind == kind.name and (only is None or record.id in only):
            yield from _authority(record, own, everybody, catalogue, found)


def _authority(record: Authority, template: str, everybody: int, catalogue: Catalogue, found: Keys) -> Iterator[Planned]:
    identifier, folder = record.id, catalogue.site.kind(record.kind).folder
    (first, here), *older = authority.pages(identifier, catalogue).items()
    all_said = (found.said[entry.id] for entry in catalogue.briefings.get(identifier, ()))
    among = network.among(identifier, catalogue)
    concerned = tuple(number for number, one in enumerate(catalogue.dossiers) if dossiers.has(one, identifier))
    in_office = held.digest(catalogue.offices, catalogue.offices.held.get(identifier, ()), identifier)
    key = hash((found.span, found.summary[identifier], everybody if record.note else 0, among, concerned, in_office, *all_said))
    page = _page(first, template, key, partial(authority.AuthorityView, record, catalogue), folder)
    yield page._replace(cost=1 + len(here) // 8)
    parts = stamps.digest(repr(authority.parts(identifier, catalogue)).encode()) if older else 0
    for permalink, here in older:
        key = hash((found.name[identifier], parts, *(found.said[entry.id] for entry in here)))
        page = _page(permalink, "mentions", key, partial(authority.older_view, identifier, permalink, catalogue), folder)
        yield page._replace(cost=1 + len(here) // 8)


def _offices(catalogue: Catalogue, found: Keys) -> Iterator[Planned]:
    """Each office with its holders, and the list of all."""
    all_held = catalogue.offices
    for key in all_held.shown:
        holders = all_held.holders[key]
        said = (found.said[seen.entry.id] for all_seen in holders.values() for seen in all_seen)
        page = hash((held.digest(all_held, [key]), *map(found.name.__getitem__, holders), *said))
        yield _page(office_permalink(key), "office", page, partial(offices.view, key, catalogue))._replace(cost=1 + len(holders) // 8)
    listed = offices.listed(catalogue)
    people = (found.summary[who] for key in listed for who in all_held.holders[key])
    page = hash((len(all_held.shown), held.digest(all_held, listed), *people))
    yield _page(ALL_OFFICES, "offices", page, partial(offices.all_offices, catalogue))._replace(cost=1 + len(listed) // 20)


def _evidence(pair: Pair, catalogue: Catalogue, found: Keys) -> Iterator[Planned]:
    """The pages with the sentences that name two."""
    names = (*map(found.name.__getitem__, pair), *map(found.years.__getitem__, pair))
    pages = evidence.pages(pair, catalogue)
    all_said = (found.said[entry.id] for here in pages.values() for entry in here)
    key = hash((found.span, *names, *all_said))
    for permalink, here in pages.items():
        yield _page(permalink, "together", key, partial(evidence.EvidenceView, pair, permalink, catalogue))._replace(
            cost=1 + len(here) // 8
        )


def _dossiers(catalogue: Catalogue, found: Keys, only: Collection[AuthorityId] | None = None) -> Iterator[Planned]:
    """The standing dossiers, the list of them, and what the browser puts any other together from. `only`: of these."""
    keys = []
    for one in catalogue.dossiers:
        names = hash(tuple((len(side), *map(found.name.__getitem__, side)) for side in one.sides))
        days = (day.toordinal() for day in one.extent or ())
        keys.append(hash((names, len(one.contacts), one.sentence_count, *days)))
        yield from _dossier(one, names, catalogue, found)
    yield _page(DOSSIERS, "dossiers", hash(tuple(keys)), lambda: dossier.listed(catalogue))
    yield _page("dossier.html", "any_dossier", 0, lambda: dossier.QUIET)
    holders = pair_data.holders(catalogue)
    digest = stamps.digest("\n".join(holders).encode())
    yield Planned(pair_data.INDEX, "feeds/data.js", digest, partial(pair_data.index, catalogue))
    for key in holders if only is None else [key for key in holders if key in only]:
        listed = catalogue.briefings.get(key, ())
        digest = hash((found.name[key], *(found.said[entry.id] for entry in listed)))
        yield Planned(pair_data.permalink(key), "feeds/data.js", digest, partial(pair_data.rows, key, catalogue), len(listed) // 50)


def _dossier(one: Dossier, names: int, catalogue: Catalogue, found: Keys) -> Iterator[Planned]:
    """Its pages; those with newer contacts say nothing of the others but how long before there was none."""
    pages, until = dossier.pages(one), dossier.newest(catalogue)
    parts = stamps.digest(repr(authority.parts_of(pages, catalogue.site.interface)).encode())
    ends = until.toordinal() if until else 0
    compared = dossier.compared(one, catalogue)
    if compared:
        drawn = (value for line in compared for value in (found.name[line.named.id], found.years[line.named.id]))
        key = hash((names, found.span, *drawn))
        yield _page(dossier.side_by_side(one), "side_by_side", key, partial(dossier.SideBySideView, one, catalogue))
    for permalink, here in pages.items():
        if permalink == one.permalink:
            all_said = (found.said[entry.id] for entry in (*one.contacts, *one.apart))
            pages_beside = bool(dossier.evidence(one, catalogue)), bool(compared)
            key = hash((names, found.span, parts, ends, pages_beside, *all_said))
        else:
            before = dossier.day_before(here[0], one)
            is_last = permalink == [*pages][-1]
            key = hash((names, parts, before, is_last and ends, *(found.said[entry.id] for entry in here)))
        yield _page(permalink, "dossier", key, partial(dossier.DossierView, one, permalink, catalogue))._replace(cost=1 + len(here) // 8)
