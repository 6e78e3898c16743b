"""content/decisions.yaml → Decisions: what people settled about identity, so that nobody is asked twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bindery.errors import ContentError
from bindery.model import AuthorityId, Place

DECISIONS_FILE = "content/decisions.yaml"
KEYS = ("same", "not-same", "accept", "reject", "settled")
_FIX_PAIR = "write two or more records in brackets: - [officials/tang-zongwei, officials/tang-zong-wei]"
_FIX_RULING = "write - {kind: company, form: Fortune Global 500}, with briefing: and its id where it is so in one page only"


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
class Decisions:
    """Empty where the file is missing: nobody has decided anything yet."""

    merged: Mapping[AuthorityId, AuthorityId] = field(default_factory=dict)
    """Record → the record that stands for it, chains followed to their end."""
    apart: frozenset[frozenset[AuthorityId]] = frozenset()
    """Pairs that are two, whatever their names look like."""
    accepted: tuple[Ruling, ...] = ()
    rejected: tuple[Ruling, ...] = ()
    settled: frozenset[str] = frozenset()
    """Keys of questions of build.py review that need no more asking."""

    def canonical(self, authority: AuthorityId) -> AuthorityId:
        return self.merged.get(authority, authority)

    def accepts(self, kind: str, form: str, briefing: str) -> bool:
        return any(ruling.covers(kind, form, briefing) for ruling in self.accepted)

    def rejects(self, kind: str, form: str, briefing: str) -> bool:
        return any(ruling.covers(kind, form, briefing) for ruling in self.rejected)


def load(content: Path) -> Decisions:
    """Read content/decisions.yaml. Raises ContentError."""
    path = content / "decisions.yaml"
    if not path.exists():
        return Decisions()
    try:
        values = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) or {}  # noqa: S506 - makes texts, lists and tables, nothing else
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise ContentError(
            f"not YAML: {getattr(error, 'problem', error)}",
            at=Place(DECISIONS_FILE, mark.line + 1 if mark else None),
            fix="correct the line",
        ) from error
    unknown = set(values) - set(KEYS) if isinstance(values, dict) else {"no keys at all"}
    if unknown:
        raise _wrong(f"unknown decision: {', '.join(sorted(unknown))}", f"use {', '.join(f'{key}:' for key in KEYS)}")
    return Decisions(
        merged=_merged(_groups(values.get("same"))),
        apart=frozenset(frozenset((a, b)) for group in _groups(values.get("not-same")) for a in group for b in group if a < b),
        accepted=tuple(_ruling(entry) for entry in values.get("accept") or ()),
        rejected=tuple(_ruling(entry) for entry in values.get("reject") or ()),
        settled=frozenset(_key(entry) for entry in values.get("settled") or ()),
    )


def _groups(value: Any) -> list[list[AuthorityId]]:
    groups = value or []
    if not isinstance(groups, list):
        raise _wrong(f"not a list: {groups!r}", _FIX_PAIR)
    for group in groups:
        if not isinstance(group, list) or len(group) < 2 or not all(isinstance(name, str) and name.count("/") == 1 for name in group):
            raise _wrong(f"not a group of records: {group!r}", _FIX_PAIR)
    return groups


def _merged(groups: list[list[AuthorityId]]) -> dict[AuthorityId, AuthorityId]:
    target = {other: group[0] for group in groups for other in group[1:]}
    return {authority: _end(authority, target) for authority in target}


def _end(authority: AuthorityId, target: Mapping[AuthorityId, AuthorityId]) -> AuthorityId:
    seen = {authority}
    while authority in target:
        authority = target[authority]
        if authority in seen:
            raise _wrong(f"{authority} is merged into itself", "leave one record of the circle without a record to stand for it")
        seen.add(authority)
    return authority


def _ruling(entry: Any) -> Ruling:
    if not isinstance(entry, dict) or set(entry) - {"kind", "form", "briefing"} or not entry.get("kind") or not entry.get("form"):
        raise _wrong(f"not a kind and a form: {entry!r}", _FIX_RULING)
    return Ruling(entry["kind"], entry["form"], entry.get("briefing"))


def _key(entry: Any) -> str:
    if not isinstance(entry, str):
        raise _wrong(f"not the key of a question: {entry!r}", "write the key that build.py review prints, one '- key' a line")
    return entry


def _wrong(problem: str, fix: str) -> ContentError:
    return ContentError(problem, at=Place(DECISIONS_FILE), fix=fix)
