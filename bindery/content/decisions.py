"""content/decisions.yaml → Decisions: what people settled about identity, so that nobody is asked twice."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from bindery import reading
from bindery.errors import ContentError
from bindery.model import AuthorityId, Place

DECISIONS_FILE = "content/decisions.yaml"
KEYS = ("same", "not-same", "accept", "reject", "story", "not-story", "event", "not-event", "settled", "office", "not-figures")
LARGEST_GROUP = 100
"""Records or briefings: each pair of those under not-same:, not-story: and not-event: is remembered."""
_ID = re.compile("[a-z0-9]{4,40}")
_FIX_PAIR = "write two or more records in brackets: - [officials/tang-zongwei, officials/tang-zong-wei]"
_FIX_BRIEFINGS = "write the ids of two or more briefings in brackets: - [6898abf, 2f080eb]"
_FIX_FIGURE = "write - {figure: 140 Japanese companies, briefing: 39b2932}, without briefing: where it is so in all pages"
_FIX_RULING = "write - {kind: company, form: Fortune Global 500}, with briefing: and its id where it is so in one page only"
_FIX_OFFICE = "write - {role: Consul-General in Chongqing, official: officials/li-wei, office: Consul General of Japan in Chongqing}"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a form is, or is not: an entry under accept: or reject:."""

    kind: str
    form: str
    briefing: str | None
    """Id of the one briefing it is about; None for all."""

    def covers(self, kind: str, form: str, briefing: str) -> bool:
        return self.kind == kind and self.form == form and self.briefing in (None, briefing)


