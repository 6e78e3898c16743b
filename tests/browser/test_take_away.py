"""archive.zip, as a reader takes it: unpacked somewhere, opened by double-click."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from datetime import date as Date
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, unquote, urlsplit

import pytest

from bindery.languages import interface
from tests.browser.conftest import Browse
from tests.browser.kinds import KINDS, example
from tests.browser.readers import SEARCHED, Reader
from tests.browser.test_search import a_paragraph

LINK = re.compile(r'(?:href|src|action)="([^"#?]*)')
BROKEN = """[...document.querySelectorAll("link[rel=stylesheet]")].filter((link) => !link.sheet).map((link) => link.href)"""


@pytest.fixture(scope="module")
def unpacked(site_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one folder that comes out of the ZIP file, unpacked where a name has blanks and a "#"."""
    target = tmp_path_factory.mktemp("taken") / "press archive #2, 100%"
    archive = shutil.copy(site_folder / "archive.zip", tmp_path_factory.mktemp("download"))
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(target)
    (folder,) = target.iterdir()
    return folder


def test_it_searches(reader: Reader, unpacked: Path, archive: dict[str, Any]) -> None:
    _, paragraph, words = a_paragraph(archive)
    reader.goto((unpacked / "index.html").as_uri())
    reader.goto(f"{(unpacked / 'search.html').as_uri()}?q={quote_plus(words)}")
    reader.wait_for(SEARCHED)

    assert reader.evaluate(f"document.querySelectorAll('.hit[href$=\"#p-{paragraph['key']}\"] mark').length")


def test_every_kind_of_page_is_there_with_its_styles(reader: Reader, unpacked: Path) -> None:
    for kind in KINDS.keys() - {"missing", "data"}:
        reader.goto((unpacked / example(unpacked, kind)).as_uri())

        assert reader.evaluate(BROKEN) == [], kind
        assert reader.evaluate("document.querySelectorAll('h1').length") == 1, kind


def test_no_link_leads_nowhere(unpacked: Path) -> None:
    broken = [
        f"{page.name}: {link}"
        for page in unpacked.rglob("*.html")
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not urlsplit(link).scheme and link and not (page.parent / unquote(urlsplit(link).path)).exists()
    ]
    assert broken == []


def test_no_path_is_long_and_every_name_is_plain(unpacked: Path) -> None:
    paths = [path.relative_to(unpacked.parent).as_posix() for path in unpacked.rglob("*")]

    assert max(map(len, paths)) < 200
    assert all(path.isascii() and path == path.lower() and not set(path) & set('<>:"\\|?*') for path in paths)


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not installed")
def test_an_old_program_unpacks_it(site_folder: Path) -> None:
    run = subprocess.run(["unzip", "-tq", str(site_folder / "archive.zip")], check=False, capture_output=True, encoding="utf-8")

    assert run.returncode == 0, run.stdout + run.stderr


def test_the_footer_offers_it_with_its_size_and_day(browse: Browse, site_folder: Path, archive: dict[str, Any]) -> None:
    page = browse("cities/index.html")
    size = f"{round((site_folder / 'archive.zip').stat().st_size / 1000)} KB"
    newest = max(briefing["date"] for briefing in archive["briefings"] if briefing["date"])
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the archive").click()

    assert download.value.suggested_filename == "archive.zip"
    said = page.evaluate("getComputedStyle(document.querySelector('.offline__facts'), '::before').content").replace("\u00a0", " ")
    assert size in said
    assert interface("en").long_date(Date.fromisoformat(newest)).replace("\u00a0", " ") in said


def test_a_copy_does_not_offer_itself(reader: Reader, unpacked: Path) -> None:
    reader.goto((unpacked / "index.html").as_uri())

    assert not reader.evaluate("document.body.textContent.includes('Download the archive')")
