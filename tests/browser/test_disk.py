"""The archive in a folder on disk, by double-click: no server, the browsers' policy for file: addresses on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from tests.browser.kinds import KINDS, example
from tests.browser.readers import SEARCHED, Reader
from tests.browser.test_search import a_paragraph

FOLDERS = {
    "spaces": "my archive of  2016",
    "hash": "no. #1 #p-x",
    "percent": "100% %41 %2e",
    "question": "what? q=no",
    "quotes": 'it\'s "here" `now`',
    "non-ascii": "資料 Ōsaka–Besançon é",
    "marks": "a+b&c;d=[e](f)<g>",
}
"""Names a folder may have, each with what would break an address put together by hand."""
STATUS = "document.querySelector('[role=status]').textContent"


def test_the_policy_for_files_is_on(reader: Reader, site_folder: Path) -> None:
    """The control of every other test here: were a page allowed to read a file beside it, they would prove nothing."""
    reader.goto((site_folder / "index.html").as_uri())
    answer = reader.evaluate("fetch('data/archive.json').then(() => 'read', (error) => error.name)")
    reader.problems.clear()

    assert answer == "TypeError"


def test_it_works_whatever_the_folder_is_called(reader: Reader, site_folder: Path, tmp_path: Path, archive: dict[str, Any]) -> None:
    briefing, paragraph, words = a_paragraph(archive)
    for name in FOLDERS.values():
        folder = Path(shutil.copytree(site_folder, tmp_path / name / "site", copy_function=os.link))
        reader.goto(f"{(folder / 'search.html').as_uri()}?q={quote_plus(words)}")
        reader.wait_for(SEARCHED)
        hit = f"document.querySelector('.hit[href$=\"#p-{paragraph['key']}\"]')"
        assert reader.evaluate(f"{hit}.querySelectorAll('mark').length > 0"), name
        choose_a_year(reader)
        reader.goto(reader.evaluate(f"{hit}.href"))

        assert reader.evaluate("document.querySelector('h1').textContent.trim()") == briefing["title"], name
        assert reader.evaluate(f"document.querySelector(':target').id === 'p-{paragraph['key']}'"), name


def choose_a_year(reader: Reader) -> None:
    """Tick the first, see that the address and the count follow, and go back."""
    before = reader.evaluate("location.search")
    box = "document.querySelector('[data-facet=year] input')"
    count = reader.evaluate(f"{box}.closest('label').querySelector('.facet__count').textContent")
    year = reader.evaluate(f"{box}.value")
    reader.evaluate(f"{box}.click()")
    reader.wait_for(f"location.search.endsWith('&year={year}') && {SEARCHED}")
    assert reader.evaluate(STATUS).startswith(count)
    reader.evaluate("history.back()")
    reader.wait_for(f"location.search === {before!r} && {SEARCHED}")


def test_every_kind_of_page_opens_with_its_styles(reader: Reader, site_folder: Path) -> None:
    for kind in KINDS.keys() - {"missing"}:
        reader.goto((site_folder / example(site_folder, kind)).as_uri())

        assert reader.evaluate("[...document.querySelectorAll('link[rel=stylesheet]')].every((link) => link.sheet)"), kind
        assert reader.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')"), kind
        assert reader.evaluate("document.querySelectorAll('h1').length") == 1, kind


def test_a_short_address_leads_to_the_paragraph(reader: Reader, site_folder: Path, archive: dict[str, Any]) -> None:
    briefing, paragraph, _ = a_paragraph(archive)
    reader.goto(f"{(site_folder / 'b' / briefing['id'] / 'index.html').as_uri()}?p={paragraph['key']}")

    reader.wait_for(f"location.href.endsWith('{briefing['slug']}.html#p-{paragraph['key']}')")
