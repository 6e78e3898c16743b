"""Archives under git, whose commits have the same names on every machine, and this archive's settings for copies of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import yaml

REPOSITORY = Path(__file__).resolve().parents[1]
SETTLED = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (
        ("NAME", "Ann"), ("EMAIL", "ann@example.org"), ("DATE", "2019-05-05T12:00:00Z")
    )},
}  # fmt: skip


def settings(**values: object) -> str:
    """A site.yaml for a copy of this repository's content/: its own with other values."""
    own = yaml.safe_load((REPOSITORY / "site.yaml").read_text(encoding="utf-8"))
    return yaml.safe_dump({**own, **values}, allow_unicode=True)


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
