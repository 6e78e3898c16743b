"""The archive read once: who stands where, how often, and how other pages name it. Every view is made from this."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date

import msgspec
from markupsafe import Markup

from bindery.config import Site
from bindery.content import decisions
from bindery.model import Authority, AuthorityId, Kind, Library
from bindery.publish import dossiers, entries, languages, stories, together
from bindery.publish.body import Block, MentionTarget, Target
from bindery.publish.dossiers import Dossier
from bindery.publish.entries import Leaf
from bindery.publish.entry import Entry
from bindery.publish.leaves import Stored
from bindery.publish.offices import held
from bindery.publish.offices.held import Offices
from bindery.publish.permalinks import authority_permalink, relative
from bindery.publish.scripts import script
from bindery.publish.together import Together


@dataclass(frozen=True, slots=True)
class Named:
    """An authority as other pages name it."""

    id: AuthorityId
    kind: Kind
    name: str
    html: Markup
    """The name with its languages marked."""
    others: tuple[Markup, ...]
    """Its variants in another script than the name's, languages marked; 重庆市 is not told beside 重庆."""
    native: tuple[Markup, ...]
    """The first of them in each script, two at most: for lists."""
    permalink: str

    @property
    def handle(self) -> str:
        """The id as it may stand in an HTML id: "officials-tang-zongwei"."""
        return self.id.replace("/", "-")


class Made(Mapping[str, object]):
    """A mapping whose values are made when they are first asked for, and kept."""

    def __init__(self, keys: Iterable[str], make: Callable[[str], object]) -> None:
        self._keys = dict.fromkeys(keys)
        self._make = make
        self._made: dict[str, object] = {}

    def __getitem__(self, key: str) -> object:
        try:
            return self._made[key]
        except KeyError:
            if key not in self._keys:
                raise
            return self._made.setdefault(key, self._make(key))

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the views share. Made by `catalogue` or `gathered`."""

    site: Site
    authorities: Mapping[AuthorityId, Authority]
    """Without the records that decisions merged into others."""
    entries: Mapping[str, Entry]
    """Briefing id → how it is listed; newest first, undated ones last."""
    leads: Mapping[str, Entry]
    """Those that lead their story, in the same order: what is listed and counted. Copies stand beside them."""
    leaves: Mapping[str, Leaf | Stored]
    """Briefing id → what it says of whom."""
    named: Mapping[AuthorityId, Named]
    briefings: Mapping[AuthorityId, Sequence[Entry]]
    """Who is named in which briefings, newest first, one of each story: the one that leads it, or else the oldest that names them. An
    authority nobody names is not a key."""
    extents: Mapping[AuthorityId, tuple[Date, Date]]
    """Date of the first and the last briefing that names whom. One named without a date only is not a key."""
    together: Together
    """Who is named with whom in a sentence."""
    dossiers: tuple[Dossier, ...]
    """Those that site.yaml names, in its order."""
    years: tuple[int, int] | None
    """First and last of the archive; None if no briefing has a date."""
    offices: Offices = field(default_factory=Offices)
    """Who was seen in which office. `gathered` leaves it empty."""
    is_paged: bool = True
    """Long lists are spread over pages; not so where all of them stand in one file."""
    told: dict[tuple[AuthorityId, tuple[str, ...], str], msgspec.Raw] = field(default_factory=dict)
    """What linked_data.py has said of whom, with which roles, on pages of which folder."""

    def target_from(self, origin: str) -> MentionTarget:
        """Where mentions lead from the page with this permalink."""

        def target(identifier: AuthorityId) -> Target | None:
            named = self.named.get(identifier)
            return Target(relative(origin, named.permalink), named.kind.name) if named else None

        return target


def catalogue(library: Library, blocks: Mapping[str, tuple[Block, ...]], site: Site) -> Catalogue:
    """Of a library that is loaded whole; `blocks` has the body of every briefing by its id."""
    by_id = {briefing.id: briefing for briefing in library.briefings}
    listed = {key: entries.entry(briefing, blocks[key], site) for key, briefing in by_id.items()}
    leaves = Made(listed, lambda key: entries.leaf(by_id[key], blocks[key], library.authorities, site))
    decided = decisions.load(site.content)
    grouped = stories.found(listed, lambda key: entries.shingles(by_id[key]), decided, {})
    completed = stories.completed(listed, grouped, decided)
    found = gathered(completed, leaves, library.authorities, dossiers.settled(site, library.merged))  # type: ignore[arg-type]  # Made says no more than object of its values
    return replace(found, offices=held.found(completed.values(), library.authorities, site))


def gathered(
    listed: Mapping[str, Entry],
    leaves: Mapping[str, Leaf | Stored],
    authorities: Mapping[AuthorityId, Authority],
    site: Site,
    published: Iterable[str] = (),
) -> Catalogue:
    """Of entries that know their story, newest first: time and memory grow with the number of mentions, not its square. `published` are
    the addresses under together/ that there were before."""
    briefings: dict[AuthorityId, list[Entry]] = {}
    repeated = stories.repeated(listed.values(), lambda entry: entry.named)
    for entry in listed.values():
        told = repeated.get(entry.id, ())
        for identifier in entry.named:
            if identifier in told:
                continue
            if identifier in briefings:
                briefings[identifier].append(entry)
            else:
                briefings[identifier] = [entry]
    return Catalogue(
        site=site,
        authorities=authorities,
        entries=listed,
        leads={key: entry for key, entry in listed.items() if entry.is_lead},
        leaves=leaves,
        named=Made(authorities, lambda key: named(authorities[key], site, briefings.get(key, ()))),  # type: ignore[arg-type]  # as above
        briefings=briefings,
        extents=dict(_extents(briefings)),
        together=together.found(listed.values(), authorities, published),
        dossiers=dossiers.found(site, listed.values(), authorities),
        years=_years(listed.values()),
    )


def _years(listed: Iterable[Entry]) -> tuple[int, int] | None:
    dated = [entry.date.year for entry in listed if entry.date]
    return (dated[-1], dated[0]) if dated else None


def _extents(briefings: Mapping[AuthorityId, Sequence[Entry]]) -> Iterator[tuple[AuthorityId, tuple[Date, Date]]]:
    for identifier, named_in in briefings.items():
        newest, oldest = named_in[0].date, named_in[-1].date
        if newest and oldest is None:  # the undated stand last
            oldest = next(entry.date for entry in reversed(named_in) if entry.date)
        if newest and oldest:
            yield identifier, (oldest, newest)


def named(authority: Authority, site: Site, named_in: Iterable[Entry]) -> Named:
    han = han_language(authority, named_in)
    own = script(authority.name)
    foreign = [name for name in authority.variants if script(name) != own]
    shortest = [name for name in foreign if not any(name != other and name.startswith(other) for other in foreign)]
    others = {name: languages.in_languages(name, site.language, han) for name in shortest}
    first: dict[str, Markup] = {}
    for name, html in others.items():
        first.setdefault(script(name), html)
    return Named(
        id=authority.id,
        kind=site.kind(authority.kind),
        name=authority.name,
        html=languages.in_languages(authority.name, site.language, han),
        others=tuple(others.values()),
        native=tuple(first.values())[:2],
        permalink=authority_permalink(authority),
    )


def han_language(authority: Authority, named_in: Iterable[Entry]) -> str:
    """What a name in Han characters is read as: Japanese for what is in Japan or first stood in a Japanese page, else Chinese."""
    if "country" in authority.facts:
        return "ja" if authority.facts["country"] == "Japan" else "zh"
    return next(("ja" if (entry.language or "").startswith("ja") else "zh" for entry in named_in), "zh")
