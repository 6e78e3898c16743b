"""What a briefing does for its reader: cards on mentions, tools of a paragraph, addresses that fit into e-mail, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Browse
from tests.browser.kinds import example

CARD = ".mention-card"


@pytest.fixture
def briefing(browse: Browse, site_folder: Path) -> Page:
    return browse(example(site_folder, "briefing"))


def test_a_mention_under_the_pointer_shows_its_card_and_escape_closes_it(briefing: Page) -> None:
    mention = briefing.locator(".mention--official .mention__link").first
    mention.hover()
    expect(briefing.locator(CARD)).to_be_visible()
    briefing.locator(CARD).hover()
    expect(briefing.locator(CARD)).to_contain_text("as printed this day")
    briefing.keyboard.press("Escape")
    expect(briefing.locator(CARD)).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_mention_reached_by_keyboard_shows_its_card_and_is_not_covered_by_it(browse: Browse, site_folder: Path, width: int) -> None:
    page = browse(example(site_folder, "briefing"), width=width, height=600)
    link = page.locator(".mention__link").nth(3)
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.locator(CARD)).to_be_visible()
    card, word = page.locator(CARD).bounding_box(), link.bounding_box()
    assert card
    assert word
    assert card["y"] + card["height"] <= word["y"] + 1 or card["y"] >= word["y"] + word["height"] - 1


def test_a_mention_is_described_to_those_who_listen(briefing: Page) -> None:
    mention = briefing.locator(".mention--official .mention__link").first
    expect(mention).to_have_accessible_description(
        briefing.locator(f"#{mention.get_attribute('aria-describedby')}").inner_text().replace("\n", " ")
    )


def test_a_page_without_javascript_has_no_button_that_does_nothing(browse: Browse, site_folder: Path) -> None:
    page = browse(example(site_folder, "briefing"), javascript=False)
    assert page.locator("main button").count() == 0


@pytest.mark.parametrize(
    ("query", "fragment"), [("?p={key}", "#p-{key}"), ("#p-{key}", "#p-{key}"), ("", "")], ids=["query", "fragment", "plain"]
)
def test_a_short_address_leads_to_its_place(browse: Browse, archive: dict[str, Any], query: str, fragment: str) -> None:
    briefing = archive["briefings"][0]
    key = briefing["paragraphs"][-1]["key"]
    page = browse(f"b/{briefing['id']}/index.html{query.format(key=key)}")
    page.wait_for_url(f"**/briefings/{briefing['slug']}.html{fragment.format(key=key)}")
    if fragment:
        expect(page.locator(f"[id='p-{key}']")).to_be_in_viewport()


def test_a_short_address_leads_on_without_javascript(browse: Browse, archive: dict[str, Any]) -> None:
    briefing = archive["briefings"][0]
    browse(f"b/{briefing['id']}/index.html", javascript=False).wait_for_url(f"**/briefings/{briefing['slug']}.html")


def test_light_or_dark_is_chosen_once_for_all_pages(browse: Browse) -> None:
    page = browse("index.html")
    page.get_by_label("Dark").check()
    page.goto(page.url.replace("index.html", "methodology.html"))
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.get_by_label("System").check()
    assert page.evaluate("localStorage.getItem('theme')") is None


def test_provenance_opens_by_keyboard(briefing: Page) -> None:
    briefing.locator("#provenance summary").focus()
    briefing.keyboard.press("Enter")
    expect(briefing.locator(".collation")).to_be_visible()
