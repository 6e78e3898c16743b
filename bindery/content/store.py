"""content/ → Library: everything loaded and checked before anything is rendered."""

from __future__ import annotations

import fnmatch
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date as Date
from pathlib import Path
from typing import TypeVar

from bindery import reading
from bindery.config import Site
from bindery.content import anchors, decisions, files, provenance
from bindery.errors import ContentError
from bindery.model import Anchor, Authority, AuthorityId, Briefing, Library, Mention, Place, Provenance

BRIEFINGS = "briefings"
PROVENANCE = "provenance"
ANCHORS = "anchors"
README = "README.md"
"""For people, in any folder of content/."""

Noun = TypeVar("Noun", Briefing, Authority)


def load(site: Site) -> Library:
    """Read every file of content/. Raises an ExceptionGroup naming every unreadable one at once."""
    errors: list[ContentError] = []
    briefings = list(_read(site, BRIEFINGS, files.read_briefing, errors))
    records = [
        record
        for kind in site.kinds
        for record in _read(site, kind.folder, lambda source, path, kind=kind: files.read_authority(source, path, kind), errors)  # type: ignore[misc]
    ]
    errors += duplicates(briefings)
    try:
        decided = decisions.load(site.content)
    except ContentError as error:
        errors.append(error)
    if errors:
        raise ExceptionGroup("content/ cannot be read", errors)
    return gathered(briefings, {record.id: record for record in records}, decided, site)


def read_briefing(site: Site, path: Path) -> Briefing:
    """One briefing with all that content/ has of it, without what people decided about its mentions. Raises ContentError."""
    shown = f"content/{BRIEFINGS}/{path.name}"
    briefing = files.read_briefing(read_text(path, shown), shown)
    recorded, published = provenance_path(briefing.id, site).exists(), anchors_path(briefing.id, site).exists()
    return completed(briefing, site, {}, recorded=recorded, published=published)


def read_text(path: Path | str, shown: str) -> str:
    """A file of content/ as text. Raises ContentError."""
    return reading.text(path, shown, ContentError)


def markdown_files(site: Site, folder: str) -> list[Path]:
    """The Markdown files directly in content/<folder>, sorted by slug; README.md is for people, not a record, and what
    is hidden is for their editors."""
    return [site.content / folder / name for name in _markdown_names(site.content / folder)]


def _markdown_names(folder: Path) -> list[str]:
    names = fnmatch.filter((entry.name for entry in _entries(folder)), "*.md")
    return sorted((name for name in names if name != README and not name.startswith(".")), key=lambda name: name.removesuffix(".md"))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder; nothing if there is none, or it may not be looked into."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []


def newest_first(briefings: Iterable[Briefing]) -> tuple[Briefing, ...]:
    """By date, newest first; undated ones last; then by slug, so that the order is the same everywhere."""
    return tuple(sorted(briefings, key=lambda briefing: (-(briefing.date or Date.min).toordinal(), briefing.slug)))


def _read(site: Site, folder: str, read: Callable[[str, str], Noun], errors: list[ContentError]) -> Iterator[Noun]:
    for name in _markdown_names(site.content / folder):
        shown = f"content/{folder}/{name}"
        try:
            yield read(read_text(f"{site.root}/{shown}", shown), shown)
        except ContentError as error:
            errors.append(error)


def duplicates(briefings: Iterable[Briefing]) -> Iterator[ContentError]:
    """An error for each briefing that has the id of another."""
    first: dict[str, Briefing] = {}
    for briefing in briefings:
        other = first.setdefault(briefing.id, briefing)
        if other is not briefing:
            yield twice(briefing.id, briefing.path, other.path)


def twice(identifier: str, path: str, other: str) -> ContentError:
    """Two files have one id."""
    return ContentError(f"id {identifier} is also that of {other}", at=Place(path), fix="delete one of the two files, or give one a new id")


def gathered(briefings: Iterable[Briefing], records: Mapping[AuthorityId, Authority], decided: decisions.Decisions, site: Site) -> Library:
    """The library of some briefings and records, with what people decided applied."""
    merged = decided.among(records).merged
    recorded, published = ({entry.name for entry in _entries(site.content / folder) if _exists(entry)} for folder in (PROVENANCE, ANCHORS))
    found = newest_first(
        judged(completed(one, site, merged, recorded=f"{one.id}.tsv" in recorded, published=f"{one.id}.tsv" in published), decided)
        for one in briefings
    )
    return arranged(found, records, merged)


