"""Which record an entity is: by its names, its gazetteer entry, its office. One candidate or none, never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

import yaml

from bindery.ingest.draft import Entity
from bindery.model import Authority, AuthorityId

_WORD = re.compile(r"\w+")
MOST_KNOWN = 100_000
"""Names and roles whose keys are kept: ten thousand pages print some twenty thousand, each again and again."""


@cache
def _words(entry: str) -> frozenset[str]:
    """An entry of data/identity.yaml, as a set of words."""
    source = resources.files("bindery.ingest").joinpath("data", "identity.yaml").read_text(encoding="utf-8")
    return frozenset(yaml.safe_load(source)[entry].split())


@dataclass(frozen=True, slots=True)
class Match:
    """What the archive knows of an entity."""

    authority: Authority | None = None
    """The one record it is; None if there is none, or more than one."""
    rivals: tuple[Authority, ...] = ()
    """Several records it could be: nobody decided, so nothing is linked."""
    namesakes: tuple[Authority, ...] = ()
    """Records of that name in another office: somebody else, or the same person later."""
    by_decision: bool = False
    """It is the record only because people merged another into it, whose names are not its own."""


@lru_cache(maxsize=MOST_KNOWN)
def name_key(name: str, kind: str) -> str:
    """A name as it is compared: no case, accents or punctuation; a company without its legal form, a person in any order."""
    folded = unicodedata.normalize("NFKD", name.casefold()).replace("'s", "").replace("’s", "")
    words = _WORD.findall("".join(character for character in folded if not unicodedata.combining(character)))
    if kind == "company":
        words = [word for word in words if word not in _words("legal_forms")] or words
    return " ".join(sorted(words) if kind == "official" else words)


@lru_cache(maxsize=MOST_KNOWN)
def place_words(role: str) -> frozenset[str]:
    """The words of a role that tell which office it is: bodies and places, not ranks."""
    words = _WORD.findall(role.casefold().replace("-", " ").replace("'s", "").replace("’s", ""))
    return frozenset(word for word in words if word not in _words("rank_words"))


def may_be_one_office(role: str, other: str) -> bool:
    """Whether one person may have been printed with both: a place or body in common, or one of the two names none."""
    a, b = place_words(role), place_words(other)
    return not a or not b or bool(a & b)


def _telling(entity: Entity) -> Iterator[str]:
    """The variants that tell who is meant. Acronyms do not: many bodies share one."""
    return (name for name in entity.variants if entity.kind != "organisation" or not name.isupper())


@dataclass(slots=True)
class Register:
    """The records known so far, by every name they go by, with the roles their holders were printed with."""

    authorities: dict[AuthorityId, Authority] = field(default_factory=dict)
    roles: dict[AuthorityId, set[str]] = field(default_factory=lambda: defaultdict(set))
    _ids_by_name: dict[tuple[str, str], list[AuthorityId]] = field(default_factory=lambda: defaultdict(list))
    _ids_by_form: dict[tuple[str, str], list[AuthorityId]] = field(default_factory=lambda: defaultdict(list))
    _id_by_geonames: dict[str, AuthorityId] = field(default_factory=dict)

    def add(self, authority: Authority) -> None:
        """Enter a record, or a record with more variants than before."""
        self.authorities[authority.id] = authority
        for name in (authority.name, *authority.variants):
            ids = self._ids_by_name[authority.kind, name_key(name, authority.kind)]
            if authority.id not in ids:
                ids.append(authority.id)
        if geonames := authority.facts.get("geonames"):
            self._id_by_geonames.setdefault(geonames, authority.id)

    def learn(self, form: str, identifier: AuthorityId) -> None:
        """A form that a briefing prints for a record: it leads there as long as no record goes by it.

        So a record whose name people corrected is still found under the name that was printed.
        """
        authority = self.authorities.get(identifier)
        if authority is None or (authority.kind == "official" and len(form.split()) < 2 and form.isascii()):
            return  # a surname alone leads nowhere by itself
        ids = self._ids_by_form[authority.kind, name_key(form, authority.kind)]
        if identifier not in ids:
            ids.append(identifier)

    def match(self, entity: Entity, merged: Mapping[AuthorityId, AuthorityId]) -> Match:
        """The record of an entity. For officials the office has to fit, for cities the gazetteer entry where both name one."""
        if (geonames := entity.facts.get("geonames")) and (known := self._id_by_geonames.get(geonames)):
            return Match(self.authorities[merged.get(known, known)], by_decision=known in merged)
        named = self._of_that_name(entity, self._ids_by_name) or self._of_that_name(entity, self._ids_by_form)
        candidates = [self.authorities[identifier] for identifier in dict.fromkeys(merged.get(one, one) for one in named)]
        fitting = [candidate for candidate in candidates if self._fits(entity, candidate)]
        others = tuple(candidate for candidate in candidates if candidate not in fitting)
        if len(fitting) != 1:
            return Match(None, tuple(fitting), others)
        return Match(fitting[0], (), others, by_decision=fitting[0].id not in named)

    def _of_that_name(self, entity: Entity, ids_by_name: Mapping[tuple[str, str], list[AuthorityId]]) -> list[AuthorityId]:
        keys = [(entity.kind, name_key(name, entity.kind)) for name in (entity.name, *_telling(entity))]
        return [known for key in keys for known in ids_by_name.get(key, ()) if known in self.authorities]

    def _fits(self, entity: Entity, candidate: Authority) -> bool:
        if entity.kind == "city":
            here, there = entity.facts.get("geonames"), candidate.facts.get("geonames")
            return not (here and there and here != there)
        printed = self.roles.get(candidate.id)
        return not entity.role or not printed or any(may_be_one_office(entity.role, role) for role in printed)
