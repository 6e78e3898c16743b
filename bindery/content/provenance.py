"""content/provenance/<id>.tsv ⇄ Provenance: every captured line with what became of it and why."""

from __future__ import annotations

import re
import sys
from typing import get_args

from bindery.errors import ContentError
from bindery.model import Fate, FateName, Place, Provenance

_HEAD = ("seed", "sha256", "size", "encoding")
_FATES: dict[str, FateName] = {name: name for name in get_args(FateName)}
_ROW = re.compile(rf"^([0-9]{{1,12}})\t({'|'.join(_FATES)})\t([^\t\n]*+)\t([^\n]*+)\n", re.MULTILINE)
_NUMBER = re.compile(r"[0-9]{1,12}")
"""str.isdigit() is true for ², which is no number."""


def dump(provenance: Provenance) -> str:
    """Four lines of head, an empty one, then `number TAB fate TAB rule TAB text` for every non-blank line."""
    head = [f"{key}\t{getattr(provenance, key)}" for key in _HEAD]
    rows = [f"{fate.number}\t{fate.fate}\t{fate.rule}\t{fate.text}" for fate in provenance.fates]
    return "\n".join([*head, "", *rows]) + "\n"


def load(source: str, path: str) -> Provenance:
    """The inverse of `dump`. Raises ContentError with the line; the file is the program's own, so ingest can make it anew."""
    lines = source.split("\n", len(_HEAD) + 1)
    head = dict(line.split("\t", 1) for line in lines[: len(_HEAD)] if "\t" in line)
    if set(head) != set(_HEAD) or not _NUMBER.fullmatch(head["size"]):
        raise _broken(path, 1)
    fates = _fates("".join(lines[len(_HEAD) + 1 :]), path)
    return Provenance(head["seed"], head["sha256"], int(head["size"]), head["encoding"], fates)


def _fates(source: str, path: str) -> tuple[Fate, ...]:
    """What stands below the head."""
    rows = _ROW.findall(source)
    if len(rows) == source.count("\n") and source.endswith("\n"):  # every line is one
        return tuple(Fate(int(number), _FATES[fate], sys.intern(rule), text) for number, fate, rule, text in rows)
    return tuple(_fate(line, path, number) for number, line in enumerate(source.split("\n"), len(_HEAD) + 2) if line)


def _fate(line: str, path: str, number: int) -> Fate:
    parts = line.split("\t", 3)
    if len(parts) != 4 or not _NUMBER.fullmatch(parts[0]) or parts[1] not in _FATES:
        raise _broken(path, number)
    return Fate(int(parts[0]), _FATES[parts[1]], parts[2], parts[3])


def _broken(path: str, line: int) -> ContentError:
    return ContentError(
        "not a provenance file", at=Place(path, line), fix="delete it and run build.py ingest, which makes it anew from the seed"
    )
