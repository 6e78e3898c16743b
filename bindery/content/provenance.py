"""content/provenance/<id>.tsv ⇄ Provenance: every captured line with what became of it and why."""

from __future__ import annotations

import re
from typing import cast, get_args

from bindery.errors import ContentError
from bindery.model import Fate, FateName, Place, Provenance

_HEAD = ("seed", "sha256", "size", "encoding")
_NUMBER = re.compile(r"[0-9]{1,12}")
"""str.isdigit() is true for ², which is no number."""


def dump(provenance: Provenance) -> str:
    """Four lines of head, an empty one, then `number TAB fate TAB rule TAB text` for every non-blank line."""
    head = [f"{key}\t{getattr(provenance, key)}" for key in _HEAD]
    rows = [f"{fate.number}\t{fate.fate}\t{fate.rule}\t{fate.text}" for fate in provenance.fates]
    return "\n".join([*head, "", *rows]) + "\n"


def load(source: str, path: str) -> Provenance:
    """The inverse of `dump`. Raises ContentError with the line; the file is the program's own, so ingest can make it anew."""
    lines = source.split("\n")
    head = dict(line.split("\t", 1) for line in lines[: len(_HEAD)] if "\t" in line)
    if set(head) != set(_HEAD) or not _NUMBER.fullmatch(head["size"]):
        raise _broken(path, 1)
    fates = tuple(_fate(line, path, number) for number, line in enumerate(lines[len(_HEAD) + 1 :], len(_HEAD) + 2) if line)
    return Provenance(head["seed"], head["sha256"], int(head["size"]), head["encoding"], fates)


def _fate(line: str, path: str, number: int) -> Fate:
    parts = line.split("\t", 3)
    if len(parts) != 4 or not _NUMBER.fullmatch(parts[0]) or parts[1] not in get_args(FateName):
        raise _broken(path, number)
    return Fate(int(parts[0]), cast(FateName, parts[1]), parts[2], parts[3])


def _broken(path: str, line: int) -> ContentError:
    return ContentError(
        "not a provenance file", at=Place(path, line), fix="delete it and run build.py ingest, which makes it anew from the seed"
    )
