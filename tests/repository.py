"""Archives under git: the same commits have the same names on every machine."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

SETTLED = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (
        ("NAME", "Ann"), ("EMAIL", "ann@example.org"), ("DATE", "2019-05-05T12:00:00Z")
    )},
}  # fmt: skip


def git(root: Path, *arguments: str) -> str:
    run = subprocess.run(
        ["git", "-C", str(root), *arguments], check=True, capture_output=True, encoding="utf-8", env={**os.environ, **SETTLED}
    )
    return run.stdout.strip()


def commit(source: Path | None, root: Path) -> str:
    """Everything in the archive, after the files of a folder were copied into it; the commit's first nine digits."""
    root.mkdir(exist_ok=True)
    if source:
        shutil.copytree(source, root, dirs_exist_ok=True)
    if not (root / ".git").exists():
        git(root, "init", "--initial-branch=main")
    git(root, "add", "--all", "content")
    git(root, "commit", "--allow-empty", "--message", "as it stands")
    return git(root, "rev-parse", "--short=9", "HEAD")
