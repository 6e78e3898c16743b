"""A hit leads to its paragraph, and there the words stand marked: in both browsers, served and from disk."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Browse, Read
from tests.browser.readers import SEARCHED, Reader
from tests.browser.test_search import a_paragraph, settle

MARKED = "[...(CSS.highlights.get('found-words') || [])].map((range) => range.toString())"
TEXT = "document.querySelector('.text').innerHTML"


@pytest.fixture(params=["served", "disk"])
def place(request: pytest.FixtureRequest, site_folder: Path) -> str:
    if request.param == "disk":
        return site_folder.as_uri() + "/"
    address: str = request.getfixturevalue("root_address")
    return address


def a_page(archive: dict[str, Any], query: str | None) -> tuple[str, str]:
    briefing, paragraph, words = a_paragraph(archive)
    asked = f"?q={quote_plus(query if query is not None else words)}"
    return f"briefings/{briefing['slug']}.html{asked}#p-{paragraph['key']}", words


def test_a_hit_leads_to_its_words(reader: Reader, place: str, archive: dict[str, Any]) -> None:
    path, words = a_page(archive, None)
    reader.goto(f"{place}search.html?q={quote_plus(words)}")
    reader.wait_for(SEARCHED)
    reader.goto(reader.evaluate(f"document.querySelector('.hit[href$=\"{path[path.index('#') :]}\"]').href"))
    marked = reader.wait_for(f"({MARKED}).length && ({MARKED})")

    assert words in marked
    assert reader.evaluate("document.querySelector(':target').getBoundingClientRect().top < innerHeight")


def test_the_text_itself_is_not_touched(reader: Reader, place: str, archive: dict[str, Any]) -> None:
    path, _ = a_page(archive, None)
    reader.goto(place + re.sub(r"\?[^#]*", "", path))
    before = reader.evaluate(TEXT)
    reader.goto(place + path)
    reader.wait_for(f"({MARKED}).length")

    assert reader.evaluate(TEXT) == before


def test_escape_takes_the_marks_and_the_words_away(read: Read, archive: dict[str, Any]) -> None:
    path, _ = a_page(archive, None)
    page = read(path)
    expect(page.get_by_role("button", name="Remove marks")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Remove marks")).to_have_count(0)
    assert page.evaluate(MARKED) == []
    assert page.url.endswith(re.sub(r"\?[^#]*", "", path))


def test_escape_closes_what_floats_first(read: Read, archive: dict[str, Any]) -> None:
    page = read(a_page(archive, None)[0])
    page.locator(":target .para-tools__mark").press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate(MARKED)
    page.keyboard.press("Escape")

    assert page.evaluate(MARKED) == []


def test_the_button_keeps_the_focus_on_the_page(read: Read, archive: dict[str, Any]) -> None:
    page = read(a_page(archive, None)[0])
    page.get_by_role("button", name="Remove marks").press("Enter")

    expect(page.locator("#main")).to_be_focused()


WORDS = {"a quoted phrase": '"consul general"', "a hyphen": "consul-general", "another ending": "cooperative", "no accent": "takash"}


@pytest.mark.parametrize("query", WORDS.values(), ids=WORDS)
def test_words_are_marked_as_the_search_found_them(read: Read, query: str) -> None:
    page = read(f"search.html?q={quote_plus(query)}")
    settle(page, query)
    expected = page.locator(".hit").first.locator("mark").all_inner_texts()
    page.locator(".hit").first.click()
    page.wait_for_url("**/briefings/**")
    page.wait_for_function(f"({MARKED}).length")

    assert [" ".join(words.split()) for words in page.evaluate(MARKED)] == expected


def test_a_copied_link_has_no_words_of_a_search(browse: Browse, archive: dict[str, Any]) -> None:
    page = browse(a_page(archive, None)[0])
    page.context.grant_permissions(["clipboard-read"])
    page.locator(":target .para-tools__mark").press("Enter")
    page.get_by_role("button", name="Copy link", exact=True).press("Enter")

    assert "?" not in page.evaluate("navigator.clipboard.readText()")


def test_without_words_there_is_nothing(read: Read, archive: dict[str, Any]) -> None:
    page = read(a_page(archive, "qqqxyzzy")[0])
    page.wait_for_load_state("networkidle")

    assert page.evaluate(MARKED) == []
    expect(page.get_by_role("button", name="Remove marks")).to_have_count(0)


def test_without_javascript_one_lands_on_the_paragraph(browse: Browse, archive: dict[str, Any]) -> None:
    page = browse(a_page(archive, None)[0], javascript=False)

    expect(page.locator(":target .para__text")).to_be_in_viewport()
