"""entries → who was printed as holding which office, when, and which offices have a page of their own.

An office that one person alone was seen in stands on that person's page and needs none of its own: so there are not as many pages
as there are roles. What had a page once keeps it while anybody is seen in it: the lock remembers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from markupsafe import Markup

from bindery import stamps
from bindery.config import Site
from bindery.content.decisions import Held
from bindery.model import Authority, AuthorityId
from bindery.publish import stories
from bindery.publish.entry import Entry
from bindery.publish.offices import grammar
from bindery.publish.offices.grammar import Office
from bindery.publish.permalinks import office_of

HOLDERS = 2
"""People seen in an office that has a page, at least."""
PERSON_FACT = "name_order"
"""A kind whose records have it is of people, and nobody is a mayor of them."""
NO_OFFICE = "none"
"""In a decision: what is printed there is no office of its holder's."""


class Seen(NamedTuple):
    """A briefing that prints somebody as holding an office."""

    entry: Entry
    place: int
    """Of the role among those that the briefing prints of that person."""


@dataclass(frozen=True, slots=True)
class Offices:
    """Who was seen in which office. Made by `found`."""

    by_key: Mapping[str, Office] = field(default_factory=dict)
    holders: Mapping[str, Mapping[AuthorityId, Sequence[Seen]]] = field(default_factory=dict)
    """Key of an office → who was seen in it, and where, newest first."""
    held: Mapping[AuthorityId, Sequence[str]] = field(default_factory=dict)
    """Who → keys of the offices that he was seen in, the newest first."""
    shown: Collection[str] = ()
    """Keys of those that have a page, in their alphabetical order."""


def found(
    entries: Iterable[Entry],
    records: Mapping[AuthorityId, Authority],
    site: Site,
    decided: Iterable[Held] = (),
    published: Iterable[str] = (),
) -> Offices:
    """Of entries, newest first; of a story one that prints a role of somebody counts. `published` are addresses that had a page before."""
    reading = _Reading(records, site, decided)
    by_key: dict[str, Office] = {}
    holders: dict[str, dict[AuthorityId, list[Seen]]] = {}
    held: dict[AuthorityId, dict[str, None]] = {}
    listed = list(entries)
    repeated = stories.repeated(listed, lambda entry: entry.roles)
    for entry in listed:
        told = repeated.get(entry.id, ())
        for who, roles in entry.roles.items():
            if who not in records or who in told:
                continue
            for place, role in enumerate(roles):
                for office in reading.offices(who, role):
                    by_key.setdefault(office.key, office)
                    seen = holders.setdefault(office.key, {}).setdefault(who, [])
                    if not seen or seen[-1].entry is not entry:
                        seen.append(Seen(entry, place))
                    held.setdefault(who, {}).setdefault(office.key)
    had = {key for key in map(office_of, published) if key in holders}
    shown = had | {key for key, people in holders.items() if len(people) >= HOLDERS}
    return Offices(by_key, holders, {who: tuple(keys) for who, keys in held.items()}, dict.fromkeys(sorted(shown)))


class _Reading:
    """What roles say, each read once."""

    def __init__(self, records: Mapping[AuthorityId, Authority], site: Site, decided: Iterable[Held]) -> None:
        people = {kind.name for kind in site.kinds if PERSON_FACT in kind.facts}
        self._names = grammar.folded_names([(one.name, *one.variants) for one in records.values() if one.kind not in people])
        self._decided = {(one.role, one.official): one.office for one in decided}
        self._known: dict[str, tuple[Office, ...]] = {}

    def offices(self, who: AuthorityId, marked: str) -> tuple[Office, ...]:
        """Of a role as HTML."""
        if self._decided and (own := self._by_decision(who, marked)) is not None:
            return own
        if marked not in self._known:
            self._known[marked] = grammar.offices(Markup(marked).striptags() if "<" in marked or "&" in marked else marked, self._names)  # noqa: S704  # made by languages.printed
        return self._known[marked]

    def _by_decision(self, who: AuthorityId, marked: str) -> tuple[Office, ...] | None:
        role = Markup(marked).striptags()  # noqa: S704  # as above
        office = self._decided.get((role, who)) or self._decided.get((role, None))
        if office is None:
            return None
        return () if office == NO_OFFICE else (grammar.written(office, self._names),)


def digest(offices: Offices, keys: Iterable[str], who: AuthorityId | None = None) -> int:
    """Of what pages say of some offices that does not follow from the briefings and records they name: of all holders, or of one."""
    told = []
    for key in keys:
        holders = offices.holders[key]
        seen = [(one, [(seen.entry.id, seen.entry.date, seen.place) for seen in holders[one]]) for one in ([who] if who else holders)]
        told.append((offices.by_key[key], key in offices.shown, seen))
    return stamps.digest(repr(told).encode()) if told else 0
