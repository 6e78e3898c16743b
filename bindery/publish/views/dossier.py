"""Two sides → one page for the file: contacts in order, who and what is named in them, and how long there were none.

Contacts are numbered, oldest first, and everything else on the page says by these numbers what it rests on: each number leads to the
paragraph that it counts, and still says so on paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from itertools import groupby, islice, pairwise

from markupsafe import Markup

from bindery.model import AuthorityId, Kind
from bindery.publish import dossiers
from bindery.publish.dossiers import Dossier
from bindery.publish.entry import Entry
from bindery.publish.events import Event
from bindery.publish.permalinks import pair, pair_permalink
from bindery.publish.scripts import sort_key
from bindery.publish.views import authority, figures, lists, timeline
from bindery.publish.views import evidence as evidence_page
from bindery.publish.views.catalogue import Catalogue, Named
from bindery.publish.views.concordance import Quotation
from bindery.publish.views.evidence import Beside
from bindery.publish.views.lists import Around, Part
from bindery.publish.views.search_data import PERSON_FACT
from bindery.publish.views.timeline import Place, Point, Timeline

QUIET = 365
"""Days between two contacts from which they are told as a gap."""
LINES = 6
"""Timelines side by side: those of each side in its order, as many of one as of the other."""
MEMBERS = 8
"""Names of a side at the head of the page; of more the rest is counted."""
ON_A_PAGE = 8
"""Contacts with their sentences."""
PERSONS, OTHERS = 10, 6
"""Names of a kind, those in most contacts."""
REFERENCES = 40
"""On a page: as many of them for each name, the first ones; of more the rest is counted."""
MOST, FEWEST = 12, 2
"""For a name."""
ROLES = 3
"""Of a person, as printed: the first ones."""
FIGURES = 8
"""Sentences with figures; of more the rest is counted."""
APART = 5
"""Briefings that name both, but in no one sentence: the newest ones; of more the rest is counted."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without contact."""

    begin: Date
    """Day of the contact before it."""
    end: Date
    """Day of the contact after it, or of the archive's newest briefing."""
    is_open: bool
    """No contact follows."""

    @property
    def months(self) -> int:
        """Full ones."""
        return 12 * (self.end.year - self.begin.year) + self.end.month - self.begin.month - (self.end.day < self.begin.day)


@dataclass(frozen=True, slots=True)
class Contact:
    number: int
    """From 1, the oldest."""
    entry: Entry
    quotations: tuple[Quotation, ...]
    """The sentences that name both sides."""
    events: tuple[Event, ...]
    """Days that they print."""

    @property
    def anchor(self) -> str:
        return f"contact-{self.number}"


