"""Law: a build that makes only what changed leaves the very site that a build from nothing makes, whatever happened in between."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.builds import built, copied, differences, files, restored
from tests.edits import Archive

EDITS = int(os.environ.get("BINDERY_EDITS", "60"))
"""Edits in all; `make test-deep` asks for more."""
IN_ONE_GO = 8 if EDITS <= 60 else 2
"""Edits between two builds at most."""
SEED = int(os.environ.get("BINDERY_SEED", "1"))
WAYS = ("pages", "search", "no links")
"""Without search and with it, and on a file system where a file has one name only."""


def no_link(source: str, *_: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM), source)


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.timeout(7200)
def test_a_build_of_what_changed_leaves_what_a_build_from_nothing_makes(tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if way == "no links":
        monkeypatch.setattr(os, "link", no_link)
    archive = Archive(tmp_path / "archive", SEED + WAYS.index(way))
    history: list[str] = []
    edits = builds = refused = 0
    while edits < EDITS // len(WAYS):
        copied(archive.root, tmp_path / "clean")
        told, expected = (built(root, with_search=way == "search") for root in (archive.root, tmp_path / "clean"))
        builds += 1
        assert told == expected, "\n".join(history)
        if told:  # such as an address that would be lost: it was refused, and for the same reason
            refused += 1
            restored(archive.root, tmp_path / "good")
            history.append("restored")
        else:
            found = list(differences(files(archive.root), files(tmp_path / "clean")))
            assert not found, "\n".join([*history, *found])
            copied(archive.root, tmp_path / "good")
            history.append("built")
        for _ in range(archive.random.randint(1, IN_ONE_GO)):
            history.append(archive.edit())
            edits += 1
    print(f"{edits} edits, {builds} builds, {refused} of them refused")
    assert refused < builds / 2