def arranged(found: tuple[Briefing, ...], records: Mapping[AuthorityId, Authority], merged: Mapping[AuthorityId, AuthorityId]) -> Library:
    """The library of briefings that name the records which stand, newest first."""
    mentioned_in: dict[AuthorityId, dict[str, Briefing]] = defaultdict(dict)
    for briefing in found:
        for mention in briefing.mentions:
            mentioned_in[mention.authority][briefing.id] = briefing
    return Library(
        briefings=found,
        authorities=standing(records, merged),
        mentioned_in={identifier: tuple(by_id.values()) for identifier, by_id in mentioned_in.items()},
        merged=merged,
    )


def standing(records: Mapping[AuthorityId, Authority], merged: Mapping[AuthorityId, AuthorityId]) -> dict[AuthorityId, Authority]:
    """The records that others were merged into, with their names, and all that were merged into none; in order of their ids."""
    others: dict[AuthorityId, list[Authority]] = defaultdict(list)
    for away, stays in sorted(merged.items()):
        if away in records:
            others[stays].append(records[away])
    return {key: _with_variants(record, others[key]) for key, record in sorted(records.items()) if key not in merged}


def _exists(entry: os.DirEntry[str]) -> bool:
    """Not so for a link that leads nowhere."""
    return entry.is_file() or entry.is_dir()


def completed(briefing: Briefing, site: Site, merged: Mapping[AuthorityId, AuthorityId], *, recorded: bool, published: bool) -> Briefing:
    """The briefing with what content/provenance/ and content/anchors/ have of it, naming the records that stand for those it names.

    One new value, and none where nothing comes of it: a briefing has twenty fields, and there are thousands.
    """
    mentions = _resolved(briefing.mentions, merged)
    origin = _provenance(briefing.id, site) if recorded else briefing.provenance
    addresses = _anchors(briefing.id, site) if published else briefing.anchors
    if mentions is briefing.mentions and origin is briefing.provenance and addresses is briefing.anchors:
        return briefing
    return replace(briefing, mentions=mentions, provenance=origin, anchors=addresses)


def judged(briefing: Briefing, decided: decisions.Decisions) -> Briefing:
    """With what people decided about its figures."""
    not_figures = decided.not_figures_of(briefing.id)
    return replace(briefing, not_figures=not_figures) if not_figures else briefing


def _resolved(mentions: tuple[Mention, ...], merged: Mapping[AuthorityId, AuthorityId]) -> tuple[Mention, ...]:
    if not merged or not any(mention.authority in merged for mention in mentions):
        return mentions
    return tuple(replace(mention, authority=merged.get(mention.authority, mention.authority)) for mention in mentions)


def with_provenance(briefing: Briefing, site: Site) -> Briefing:
    """The briefing with what content/provenance/ has of it; as it is where there is nothing."""
    if not provenance_path(briefing.id, site).exists():
        return briefing
    return replace(briefing, provenance=_provenance(briefing.id, site))


def _provenance(identifier: str, site: Site) -> Provenance:
    shown = f"content/{PROVENANCE}/{identifier}.tsv"
    return provenance.load(read_text(f"{site.root}/{shown}", shown), shown)


def _anchors(identifier: str, site: Site) -> tuple[Anchor, ...]:
    shown = f"content/{ANCHORS}/{identifier}.tsv"
    return anchors.load(read_text(f"{site.root}/{shown}", shown), shown)


def provenance_path(identifier: str, site: Site) -> Path:
    return site.content / PROVENANCE / f"{identifier}.tsv"


def anchors_path(identifier: str, site: Site) -> Path:
    return site.content / ANCHORS / f"{identifier}.tsv"


def _with_variants(record: Authority, others: Sequence[Authority]) -> Authority:
    if not others:
        return record
    names = [*record.variants, *(name for other in others for name in (other.name, *other.variants))]
    return replace(record, variants=tuple(name for name in dict.fromkeys(names) if name != record.name))
