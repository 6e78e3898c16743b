"""library → one e-mail: the briefings since a day, by the city they are about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from itertools import groupby

import jinja2
from markupsafe import Markup

from bindery.config import Site
from bindery.errors import ContentError
from bindery.languages import Interface
from bindery.model import Authority, Place
from bindery.publish import names
from bindery.publish.entry import Entry
from bindery.publish.mail import message, sheet
from bindery.publish.mail.message import Envelope, Letter
from bindery.publish.permalinks import Addressed, short_permalink
from bindery.publish.scripts import sort_key
from bindery.publish.views import lists
from bindery.publish.views.catalogue import Catalogue, Named

LARGEST = 90_000
"""Bytes of a message: Gmail shows no more than about 102,000 of its HTML and hides the rest behind a link."""
SMALLEST_ITEM = 500
"""Bytes of a briefing without a summary in both parts; measured: 635 and more."""
ALL = "briefings/index.html"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which briefings: of this day or later that name any of `names`. No names: all."""

    since: Date
    names: tuple[str, ...] = ()
    """Each a kind or its folder, a slash, and a name, variant or slug: "city/重庆"."""


@dataclass(frozen=True, slots=True)
class Item:
    """A briefing in the list."""

    title: str
    html: Markup
    about: str
    """Day and source."""
    summary: str
    lead: Markup
    """The summary with its languages marked."""
    address: str
    also: tuple[str, ...]
    """Other cities it names."""


@dataclass(frozen=True, slots=True)
class Group:
    """Briefings under a city; without one `named` is None."""

    named: Named | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A message with what it holds. `data` is empty where there is nothing to tell."""

    letter: Letter | None
    data: bytes
    count: int
    left_out: int
    """Older ones, for which there was no room."""


@dataclass(frozen=True, slots=True)
class _Selection:
    """The chosen briefings, newest first, and what chose them."""

    briefings: tuple[Entry, ...]
    wanted: tuple[Authority, ...]
    since: Date


def digest(read: Catalogue, choice: Choice, envelope: Envelope) -> Digest:
    """The newest of the chosen briefings, as many as fit. Raises ContentError for a name nobody has, SiteError without base_url."""
    message.base_url(read.site)
    selection = _selection(choice, read)
    total = len(selection.briefings)
    if not total:
        return Digest(None, b"", 0, 0)
    env = sheet.environment(read.site)

    def made(count: int) -> tuple[Letter, bytes]:
        letter = _letter(selection, count, read, env)
        return letter, message.message(letter, envelope, read.site)

    def fits(count: int) -> bool:
        return len(made(count)[1]) <= LARGEST

    most = min(total, LARGEST // SMALLEST_ITEM)
    count = most if fits(most) else bisect_left(range(most), True, key=lambda count: not fits(count + 1))
    return Digest(*made(count), count, total - count)


def about(date: Date | None, source: str | None, interface: Interface) -> str:
    """Day and source in words."""
    return interface.listed(filter(None, (interface.day(date) if date else interface.say("Undated"), source)))


def short_address(briefing: Addressed, site: Site) -> str:
    """Absolute, and short enough to survive a line's end."""
    return f"{site.base_url}/{short_permalink(briefing).removesuffix('index.html')}"


def _record(name: str, read: Catalogue) -> Authority:
    site = read.site
    word, _, wanted = name.partition("/")
    kind = next((kind.name for kind in site.kinds if word in (kind.name, kind.folder)), None)
    if kind is None or not wanted:
        known = ", ".join(f"{kind.name}/…" for kind in site.kinds)
        raise ContentError(f"not a kind and a name: {name!r}", at=Place("--for"), fix=f"write one of {known}")
    return names.record(kind, wanted, read.authorities, site)


def _selection(choice: Choice, read: Catalogue) -> _Selection:
    wanted = tuple({record.id: record for record in (_record(name, read) for name in choice.names)}.values())
    named = {entry.id for record in wanted for entry in read.briefings.get(record.id, ())}
    told = (one for one in read.entries.values() if one.id in named) if wanted else read.leads.values()
    briefings: dict[str, Entry] = {}
    for one in told:
        if one.date and one.date >= choice.since:
            briefings.setdefault(one.story, one)
    return _Selection(tuple(briefings.values()), wanted, choice.since)


def _letter(selection: _Selection, count: int, read: Catalogue, env: jinja2.Environment) -> Letter:
    """The `count` newest of the selection; the others are only counted."""
    total = len(selection.briefings)
    interface = read.site.interface
    count_of_all = interface.count(total, "briefing", "briefings")
    heading = interface.say("{briefings} since {since}", briefings=count_of_all, since=interface.day(selection.since))
    context = {
        "heading": heading,
        "about": [record.name for record in selection.wanted],
        "groups": list(groups(selection.briefings[:count], [record.id for record in selection.wanted], read)),
        "left_out": total - count,
        "more": f"{read.site.base_url}/{ALL}",
        "archive": f"{read.site.base_url}/index.html",
    }
    return Letter(
        subject=f"{read.site.title}: {heading}",
        html=sheet.html("mail/digest.html", context, env),
        text=sheet.text("mail/digest.txt", context, env),
        date=selection.briefings[0].date,
    )


def groups(briefings: Iterable[Entry], wanted: Sequence[str], read: Catalogue) -> Iterator[Group]:
    """Each briefing once, under the city it names most, those asked for before others; cities from A to Z, newest first in each."""
    placed = [(places[0] if places else None, places, one) for one in briefings for places in [_places(one, wanted, read)]]
    placed.sort(key=lambda place: (place[0] is None, sort_key(place[0].name) if place[0] else ()))
    for named, found in groupby(placed, key=lambda place: place[0]):
        yield Group(named, tuple(_item(one, places[1:], read) for _, places, one in found))


def _places(entry: Entry, wanted: Sequence[str], read: Catalogue) -> list[Named]:
    """Cities (records of the first kind in site.yaml) that a briefing names, most often first."""
    found = [read.named[key] for key in entry.named if key in read.named and read.named[key].kind == read.site.kinds[0]]
    return sorted(found, key=lambda one: (one.id not in wanted, -entry.named[one.id]))


def _item(entry: Entry, others: Iterable[Named], read: Catalogue) -> Item:
    lead = lists.lead(entry, read)
    return Item(
        title=entry.title,
        html=entry.html,
        about=about(entry.date, entry.source_name, read.site.interface),
        summary=sheet.plain(lead),
        lead=lead,
        address=short_address(entry, read.site),
        also=tuple(other.name for other in others),
    )
