"""site/ as it stands → which of its files are as the last build left them."""

from __future__ import annotations

import os
import stat as status
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Self

from bindery import stamps
from bindery.publish import swap
from bindery.publish.ledger import Ledger, Made

SPOT_CHECKED = ("pagefind/", "packs/")
"""Folders of many small files that nobody edits: only the names of their files are looked at."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a build did."""

    briefing_count: int
    count_by_kind: Mapping[str, int]
    """Records of each kind."""
    page_count: int
    made_count: int
    """Files that were made; 0 when nothing had changed."""

    @classmethod
    def of(cls, after: Ledger, made_count: int) -> Self:
        """By what is known after it."""
        kinds = dict(Counter(record.kind for record in after.records.values()))
        return cls(after.briefing_count, kinds, after.page_count, made_count)


@dataclass(frozen=True, slots=True)
class Standing:
    """The site as it is."""

    outputs: dict[str, Made]
    """Files that are as they were made."""
    foreign: set[str]
    """Files that nobody made, or that are not as they were made."""
    folders: dict[str, int]
    """Of the site → when something was last put into it or taken out; 0: so young that a further change might not show."""
    alone: set[str]
    """Files that have no second name, so that its twin has others of its own."""
    is_trusted: bool
    """It is the site that the ledger tells of."""
    is_whole: bool
    """All files are there, and no others."""

    def has_all(self, before: Ledger) -> bool:
        """Of what the last build planned."""
        return self.is_trusted and before.outputs.keys() <= self.outputs.keys()


class Look(NamedTuple):
    """What differs in a site from what the last build left there."""

    missing: set[str]
    """Files that are not there, or not as they were made."""
    foreign: set[str]
    folders: dict[str, int]
    alone: set[str]
    """As of Standing."""


def look(output: Path, before: Ledger) -> Look | None:
    """At every file of the site; None where it is not the one that the ledger tells of."""
    if before.live == 0 or swap.number(output) != before.live:
        return None
    base, tree = str(output), _Tree(str(output), before.live_folders)
    missing: set[str] = set()
    alone: set[str] = set()
    for permalink, made in chain(before.outputs.items(), before.closing.items()):
        if not tree.is_there(permalink):
            missing.add(permalink)
        elif not permalink.startswith(SPOT_CHECKED):
            try:
                stat = os.lstat(f"{base}/{permalink}")
            except OSError:
                missing.add(permalink)
                continue
            if (stat.st_size, stat.st_mtime_ns) != (made.size, made.modified):
                missing.add(permalink)
            elif stat.st_nlink == 1:
                alone.add(permalink)
    expected = before.outputs.keys() | before.closing.keys() if tree.listed else set[str]()
    altered = {permalink for permalink in missing if os.path.lexists(f"{base}/{permalink}")}
    return Look(missing, (tree.listed - expected) | altered, tree.folders, alone)


def standing(seen: Look | None, before: Ledger) -> Standing:
    """By a look at the site."""
    if seen is None:
        return Standing({}, set(), {}, set(), is_trusted=False, is_whole=False)
    outputs = {permalink: made for permalink, made in (before.outputs | before.closing).items() if permalink not in seen.missing}
    is_whole = not seen.foreign and not seen.missing
    return Standing(outputs, seen.foreign, seen.folders, seen.alone, is_trusted=True, is_whole=is_whole)


def astray(twin: Path, expected: Mapping[str, Made], folders: Mapping[str, int], alone: Iterable[str]) -> set[str]:
    """Permalinks by which the twin may have another file than the site, or none, or one that the site has not: what nobody looked at
    would be the site. `folders` are the times of its own; `alone` are files that the site does not share with it."""
    tree = _Tree(str(twin), folders)
    missing = {permalink for permalink in expected if not tree.is_there(permalink)}
    doubtful = {permalink for permalink in tree.listed if permalink not in expected}
    for permalink in {*alone, *tree.listed} - doubtful - missing:
        made = expected.get(permalink)
        if made is not None and not permalink.startswith(SPOT_CHECKED) and not _is(f"{twin}/{permalink}", made):
            doubtful.add(permalink)
    return doubtful | missing


def times(base: Path, permalinks: Iterable[str]) -> dict[str, int]:
    """Folder of these files, and of each folder above one → when something was last put into it or taken out, in nanoseconds; 0 where
    that is so young that a further change might not show."""
    found: dict[str, int] = {}
    for folder in {permalink.rpartition("/")[0] for permalink in permalinks}:
        above = folder
        while above not in found:
            found[above] = _settled(os.lstat(f"{base}/{above}"))
            above = above.rpartition("/")[0]
    return found


class _Tree:
    """What is in a folder and those below it. Only where the time of one is another than was `known` are its files listed: putting
    a file into a folder and taking it out give that another time, wherever times are finer than seconds."""

    def __init__(self, base: str, known: Mapping[str, int]) -> None:
        self.folders: dict[str, int] = {}
        """Times of all that are there."""
        self.listed: set[str] = set()
        """Permalinks of files in those that are listed."""
        self._base = base
        self._trusted: set[str] = set()
        self._list(self._changed(known) if known else [""], known)

    def is_there(self, permalink: str) -> bool:
        """Whether a file that is expected has not been taken away, by the time of its folder."""
        return permalink.rpartition("/")[0] in self._trusted or permalink in self.listed

    def _changed(self, known: Mapping[str, int]) -> list[str]:
        changed = []
        for folder, before in known.items():
            try:
                now = _time(os.lstat(f"{self._base}/{folder}"))
            except OSError:
                continue  # the one above it has another time, too
            if now == before:
                self.folders[folder] = now
                self._trusted.add(folder)
            else:
                changed.append(folder)
        return changed

    def _list(self, waiting: list[str], known: Mapping[str, int]) -> None:
        while waiting:
            folder = waiting.pop()
            stat = os.lstat(f"{self._base}/{folder}")
            if not status.S_ISDIR(stat.st_mode):
                continue
            self.folders[folder] = _settled(stat)
            with os.scandir(f"{self._base}/{folder}") as entries:
                for entry in entries:
                    permalink = f"{folder}/{entry.name}" if folder else entry.name
                    if not entry.is_dir(follow_symlinks=False):
                        self.listed.add(permalink)
                    elif permalink not in known:
                        waiting.append(permalink)


def _settled(stat: os.stat_result) -> int:
    """The time of a folder; 0 where another change may not show. Where times are whole seconds, folders may have none of their own."""
    changed = _time(stat)
    return changed if changed % 1_000_000_000 and time.time_ns() - changed > stamps.SETTLED else 0


def _time(stat: os.stat_result) -> int:
    """The second is that of creation on Windows, elsewhere one that nobody can set."""
    return max(stat.st_mtime_ns, stat.st_ctime_ns)


def _is(path: str, made: Made) -> bool:
    try:
        stat = os.lstat(path)
    except OSError:
        return False
    return (stat.st_size, stat.st_mtime_ns) == (made.size, made.modified)
