"""Paths → what the git history still holds of them."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

COMMAND = ("log", "--all", "--full-history")


@dataclass(frozen=True, slots=True)
class History:
    """The commits that touched some files."""

    commit_count: int
    first: str
    """Date of the oldest, as git prints it: "2026-01-19"."""
    last: str


def of(root: Path, paths: Iterable[str]) -> History | None:
    """None where there is no git, no repository, or no commit that touched them."""
    git = shutil.which("git")
    if git is None:
        return None
    arguments = [git, "-C", str(root), *COMMAND, "--format=%as", "--", *paths]
    run = subprocess.run(arguments, check=False, capture_output=True, encoding="utf-8", errors="replace")  # noqa: S603  # no shell; paths after --
    days = sorted(run.stdout.split()) if run.returncode == 0 else []
    return History(len(days), days[0], days[-1]) if days else None


def to_look(paths: Sequence[str]) -> str:
    """The command that shows them."""
    return shlex.join(["git", *COMMAND, "-p", "--", *paths])
