"""How to cite a page: to read, to save and to copy, over http and from disk, with and without JavaScript."""

from __future__ import annotations

import json
from datetime import date as Date
from pathlib import Path

import pytest
import rispy
from playwright.sync_api import Page, expect

from tests.browser.conftest import Browse
from tests.browser.firefox import Firefox
from tests.browser.kinds import example

SAVED = {"BibTeX": ".bib", "RIS": ".ris", "CSL-JSON": ".json"}


def opened(browse: Browse, site_folder: Path, kind: str, *, disk: bool, javascript: bool) -> Page:
    at = site_folder.as_uri() + "/" if disk else None
    page = browse(example(site_folder, kind), at=at, javascript=javascript)
    page.get_by_role("link", name="In words or as a file").click()
    expect(page.locator("#citation")).to_be_visible()
    return page


def saved(page: Page, form: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("link", name=f"Download {form}").click()
    assert download.value.suggested_filename.endswith(SAVED[form])
    return Path(download.value.path()).read_bytes().decode("utf-8")


def copied(page: Page, name: str) -> str:
    page.context.grant_permissions(["clipboard-read"])
    page.get_by_role("button", name=name).press("Enter")
    expect(page.locator("cite-panel [data-cite]:focus")).to_contain_text("Copied")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text.replace("\r\n", "\n")


@pytest.mark.parametrize("disk", [False, True], ids=["http", "disk"])
@pytest.mark.parametrize("kind", ["briefing", "official"])
def test_files_can_be_saved_without_javascript(browse: Browse, site_folder: Path, kind: str, disk: bool) -> None:
    page = opened(browse, site_folder, kind, disk=disk, javascript=False)
    heading = page.locator("h1").inner_text()

    assert json.loads(saved(page, "CSL-JSON"))[0]["title"] == heading
    assert rispy.loads(saved(page, "RIS"))[0]["title"] == heading
    assert "urldate" not in saved(page, "BibTeX")
    assert page.get_by_role("button", name="Copy").count() == 0


@pytest.mark.parametrize("disk", [False, True], ids=["http", "disk"])
def test_what_is_saved_or_copied_was_looked_up_today(browse: Browse, site_folder: Path, disk: bool) -> None:
    page = opened(browse, site_folder, "briefing", disk=disk, javascript=True)
    today = Date.fromisoformat(page.evaluate("new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10)"))

    assert json.loads(saved(page, "CSL-JSON"))[0]["accessed"] == {"date-parts": [[today.year, today.month, today.day]]}
    assert f"  urldate = {{{today}}}\n}}\n" in copied(page, "Copy BibTeX")
    assert rispy.loads(copied(page, "Copy RIS"))[0]["access_date"] == f"{today:%Y/%m/%d}"
    assert copied(page, "Copy these words") == f"{page.locator('#citation').inner_text()} (accessed {today.day} {today:%B %Y})"


def test_a_file_saved_twice_has_one_day_of_access(browse: Browse, site_folder: Path) -> None:
    page = opened(browse, site_folder, "briefing", disk=False, javascript=True)

    assert saved(page, "BibTeX") == saved(page, "BibTeX")


def test_firefox_offers_the_same(fox: Firefox, site_folder: Path) -> None:
    fox.goto((site_folder / example(site_folder, "briefing")).as_uri())
    script = """(() => { const details = document.querySelector("#cite"); details.open = true;
      return new Promise((done) => setTimeout(() => done(details.querySelectorAll("[data-cite]").length), 300)); })()"""

    assert fox.evaluate(script) == 4


def test_the_panel_fits_a_phone(browse: Browse, site_folder: Path) -> None:
    page = browse(example(site_folder, "briefing") + "#citation", width=320, height=640)
    expect(page.get_by_role("button", name="Copy RIS")).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
