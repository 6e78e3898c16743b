"""What a run of ingest depends on: seeds, content/ and the program, each file with its stamp."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from bindery import stamps
from bindery.config import PROGRAM, Site
from bindery.content import decisions, lock, shelf, store
from bindery.ingest import read
from bindery.ingest.ledger import Ledger
from bindery.stamps import Found, Stamp

LIBRARIES = ("charset-normalizer", "msgspec", "pyyaml")
"""What else decides what is read of a page, and how files are written."""
PROGRAM_FOLDERS = ("bindery/content", "bindery/ingest")
SEEDS, CONFLICTS, RULES = "seeds", "conflicts", "rules"


@dataclass(frozen=True, slots=True)
class Known:
    """What there is, before anything is read of it."""

    program: str
    seeds: Mapping[str, str]
    """Path below seeds/ → the file, in order."""
    folders: dict[str, dict[str, Stamp]]
    """Folder → the stamps of its files; those of content/ by the names of their folders."""

    def is_as(self, before: Ledger | Known) -> bool:
        """Whether every file is as it was."""
        is_whole = self.program == before.program and self.folders.keys() == before.folders.keys()
        return is_whole and all(stamps.are_same(files, before.folders[folder]) for folder, files in self.folders.items())

    def has_seeds_of(self, other: Known) -> bool:
        """Whether the seeds, and the program, are those of another look."""
        return self.program == other.program and stamps.are_same(self.folders[SEEDS], other.folders[SEEDS])

    def digest(self, path: str) -> int | None:
        """Of a file of content/ as it was when it was looked at; None where there was none."""
        _, folder, name = path.split("/")
        stamp = self.folders[folder].get(name)
        return stamp.digest if stamp else None


def look(site: Site, before: Mapping[str, Mapping[str, Stamp]]) -> Known:
    """`before`: the stamps of the last time; a file that seems the same is not read again."""
    seeds = read.seed_files(site.seeds)
    found: dict[str, Found] = {
        **{folder: stamps.files(site.content / folder, ".md") for folder in (store.BRIEFINGS, *(kind.folder for kind in site.kinds))},
        store.PROVENANCE: stamps.files(site.content / store.PROVENANCE, ".tsv"),
        CONFLICTS: stamps.files(shelf.conflict_path("", site).parent, ".txt"),
        RULES: {name: one for name in (decisions.DECISIONS_FILE, lock.LOCK_FILE) if (one := stamps.file(site.root / name))},
    }
    folders = {folder: stamps.taken(_writable(files), before.get(folder, {})) for folder, files in found.items()}
    there = {name: one for name, path in seeds.items() if (one := stamps.anything(path))}
    folders[SEEDS] = _of_seeds(there, before.get(SEEDS, {}))
    rules = stamps.taken(_program(), before.get("program", {}))
    kinds = repr(site.kinds)
    return Known(
        f"{stamps.program(rules, LIBRARIES)} {stamps.digest(kinds.encode()):x}",
        seeds,
        {**folders, "program": rules},
    )


def _of_seeds(found: Found, before: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """What is too large to be a page is not read to see whether it changed."""
    large = {name: Stamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, 0) for name, (_, stat) in found.items() if _is_large(stat)}
    return {**stamps.taken(_writable({name: one for name, one in found.items() if name not in large}), before), **large}


def _is_large(stat: os.stat_result) -> bool:
    return stat.st_size > read.LARGEST_SEED


def _writable(found: Found) -> Found:
    """By names that can be written down: one with bytes that are no text has them escaped."""
    return {name if name.isascii() else name.encode("utf-8", "backslashreplace").decode(): one for name, one in found.items()}


def _program() -> Found:
    below = {f"{folder}/{name}": one for folder in PROGRAM_FOLDERS for name, one in stamps.tree(PROGRAM / folder)}
    return below | {
        f"bindery/{name}": one for suffix in (".py", ".yaml") for name, one in stamps.files(PROGRAM / "bindery", suffix).items()
    }
