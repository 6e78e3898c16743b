"""What a page may weigh that only wants to be read."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tests.browser.kinds import KINDS, example

SCRIPTS = 25_000
"""Bytes of our own scripts, compressed, on a page that does not search."""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "search"])
def test_the_scripts_of_a_page_are_small(site_folder: Path, kind: str) -> None:
    page = site_folder / example(site_folder, kind)

    assert 0 < weight(page) < SCRIPTS


def weight(page: Path, script: str | None = None) -> int:
    """Bytes of the scripts a page names, compressed; or of one script of its site."""
    if script:
        return len(gzip.compress((page.parents[1] / script).read_bytes()))
    scripts = re.findall(r'<script src="([^"]+)"', page.read_text(encoding="utf-8"))
    return sum(len(gzip.compress((page.parent / script).read_bytes())) for script in scripts)
