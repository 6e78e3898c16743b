"""The files a site is made from → a fingerprint of each: looked at by what the system knows of a file, read only if that changed."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from bindery.config import CONFIG_FILE, PROGRAM, Site
from bindery.content import decisions, lock, store

SETTLED = 50_000_000
"""Nanoseconds after which a further change of a file gets another time: clocks of file systems tick every ten milliseconds or so."""
PROGRAM_FOLDERS = ("bindery/content", "bindery/publish")
"""What decides, beside templates and static files, how a site looks."""
SITE, TEMPLATES, STATIC = "site", "templates", "static"
"""What `rules` finds."""

Found = Mapping[str, tuple[str, os.stat_result]]
"""Name → path and what the system says of it."""


class Stamp(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file as it was when it was last read."""

    size: int
    modified: int
    """Nanoseconds, as everything here about time."""
    changed: int
    """Also set when a file is given an older time, or another is put in its place. 0: so young when it was read that a further change
    might not show."""
    digest: int
    """Of its bytes."""


def content(site: Site) -> dict[str, Found]:
    """Folder of content/ → its files by name. The folders of people hold Markdown, those of the program TSV."""
    records = {kind.folder: _files(site.content / kind.folder, ".md") for kind in site.kinds}
    own = {folder: _files(site.content / folder, ".tsv") for folder in (store.ANCHORS, store.PROVENANCE)}
    return {store.BRIEFINGS: _files(site.content / store.BRIEFINGS, ".md"), **records, **own}


def rules(site: Site) -> dict[str, Found]:
    """What changes pages of every briefing at once: configuration, decisions and the program; templates; static files."""
    single = (CONFIG_FILE, decisions.DECISIONS_FILE, lock.LOCK_FILE)
    named = {name: found for name in single if (found := _file(site.root / name))}
    program = {f"{folder}/{name}": found for folder in PROGRAM_FOLDERS for name, found in _tree(PROGRAM / folder, (".py", ".json"))}
    program |= {f"bindery/{name}": found for suffix in (".py", ".yaml") for name, found in _files(PROGRAM / "bindery", suffix).items()}
    return {
        SITE: {**named, **program},
        TEMPLATES: dict(_overlay(site.template_folders)),
        STATIC: dict(_overlay(site.static_folders)),
    }


def stamps(found: Found, known: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """A stamp for each file that is there; what did not change since it was `known` is not read again."""
    made: dict[str, Stamp] = {}
    for name, (path, stat) in found.items():
        before = known.get(name)
        if (
            before is not None
            and before.size == stat.st_size
            and before.modified == stat.st_mtime_ns
            and before.changed == stat.st_ctime_ns
        ):
            made[name] = before
        else:
            made[name] = _read(path, stat)
    return made


def stamp(path: Path) -> Stamp:
    """Of a file that was written just now."""
    return _read(str(path), path.stat())


def digest(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=7).digest())


def _read(path: str, stat: os.stat_result) -> Stamp:
    try:
        data = Path(path).read_bytes()
    except OSError:
        data = b""  # who reads it for its content says what is wrong with it
    is_settled = time.time_ns() - max(stat.st_mtime_ns, stat.st_ctime_ns) > SETTLED
    return Stamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns if is_settled else 0, digest(data))


def _file(path: Path) -> tuple[str, os.stat_result] | None:
    try:
        return str(path), path.stat()
    except OSError:
        return None


def _files(folder: Path, suffix: str) -> Found:
    try:
        with os.scandir(folder) as entries:
            return {entry.name: (entry.path, entry.stat()) for entry in entries if entry.name.endswith(suffix) and not entry.is_dir()}
    except FileNotFoundError:
        return {}


def _tree(folder: Path, suffixes: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, os.stat_result]]]:
    """Every file below a folder that is not hidden, by its path from there."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            if not name.startswith(".") and (not suffixes or name.endswith(suffixes)) and (found := _file(Path(base, name))):
                yield Path(base, name).relative_to(folder).as_posix(), found


def _overlay(folders: Iterable[Path]) -> Iterator[tuple[str, tuple[str, os.stat_result]]]:
    """The files of several folders, each as the first that has it."""
    seen: set[str] = set()
    for folder in folders:
        for name, found in _tree(folder):
            if name not in seen:
                seen.add(name)
                yield name, found
