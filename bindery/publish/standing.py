"""site/ as it stands → which of its files are as the last build left them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

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
        return cls(len(after.entries), kinds, after.page_count, made_count)


@dataclass(frozen=True, slots=True)
class Standing:
    """The site as it is."""

    outputs: dict[str, Made]
    """Files that are as they were made."""
    foreign: set[str]
    """Files that nobody made, or that are not as they were made."""
    is_trusted: bool
    """It is the site that the ledger tells of."""
    is_whole: bool
    """All files are there, and no others."""


def standing(output: Path, before: Ledger) -> Standing:
    """Look at every file of the site, whether it is as the last build left it."""
    if before.live == 0 or swap.number(output) != before.live:
        return Standing({}, set(), is_trusted=False, is_whole=False)
    expected = {**before.outputs, **before.closing}
    found: dict[str, Made] = {}
    foreign: set[str] = set()
    for permalink, stat in _walked(str(output)):
        made = expected.get(permalink)
        if made is not None and (stat is None or (stat.st_size, stat.st_mtime_ns) == (made.size, made.modified)):
            found[permalink] = made
        else:
            foreign.add(permalink)
    return Standing(found, foreign, is_trusted=True, is_whole=not foreign and len(found) == len(expected))


def astray(twin: Path, expected: Mapping[str, Made]) -> set[str]:
    """Permalinks by which the twin has another file than the site, or none, or one that the site has not. To look costs a part of what
    a build does that has something to do, and what nobody looked at would be the site."""
    found = dict(_walked(str(twin)))
    differing = {
        permalink
        for permalink, stat in found.items()
        if (made := expected.get(permalink)) is None or not (stat is None or (stat.st_size, stat.st_mtime_ns) == (made.size, made.modified))
    }
    return differing | (expected.keys() - found.keys())


def _walked(base: str, prefix: str = "") -> Iterator[tuple[str, os.stat_result | None]]:
    """Permalink of every file, and what the system says of it where more is looked at than its name."""
    is_named_only = prefix.startswith(SPOT_CHECKED)
    with os.scandir(f"{base}/{prefix}") as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                yield from _walked(base, f"{prefix}{entry.name}/")
            else:
                yield f"{prefix}{entry.name}", None if is_named_only else entry.stat(follow_symlinks=False)
