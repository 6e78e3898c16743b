"""The dossiers of site.yaml and entries → who stands on either side, and their contacts.

A contact is a briefing with a sentence that names somebody of each side: what its page lists are just these sentences. A briefing
that names both, but in no one sentence, is told apart from them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from markupsafe import Markup

from bindery import config
from bindery.config import Site
from bindery.dossiers import Side, words_of
from bindery.errors import SiteError
from bindery.model import AuthorityId
from bindery.publish.entry import Entry
from bindery.publish.permalinks import dossier_permalink

Members = tuple[AuthorityId, ...]
"""Of a side: as site.yaml names them, then those found by their office, by id."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Two sides and where both are named."""

    title: str
    permalink: str
    sides: tuple[Members, Members]
    contacts: Sequence[Entry]
    """Oldest first; undated ones last."""
    apart: Sequence[Entry]
    """Briefings that name both sides, but in no one sentence; in the same order."""
    sentence_count: int
    """In all contacts."""

    @property
    def extent(self) -> tuple[Date, Date] | None:
        """Day of the first and of the last contact."""
        days = [entry.date for entry in self.contacts if entry.date]
        return (days[0], days[-1]) if days else None


def settled(site: Site, merged: Mapping[AuthorityId, AuthorityId]) -> Site:
    """The same, its dossiers with the records that stand for those that decisions merged into others."""

    def stands(side: Side) -> Side:
        return replace(side, records=tuple(dict.fromkeys(merged.get(one, one) for one in side.records)))

    return replace(site, dossiers=tuple(replace(one, sides=(stands(one.sides[0]), stands(one.sides[1]))) for one in site.dossiers))


def refuse_strangers(site: Site, records: Container[AuthorityId]) -> None:
    """Raises SiteError for a dossier that names a record which is not there."""
    for dossier in site.dossiers:
        for identifier in (*dossier.sides[0].records, *dossier.sides[1].records):
            if identifier not in records:
                problem = f"dossier {dossier.title!r} names {identifier}, which has no record in content/"
                fix = f"correct it to the name of a file in content/{identifier.partition('/')[0]}/, or take it away"
                raise SiteError(problem, at=config.line_of(site, identifier), fix=fix)


def found(site: Site, entries: Collection[Entry], records: Container[AuthorityId]) -> tuple[Dossier, ...]:
    """Of `entries`. Who has no record stands on no side."""
    holders = _holders({office for dossier in site.dossiers for side in dossier.sides for office in side.offices}, entries)

    def members(side: Side) -> Members:
        in_office = sorted({identifier for office in side.offices for identifier in holders[office]})
        return tuple(one for one in dict.fromkeys([*side.records, *in_office]) if one in records)

    both = [(members(one.sides[0]), members(one.sides[1])) for one in site.dossiers]
    named_in = _named_in({name for sides in both for side in sides for name in side}, entries)
    return tuple(_dossier(one.title, dossier_permalink(one.slug), sides, named_in) for one, sides in zip(site.dossiers, both, strict=True))


def _named_in(names: Collection[AuthorityId], entries: Iterable[Entry]) -> dict[AuthorityId, list[Entry]]:
    found: dict[AuthorityId, list[Entry]] = {}
    for entry in entries if names else ():
        for name in entry.named:
            if name in names:
                found.setdefault(name, []).append(entry)
    return found


def sentences(entry: Entry, sides: tuple[Members, Members]) -> Iterator[Sequence[AuthorityId]]:
    """Whom each sentence of a briefing names that names both sides."""
    names = list(entry.named)
    for group in entry.together:
        whom = [names[place] for place in group]
        if are_both(whom, sides):
            yield whom


def are_both(whom: Sequence[AuthorityId], sides: tuple[Members, Members]) -> bool:
    """Whether there is one of each side among them; a single person who stands on both is not two."""
    one, other = ([name for name in whom if name in side] for side in sides)
    return any(a != b for a in one for b in other)


def has(dossier: Dossier, identifier: AuthorityId) -> bool:
    """Whether it stands on a side."""
    return any(identifier in side for side in dossier.sides)


def _dossier(title: str, permalink: str, sides: tuple[Members, Members], briefings: Mapping[AuthorityId, Sequence[Entry]]) -> Dossier:
    one, other = ({entry.id: entry for member in side for entry in briefings.get(member, ())} for side in sides)
    both = _in_order(entry for key, entry in one.items() if key in other and are_both(list(entry.named), sides))
    counts = {entry.id: sum(1 for _ in sentences(entry, sides)) for entry in both}
    both = _once(both, counts)
    contacts = [entry for entry in both if counts[entry.id]]
    apart = [entry for entry in both if not counts[entry.id]]
    return Dossier(title, permalink, sides, contacts, apart, sum(counts[entry.id] for entry in contacts))


def _once(both: list[Entry], counts: Mapping[str, int]) -> list[Entry]:
    """One of each story, in the same order: the one that leads it, unless only another has a sentence that names both sides."""
    told: dict[str, Entry] = {}
    for entry in sorted(both, key=lambda entry: (not counts[entry.id], not entry.is_lead)):
        told.setdefault(entry.story, entry)
    return [entry for entry in both if told[entry.story] is entry]


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.date is None, entry.date or Date.min, entry.slug))


def _holders(offices: set[tuple[str, ...]], entries: Iterable[Entry]) -> dict[tuple[str, ...], set[AuthorityId]]:
    """Office → all who were ever printed in it."""
    found: dict[tuple[str, ...], set[AuthorityId]] = {office: set() for office in offices}
    known: dict[str, list[tuple[str, ...]]] = {}
    for entry in entries if offices else ():
        for identifier, roles in entry.roles.items():
            for role in roles:
                if role not in known:
                    known[role] = [office for office in sorted(offices) if _is_in(office, role)]
                for office in known[role]:
                    found[office].add(identifier)
    return found


def _is_in(office: Iterable[str], role: str) -> bool:
    """Whether a role (HTML) has all words of an office; those of scripts without spaces stand anywhere in it."""
    text = Markup(role).striptags()  # noqa: S704  # made by languages.printed
    words = set(words_of(text))
    whole = "".join(re.findall(r"\w", text.casefold()))
    return all(word in words or (not word.isascii() and word in whole) for word in office)
