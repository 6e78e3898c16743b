"""site/ → site/pagefind/: the search index over the built pages."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pagefind_bin  # type: ignore[import-untyped]  # a program in a wheel; of its Python we use one function

from bindery.errors import SiteError
from bindery.model import Place
from bindery.publish import pagefind_output

FOLDER = "pagefind"
"""Where the index stands in the site."""
BODY = b"data-pagefind-body"
"""Marks what is searched. Without one anywhere Pagefind would index every page of the site whole."""
REINSTALL = f"install it again: pip install --force-reinstall pagefind_bin=={pagefind_output.VERSION}"


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """What can be searched, in figures."""

    page_count: int
    value_count_by_filter: Mapping[str, int]
    """How many values each facet has: {"city": 120, "year": 9}. Empty when no page has any."""
    file_count: int
    size: int
    """Of all files of the index, in bytes."""


def index(site_folder: Path, language: str) -> SearchIndex:
    """Index every page of a built site that has `data-pagefind-body`, as one language whatever its pages say.

    Replaces `pagefind/`. The same pages give the same bytes. A site with nothing to search has no `pagefind/`, and gives zeros.
    Raises SiteError if Pagefind is not there, fails, or writes a format that is not known.
    """
    folder = site_folder / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    if not _anything_to_search(site_folder):
        return SearchIndex(0, {}, 0, 0)
    _run_pagefind(site_folder, language.partition("-")[0].lower())
    bundle = pagefind_output.make_reproducible(folder)
    files = [path for path in folder.rglob("*") if path.is_file()]
    return SearchIndex(bundle.page_count, bundle.value_count_by_filter, len(files), sum(path.stat().st_size for path in files))


def _anything_to_search(site_folder: Path) -> bool:
    return any(BODY in path.read_bytes() for path in site_folder.rglob("*.html"))


def _run_pagefind(site_folder: Path, language: str) -> None:
    command = [str(_executable()), "--site", str(site_folder.resolve()), "--output-subdir", FOLDER]
    command += ["--force-language", language, "--keep-index-url", "--quiet"]
    # Settings of this machine must not reach the index: PAGEFIND_* variables, a pagefind.toml in the current folder.
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    try:
        run = subprocess.run(  # noqa: S603  # our own program with our own arguments; no shell
            command, check=False, cwd=site_folder, env=surroundings, capture_output=True, encoding="utf-8", errors="replace"
        )
    except OSError as error:
        raise SiteError(f"Pagefind cannot be started: {error.strerror}", at=Place(command[0]), fix=REINSTALL) from error
    if run.returncode:
        last_words = " ".join((run.stderr or run.stdout).split())[-300:]
        raise SiteError(
            f"Pagefind stopped with status {run.returncode}: {last_words}",
            at=Place(str(site_folder)),
            fix="look at what it says; no index was written and the old site still stands",
        )


def _executable() -> Path:
    """Pagefind's program inside its Python package: no PATH, no download."""
    try:
        return Path(pagefind_bin.get_executable())
    except FileNotFoundError as error:
        raise SiteError("the package pagefind_bin has no program for this machine", at=Place("pagefind_bin"), fix=REINSTALL) from error
