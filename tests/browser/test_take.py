"""A result list to take along: text, Markdown and CSV, with addresses that work elsewhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page, expect

from tests.browser import large_archive
from tests.browser.conftest import Browse, publish
from tests.browser.large_archive import BRIEFING_COUNT, HOSTILE
from tests.browser.serving import serving
from tests.browser.test_search import settle

FORMULA = '=HYPERLINK("http://127.0.0.1/", "talk")'
BASE = "https://archive.example/press"


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An archive that knows its address on the web, with a title that a spreadsheet would compute."""
    root = tmp_path_factory.mktemp("hosted")
    large_archive.write(root)
    (root / "site.yaml").write_text(f"title: Hosted\nbase_url: {BASE}\n", encoding="utf-8")
    talk = root / "content/briefings/talk-02.md"
    talk.write_text(talk.read_text(encoding="utf-8").replace("Talks in Tel Aviv, part 2", f"'{FORMULA}'"), encoding="utf-8")
    with serving(publish(root)) as address:
        yield address


def opened(browse: Browse, words: str, at: str | None = None) -> Page:
    page = browse(f"search.html?q={quote_plus(words)}", at=at)
    settle(page, words)
    page.get_by_text("Copy or download this list").click()
    expect(page.get_by_role("button", name="Copy as text")).to_be_enabled()
    return page


def copied(page: Page, name: str) -> str:
    page.context.grant_permissions(["clipboard-read"])
    page.get_by_role("button", name=name).press("Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_focused()
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def rows(page: Page) -> list[list[str]]:
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_text_has_every_briefing_with_its_address(browse: Browse, hosted: str) -> None:
    text = copied(opened(browse, "harbour", hosted), "Copy as text")

    assert text.count(f"{BASE}/briefings/talk-") == BRIEFING_COUNT
    assert f"{BASE}/search.html?q=harbour" in text
    assert "briefings/talk-03.html?" not in text


def test_markdown_links_and_keeps_hostile_words_as_words(browse: Browse, hosted: str) -> None:
    text = copied(opened(browse, "bold", hosted), "Copy as Markdown")

    assert f"(<{BASE}/briefings/talk-04.html>)" in text
    assert "<script>" not in text
    assert r"\<script\>" in text


def test_a_spreadsheet_reads_the_list_and_computes_nothing(browse: Browse, hosted: str) -> None:
    head, *found = rows(opened(browse, "mayor", hosted))

    assert head[:4] == ["Date", "Title", "Source", "Address"]
    assert [row[1] for row in found] == ["'" + FORMULA]
    assert found[0][3] == f"{BASE}/briefings/talk-02.html"
    assert found[0][5].endswith('The mayor said: "It is open."')


def test_the_whole_list_is_taken_not_what_is_drawn_of_it(browse: Browse, hosted: str) -> None:
    page = opened(browse, "harbour", hosted)

    assert page.locator(".result").count() < BRIEFING_COUNT
    assert len(rows(page)) == 1 + BRIEFING_COUNT


def test_words_that_look_like_markup_come_as_they_are(browse: Browse, hosted: str) -> None:
    assert HOSTILE in rows(opened(browse, "bold", hosted))[1][5]


def test_without_an_address_of_its_own_it_is_where_it_is_served(browse: Browse, root_address: str) -> None:
    assert f"{root_address}briefings/" in copied(opened(browse, "consul"), "Copy as text")


def test_from_disk_addresses_stay_inside_the_archive(browse: Browse, site_folder: Path) -> None:
    text = copied(opened(browse, "consul", site_folder.as_uri() + "/"), "Copy as text")

    assert "   briefings/" in text
    assert "file:" not in text


def test_an_empty_list_offers_nothing(browse: Browse) -> None:
    page = browse("search.html?q=qqqxyzzy")
    settle(page)

    expect(page.get_by_text("Copy or download this list")).to_be_hidden()
