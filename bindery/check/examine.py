"""site/ and content/ → findings. Where no file is another than at the last check, the findings are those of the last."""

from __future__ import annotations

import os
from collections.abc import Iterator

from bindery import stamps
from bindery.check import ledger
from bindery.check.ledger import Ledger
from bindery.config import CONFIG_FILE, PROGRAM, Site
from bindery.content import decisions, lock, store
from bindery.model import Finding
from bindery.stamps import Found

LIBRARIES = ("msgspec", "pyyaml", "selectolax", "pillow", "font-source-serif-pro", "paperang-p2-fonts-cjk")
"""What else decides what is found in a page, and which letters a picture can show."""
PROGRAM_FOLDERS = ("bindery/check", "bindery/content", "bindery/publish")
NAMED_ONLY = ("pagefind/", "packs/")
"""Folders of many small files that nobody edits and that have no links: only the names of their files are looked at."""


def findings(site: Site) -> list[Finding]:
    """Raises ContentError, alone or in an ExceptionGroup, and SiteError."""
    before = ledger.load(site)
    found = {**_content(site), "rules": _rules(site), "program": _program()}
    folders = {folder: stamps.taken(files, before.folders.get(folder, {})) for folder, files in found.items()}
    program = f"{stamps.program(folders['program'], LIBRARIES)} {stamps.digest(repr(site).encode()):x}"
    files = dict(_walked(str(site.output), ""))
    is_same = program == before.program and files == before.files and folders.keys() == before.folders.keys()
    if is_same and all(stamps.are_same(files, before.folders[folder]) for folder, files in folders.items()):
        return before.findings
    from bindery.check import everything  # noqa: PLC0415 - a tenth of a second, for a check that has something to do

    memory = ledger.recall(site, before, program)
    now = Ledger(program, folders, files)
    now.findings = list(everything.findings(site, now, before, memory))
    ledger.save(now, memory, site)
    return now.findings


def _content(site: Site) -> dict[str, Found]:
    """Folder of content/ → its files; not those that the program keeps for itself."""
    return {folder: stamps.files(site.content / folder, ".md") for folder in (store.BRIEFINGS, *(kind.folder for kind in site.kinds))}


def _rules(site: Site) -> Found:
    names = [CONFIG_FILE, decisions.DECISIONS_FILE, lock.LOCK_FILE, *([site.share_font] if site.share_font else [])]
    return {name: found for name in names if (found := stamps.file(site.root / name))}


def _program() -> Found:
    below = {f"{folder}/{name}": one for folder in PROGRAM_FOLDERS for name, one in stamps.tree(PROGRAM / folder)}
    return {**below, **stamps.files(PROGRAM / "bindery", ".py")}


def _walked(base: str, prefix: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Permalink of every file, its size, and when it was written."""
    with os.scandir(f"{base}/{prefix}") as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walked(base, f"{prefix}{entry.name}/")
            elif prefix.startswith(NAMED_ONLY):
                yield f"{prefix}{entry.name}", (0, 0)
            elif entry.is_file():
                stat = entry.stat()
                yield f"{prefix}{entry.name}", (stat.st_size, stat.st_mtime_ns)
