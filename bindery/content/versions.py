"""The git history of an archive → every version that its files of content/ ever had, oldest first."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bindery.errors import SiteError
from bindery.model import Place

_AT = Place(".git")
_COMMIT = re.compile(r"\x01([0-9a-f]{40,64})\n*")
_CHANGE = re.compile(r":\d+ \d+ [0-9a-f]+ (?P<blob>[0-9a-f]+) (?P<status>[A-Z])")
NO_BLOB = re.compile(r"0+")


@dataclass(frozen=True, slots=True)
class Version:
    """A file as a commit left it."""

    commit: str
    """Its first nine digits."""
    path: str
    """Relative to the archive's root."""
    blob: str | None
    """None where the commit took the file away."""


def of(root: Path) -> list[Version]:
    """All that lead to the commit that is checked out. Merges are compared with each of their parents.

    Raises SiteError where there is no git, no repository, or only the end of a history.
    """
    if shutil.which("git") is None:
        raise SiteError("git is not installed", at=_AT, fix="install git, and run this in a clone of the archive")
    if _said(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        fix = "run git fetch --unshallow; in a workflow, give actions/checkout fetch-depth: 0"
        raise SiteError("the clone has only the end of the history", at=_AT, fix=fix)
    told = _said(root, "log", "--reverse", "--topo-order", "-m", "-z", "--raw", "--no-renames", "--no-abbrev", "--relative",
                 "--format=%x01%H", "HEAD", "--", "content")  # fmt: skip
    return list(_versions(told))


def texts(root: Path, blobs: Collection[str]) -> Iterator[tuple[str, str]]:
    """Blob → its text. What is no UTF-8 is read as far as it is."""
    git = shutil.which("git") or "git"
    with subprocess.Popen([git, "-C", str(root), "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:  # noqa: S603
        assert run.stdin
        assert run.stdout
        for blob in blobs:
            run.stdin.write(f"{blob}\n".encode())
            run.stdin.flush()
            head = run.stdout.readline().split()
            if len(head) != 3:
                fix = "run git fsck, and git fetch in a clone that leaves files out"
                raise SiteError(f"the history lacks a file: {blob}", at=_AT, fix=fix)
            yield blob, run.stdout.read(int(head[2]) + 1)[:-1].decode("utf-8", "replace")


def _versions(told: str) -> Iterator[Version]:
    commit, fields = "", iter(told.split("\0"))
    for field in fields:
        rest = field.lstrip("\n")
        while found := _COMMIT.match(rest):
            commit, rest = found[1][:9], rest[found.end() :]
        if change := _CHANGE.match(rest):
            yield Version(commit, next(fields), None if NO_BLOB.fullmatch(change["blob"]) else change["blob"])


def _said(root: Path, *arguments: str) -> str:
    git = shutil.which("git") or "git"
    run = subprocess.run([git, "-C", str(root), *arguments], check=False, capture_output=True, encoding="utf-8", errors="surrogateescape")  # noqa: S603
    if run.returncode:
        problem = (run.stderr.strip().splitlines() or ["git failed"])[0].removeprefix("fatal: ")
        raise SiteError(f"the history cannot be read: {problem}", at=_AT, fix="run this in a clone of the archive that has a commit")
    return run.stdout