@dataclass(frozen=True, slots=True)
class Year:
    """Contacts of a year; `year` is None for briefings without a date."""

    year: int | None
    gap: Gap | None
    """Before the first of them."""
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A contact where something is printed, and the paragraph that prints it."""

    number: int
    when: Date | None
    place: Place


@dataclass(frozen=True, slots=True)
class Office:
    """What somebody was printed as, and in which contact first."""

    html: Markup
    reference: Reference


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody named in the contacts."""

    named: Named
    count: int
    """Contacts that name it."""
    offices: tuple[Office, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Those of a kind, the most frequent first."""

    kind: Kind
    is_of_persons: bool
    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SideView:
    label: str
    """What they are: "City", "Officials"."""
    named: tuple[Named, ...]
    more: int
    """Members that are not shown."""


@dataclass(frozen=True)
class DossierView:
    """A page of a dossier: the first has all that is said of the whole, and its oldest contacts."""

    dossier: Dossier
    permalink: str
    _catalogue: Catalogue

    @cached_property
    def sides(self) -> tuple[SideView, ...]:
        return tuple(side_view(side, self._catalogue) for side in self.dossier.sides)

    @property
    def contact_count(self) -> int:
        return len(self.dossier.contacts)

    @cached_property
    def first(self) -> Reference | None:
        """The oldest contact with a date, where it stands in the dossier."""
        return self._placed(next((entry for entry in self.dossier.contacts if entry.date), None))

    @cached_property
    def last(self) -> Reference | None:
        return self._placed(next((entry for entry in reversed(self.dossier.contacts) if entry.date), None))

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(gaps(self.dossier, newest(self._catalogue)))

    @cached_property
    def closing_gap(self) -> Gap | None:
        """On the last page."""
        is_last = self.permalink == [*self._pages][-1]
        return next((gap for gap in self.gaps if gap.is_open), None) if is_last else None

    @cached_property
    def timeline(self) -> Timeline | None:
        points = [Point(entry.date, self._count(entry), entry.permalink) for entry in reversed(self.dossier.contacts) if entry.date]
        told = timeline.told(reversed(self.dossier.contacts), self._are_both)
        return timeline.drawn(points, told, self._pages, self._catalogue.years)

    @cached_property
    def years(self) -> tuple[Year, ...]:
        gap_by_end = {gap.end: gap for gap in self.gaps if not gap.is_open}
        here = [self._contact(entry) for entry in self._pages[self.permalink]]
        by_year = [(year, tuple(found)) for year, found in groupby(here, key=lambda contact: contact.entry.year)]
        return tuple(Year(year, gap_by_end.get(found[0].entry.date or Date.min), found) for year, found in by_year)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Who is named in the contacts, persons first."""
        alone = {side[0] for side in self.dossier.sides if len(side) == 1}
        counts = Counter(key for entry in self.dossier.contacts for key in entry.named if key in self._catalogue.named and key not in alone)
        by_kind = {kind: self._foremost(kind, counts) for kind in self._catalogue.site.kinds}
        room = {kind: PERSONS if PERSON_FACT in kind.facts else OTHERS for kind in by_kind}
        rows = sum(min(len(found), room[kind]) for kind, found in by_kind.items())
        most = min(max(REFERENCES // max(rows, 1), FEWEST), MOST)
        made = (
            Group(kind, PERSON_FACT in kind.facts, tuple(self._row(key, counts[key], most) for key in found[: room[kind]]), len(found))
            for kind, found in by_kind.items()
        )
        return tuple(sorted((group for group in made if group.rows), key=lambda group: not group.is_of_persons))

    @cached_property
    def figures(self) -> figures.Quotations | None:
        """In sentences of the contacts that name one side or both, oldest first."""
        one, other = self.dossier.sides
        return figures.quotations({*one, *other}, self.dossier.contacts, self._catalogue, FIGURES)

    @cached_property
    def apart(self) -> tuple[Entry, ...]:
        """Some briefings that name both, but in no one sentence, newest first."""
        return tuple(self.dossier.apart[::-1][:APART])

    @property
    def evidence(self) -> str:
        """Permalink of the page with the sentences of two names; empty where there is none."""
        return evidence(self.dossier, self._catalogue)

    @property
    def side_by_side(self) -> str:
        """Permalink of the page with the timelines of both sides; empty where there is none."""
        return side_by_side(self.dossier) if compared(self.dossier, self._catalogue) else ""

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Pages with newer contacts, oldest first; empty where all stand on one."""
        return authority.parts_of(self._pages, self._catalogue.site.interface)

    @cached_property
    def around(self) -> Around | None:
        return lists.around(self.permalink, self.parts)

    @cached_property
    def _pages(self) -> Mapping[str, Sequence[Entry]]:
        return pages(self.dossier)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        """Briefing id → the number of the contact."""
        return {entry.id: number for number, entry in enumerate(self.dossier.contacts, 1)}

    def _are_both(self, whom: Sequence[AuthorityId]) -> bool:
        return dossiers.are_both(whom, self.dossier.sides)

    def _count(self, entry: Entry) -> int:
        return sum(1 for _ in dossiers.sentences(entry, self.dossier.sides))

    def _placed(self, entry: Entry | None) -> Reference | None:
        if entry is None:
            return None
        number = self._numbers[entry.id]
        page = [*self._pages][(number - 1) // ON_A_PAGE]
        return Reference(number, entry.date, (page, f"contact-{number}"))

    def _contact(self, entry: Entry) -> Contact:
        sides, around = self.dossier.sides, self._catalogue.site.language
        whom = {*sides[0], *sides[1]}
        said = [one for one in self._catalogue.leaves[entry.id].shared if dossiers.are_both(one.whom, sides)]
        quoted = tuple(Quotation(str(one.html(whom, entry.language, around)), one.anchor) for one in said)
        return Contact(self._numbers[entry.id], entry, quoted, entry.told(self._are_both))

    def _foremost(self, kind: Kind, counts: Mapping[AuthorityId, int]) -> list[AuthorityId]:
        records = self._catalogue.authorities
        found = [key for key in counts if records[key].kind == kind.name]
        return sorted(found, key=lambda key: (-counts[key], sort_key(records[key].name), key))

    def _row(self, key: AuthorityId, count: int, most: int) -> Row:
        entries = [entry for entry in self.dossier.contacts if key in entry.named]
        references = tuple(self._reference(entry, _anchor(key, entry, self._catalogue)) for entry in entries[:most])
        first: dict[str, Entry] = {}
        for entry in entries:
            for role in entry.roles.get(key, ()):
                first.setdefault(role, entry)
        offices = tuple(self._office(key, role, entry) for role, entry in islice(first.items(), ROLES))
        return Row(self._catalogue.named[key], count, offices, references)

    def _office(self, key: AuthorityId, role: str, entry: Entry) -> Office:
        said = next(said for said in self._catalogue.leaves[entry.id].roles[key] if said.marked == role)
        return Office(said.html, self._reference(entry, said.anchor))

    def _reference(self, entry: Entry, anchor: str) -> Reference:
        return Reference(self._numbers[entry.id], entry.date, (entry.permalink, anchor))


@dataclass(frozen=True)
class SideBySideView:
    """When those of both sides are named, on one axis."""

    dossier: Dossier
    _catalogue: Catalogue

    @cached_property
    def lines(self) -> tuple[Beside, ...]:
        return compared(self.dossier, self._catalogue)

    @cached_property
    def rows(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Each year in which one of them is named, and briefings that name each."""
        counts = [{stem.when.year: stem.count for stem in one.line.stems} for one in self.lines]
        return tuple((year, tuple(one.get(year, 0) for one in counts)) for year in sorted({year for one in counts for year in one}))

    @property
    def more(self) -> int:
        """Members that are not drawn."""
        return sum(map(len, self.dossier.sides)) - len(self.lines)


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier in the list of all."""

    dossier: Dossier
    sides: tuple[SideView, ...]


def listed(catalogue: Catalogue) -> tuple[Line, ...]:
    return tuple(Line(one, tuple(side_view(side, catalogue) for side in one.sides)) for one in catalogue.dossiers)


def side_view(side: Sequence[AuthorityId], catalogue: Catalogue) -> SideView:
    named = tuple(catalogue.named[key] for key in side)
    kinds = {one.kind for one in named}
    kind = kinds.pop() if len(kinds) == 1 else None
    label = catalogue.site.interface.say("Names") if kind is None else kind.label if len(named) == 1 else kind.plural
    return SideView(label, named[:MEMBERS], max(0, len(named) - MEMBERS))


def side_by_side(dossier: Dossier) -> str:
    return f"{dossier.permalink.removesuffix('.html')}/side-by-side.html"


def compared(dossier: Dossier, catalogue: Catalogue) -> tuple[Beside, ...]:
    return evidence_page.compared(drawn(dossier, catalogue), catalogue)


def drawn(dossier: Dossier, catalogue: Catalogue) -> list[AuthorityId]:
    """Whose timelines stand side by side: of either side those whom a briefing with a date names."""
    dated = [[key for key in side if key in catalogue.extents] for side in dossier.sides]
    if not all(dated):
        return []
    least = min(len(side) for side in dated)
    room = max(LINES // 2, LINES - least)
    return [*dict.fromkeys(key for side in dated for key in side[:room])]


def evidence(dossier: Dossier, catalogue: Catalogue) -> str:
    """As of DossierView."""
    if any(len(side) != 1 for side in dossier.sides):
        return ""
    two = pair(dossier.sides[0][0], dossier.sides[1][0])
    return pair_permalink(two) if two in catalogue.together.shown else ""


def gaps(dossier: Dossier, until: Date | None) -> Iterator[Gap]:
    """Times without contact, oldest first; the last one is open where the archive, which goes `until` then, goes on without."""
    days = [entry.date for entry in dossier.contacts if entry.date]
    for one, other in pairwise(days):
        if (other - one).days > QUIET:
            yield Gap(one, other, is_open=False)
    if days and until and (until - days[-1]).days > QUIET:
        yield Gap(days[-1], until, is_open=True)


def newest(catalogue: Catalogue) -> Date | None:
    """Day of the archive's newest briefing."""
    return next((entry.date for entry in catalogue.entries.values()), None)


def pages(dossier: Dossier) -> dict[str, Sequence[Entry]]:
    """Permalink → the contacts there, oldest first: all pages but the last are full, so that a new contact changes the last one."""
    contacts, size = dossier.contacts, ON_A_PAGE
    starts = range(0, max(len(contacts), 1), size)
    first = dossier.permalink
    rest = f"{first.removesuffix('.html')}/contacts"
    return {f"{rest}-{number}.html" if number > 1 else first: contacts[start : start + size] for number, start in enumerate(starts, 1)}


def day_before(contact: Entry, dossier: Dossier) -> int:
    """Day of the contact before this one, as a number; 0 where there is none, or it has no date."""
    place = dossier.contacts.index(contact)
    day = dossier.contacts[place - 1].date if place else None
    return day.toordinal() if day else 0


def _anchor(key: AuthorityId, entry: Entry, catalogue: Catalogue) -> str:
    """Of the first paragraph that names it; empty where the archive shows none."""
    quotations = catalogue.leaves[entry.id].quotations.get(key)
    return quotations[0].anchor if quotations else ""