@dataclass(frozen=True, slots=True)
class Held:
    """Which office a printed role is: an entry under office:."""

    role: str
    official: AuthorityId | None
    """Whose role it is; None for everybody's."""
    office: str
    """In words; "none" where the role is no office."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Empty where the file is missing: nobody has decided anything yet."""

    merged: Mapping[AuthorityId, AuthorityId] = field(default_factory=dict)
    """Record → the record that stands for it, chains followed to their end."""
    apart: frozenset[frozenset[AuthorityId]] = frozenset()
    """Pairs that are two, whatever their names look like."""
    accepted: tuple[Ruling, ...] = ()
    rejected: tuple[Ruling, ...] = ()
    stories: tuple[tuple[str, ...], ...] = ()
    """Briefings that are copies of one release; the first leads."""
    no_copies: frozenset[frozenset[str]] = frozenset()
    """Pairs that are not, however alike."""
    events: tuple[tuple[str, ...], ...] = ()
    """Briefings about one happening, each in words of its own."""
    other_events: frozenset[frozenset[str]] = frozenset()
    """Pairs that are about two."""
    settled: frozenset[str] = frozenset()
    """Keys of questions of build.py review that need no more asking."""
    held: tuple[Held, ...] = ()
    not_figures: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Briefing id → the quantities in it, as printed, that are none; under "" those that are none in any."""

    @property
    def named(self) -> frozenset[AuthorityId]:
        """Every record a decision names."""
        apart, holders = (name for pair in self.apart for name in pair), (one.official for one in self.held if one.official)
        return frozenset({*self.merged, *self.merged.values(), *apart, *holders})

    def among(self, records: Container[AuthorityId]) -> Decisions:
        """Without the merges into records that do not exist: such a decision is a finding and decides nothing."""
        return replace(self, merged={away: stays for away, stays in self.merged.items() if stays in records})

    def canonical(self, authority: AuthorityId) -> AuthorityId:
        return self.merged.get(authority, authority)

    def accepts(self, kind: str, form: str, briefing: str) -> bool:
        return any(ruling.covers(kind, form, briefing) for ruling in self.accepted)

    def not_figures_of(self, briefing: str) -> frozenset[str]:
        """Quantities of one briefing that are none, as printed."""
        return self.not_figures.get(briefing, frozenset()) | self.not_figures.get("", frozenset())

    def rejects(self, kind: str, form: str, briefing: str) -> bool:
        return any(ruling.covers(kind, form, briefing) for ruling in self.rejected)


def load(content: Path) -> Decisions:
    """Read content/decisions.yaml. Raises ContentError."""
    path = content / "decisions.yaml"
    if not path.exists():
        return Decisions()
    return parse(reading.text(path, DECISIONS_FILE, ContentError))


def parse(source: str) -> Decisions:
    """Decisions in the words of the file. Raises ContentError."""
    values = reading.values(source, DECISIONS_FILE, ContentError) or {}
    unknown = set(values) - set(KEYS) if isinstance(values, dict) else {"a list"}
    if unknown:
        raise _wrong(f"unknown decision: {', '.join(sorted(unknown))}", f"use {', '.join(f'{key}:' for key in KEYS)}")
    lists = {key: _list(key, values.get(key)) for key in KEYS}
    return Decisions(
        merged=_merged([_group(entry) for entry in lists["same"]]),
        apart=frozenset(frozenset(pair) for entry in lists["not-same"] for pair in combinations(_group(entry), 2)),
        accepted=tuple(_ruling(entry) for entry in lists["accept"]),
        rejected=tuple(_ruling(entry) for entry in lists["reject"]),
        stories=tuple(tuple(_briefings(entry)) for entry in lists["story"]),
        no_copies=frozenset(frozenset(pair) for entry in lists["not-story"] for pair in combinations(_briefings(entry), 2)),
        events=tuple(tuple(_briefings(entry)) for entry in lists["event"]),
        other_events=frozenset(frozenset(pair) for entry in lists["not-event"] for pair in combinations(_briefings(entry), 2)),
        settled=frozenset(_key(entry) for entry in lists["settled"]),
        held=tuple(_held(entry) for entry in lists["office"]),
        not_figures=_not_figures(lists["not-figures"]),
    )


def _list(key: str, value: Any) -> list[Any]:
    if value in (None, ""):
        return []
    if not isinstance(value, list):
        raise _wrong(f"{key}: is not a list", f"write one '- …' a line under {key}:")
    return value


def _group(entry: Any) -> list[AuthorityId]:
    if not isinstance(entry, list) or len(entry) < 2 or not all(isinstance(name, str) and name.count("/") == 1 for name in entry):
        raise _wrong(f"not a group of records: {entry!r}", _FIX_PAIR)
    if len(entry) > LARGEST_GROUP:
        raise _wrong(f"too many records in one group: {len(entry)}, the limit is {LARGEST_GROUP}", "write groups of fewer")
    if len({name.partition("/")[0] for name in entry}) > 1:
        raise _wrong(f"records of different kinds: {entry!r}", "name records of one folder")
    return entry


def _briefings(entry: Any) -> list[str]:
    if not isinstance(entry, list) or len({*map(str, entry)}) < 2 or not all(isinstance(one, str) and _ID.fullmatch(one) for one in entry):
        raise _wrong(f"not a group of briefings: {entry!r}", _FIX_BRIEFINGS)
    if len(entry) > LARGEST_GROUP:
        raise _wrong(f"too many briefings in one group: {len(entry)}, the limit is {LARGEST_GROUP}", "write groups of fewer")
    return list(dict.fromkeys(entry))


def _merged(groups: list[list[AuthorityId]]) -> dict[AuthorityId, AuthorityId]:
    target = {other: group[0] for group in groups for other in group[1:]}
    ends: dict[AuthorityId, AuthorityId] = {}
    for authority in target:
        chain = _chain(authority, target, ends)
        end = ends.get(chain[-1], chain[-1])
        ends.update(dict.fromkeys(chain, end))
    return {authority: ends[authority] for authority in target}


def _chain(authority: AuthorityId, target: Mapping[AuthorityId, AuthorityId], known: Container[AuthorityId]) -> list[AuthorityId]:
    """The records that a chain of merges leads through, up to its end or to one whose end is known."""
    chain = dict.fromkeys([authority])
    while authority in target and authority not in known:
        authority = target[authority]
        if authority in chain:
            raise _wrong(f"{authority} is merged into itself", "leave one record of the circle without a record to stand for it")
        chain[authority] = None
    return list(chain)


def _ruling(entry: Any) -> Ruling:
    given = entry if isinstance(entry, dict) else {}
    wrong = set(given) - {"kind", "form", "briefing"} or not all(isinstance(value, str) and value for value in given.values())
    if wrong or not {"kind", "form"} <= set(given):
        raise _wrong(f"not a kind and a form: {entry!r}", _FIX_RULING)
    return Ruling(given["kind"], given["form"], given.get("briefing"))


def _held(entry: Any) -> Held:
    given = entry if isinstance(entry, dict) else {}
    values = {key: " ".join(value.split()) for key, value in given.items() if isinstance(value, str)}
    if set(given) - {"role", "official", "office"} or not all(values.get(key) for key in given) or not {"role", "office"} <= set(given):
        raise _wrong(f"not a role and an office: {entry!r}", _FIX_OFFICE)
    return Held(values["role"], values.get("official"), values["office"])


def _not_figures(entries: list[Any]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entry in entries:
        given = entry if isinstance(entry, dict) else {}
        if "figure" not in given or set(given) - {"figure", "briefing"} or not all(isinstance(one, str) and one for one in given.values()):
            raise _wrong(f"not a figure as printed: {entry!r}", _FIX_FIGURE)
        found.setdefault(given.get("briefing", ""), set()).add(" ".join(given["figure"].split()))
    return {briefing: frozenset(figures) for briefing, figures in found.items()}


def _key(entry: Any) -> str:
    if not isinstance(entry, str):
        raise _wrong(f"not the key of a question: {entry!r}", "write the key that build.py review prints, one '- key' a line")
    return entry


def _wrong(problem: str, fix: str) -> ContentError:
    return ContentError(problem, at=Place(DECISIONS_FILE), fix=fix)
