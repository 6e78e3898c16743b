"""Names and titles offered while one types, in the search field of every page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Browse, Read
from tests.browser.readers import Reader
from tests.browser.watch import Watch

PAGES = {"home": "index.html", "index": "cities/index.html", "not found": "404.html"}


def offered(page: Page, typed: str) -> Locator:
    """Go to the field by its key, type, and wait for the list of what was typed."""
    page.keyboard.press("/")
    page.keyboard.type(typed)
    options = page.get_by_role("option")
    expect(page.get_by_role("listbox")).to_have_attribute("data-typed", typed)
    expect(options.first).to_be_visible()
    return options


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_few_letters_offer_the_page_of_a_name(read: Read, path: str) -> None:
    page = read(path)
    options = offered(page, "tomi")
    expect(options.first).to_contain_text("Tomita Masakiro")
    expect(options.first).to_contain_text("Official")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/officials/tomita-masakiro.html")


NAMES = {"Mari Takada": "Takada Mari", "takada ma": "Takada Mari", "高田": "Takada Mari", "重慶": "Chongqing", "kadar": "Gergely Kádár"}


@pytest.mark.parametrize(("typed", "name"), NAMES.items(), ids=NAMES)
def test_names_are_offered_in_any_order_script_and_without_accents(read: Read, typed: str, name: str) -> None:
    page = read("index.html")

    expect(offered(page, typed).first).to_contain_text(re.compile(name.replace("á", "[aá]")))


def test_titles_of_briefings_are_offered_below_the_names(read: Read, archive: dict[str, Any]) -> None:
    page = read("index.html")
    title = next(briefing["title"] for briefing in archive["briefings"] if briefing["title"].startswith("WND"))
    option = offered(page, "wnd stren")
    expect(page.get_by_role("group", name="Briefings").get_by_role("option")).to_contain_text(title)
    option.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_list_is_a_combobox_for_the_keyboard(read: Read) -> None:
    page = read("index.html")
    options = offered(page, "hitachi")
    field = page.get_by_role("combobox")
    last = options.count() - 1
    assert last > 0
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")
    expect(options.nth(last)).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.nth(last).get_attribute("id")
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_be_focused()
    expect(field).to_have_value("hitachi")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("Enter")  # nothing is chosen: the words are searched

    page.wait_for_url("**/search.html?q=hitachi")


def test_a_screen_reader_hears_how_many_there_are(read: Read) -> None:
    page = read("index.html")
    offered(page, "tomita")

    expect(page.get_by_role("search").get_by_role("status")).to_have_text("1 name suggested; arrow keys choose, Enter opens")


def test_the_list_goes_with_the_focus_and_with_the_words(read: Read) -> None:
    page = read("index.html")
    offered(page, "tomita")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.locator("search-box input").first.fill("qqqq")

    expect(page.get_by_role("listbox")).to_be_hidden()


def test_nothing_is_loaded_before_the_field_is_used(read: Read) -> None:
    page = read("index.html")
    asked: list[str] = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")

    assert not [address for address in asked if "/data/names" in address or "/data/titles" in address or "suggest" in address]


def test_where_results_follow_the_keys_nothing_covers_them(read: Read) -> None:
    page = read("search.html")
    page.keyboard.press("/")
    page.keyboard.type("tomita")
    expect(page.get_by_role("list", name="Pages of names")).to_be_visible()

    assert page.get_by_role("listbox").count() == 0


def test_without_its_data_the_field_still_searches(browse: Browse, watch: Watch) -> None:
    page = browse("index.html")
    page.route("**/data/names.js", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.keyboard.press("/")
        page.keyboard.type("tomita")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=tomita")
    page.wait_for_load_state("networkidle")

    watch.expect("data/names.js")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_list_stays_inside_the_window(browse: Browse, width: int) -> None:
    page = browse("index.html", width=width)
    offered(page, "c")
    box = page.get_by_role("listbox").bounding_box()

    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_from_disk_names_are_offered_too(reader: Reader, site_folder: Path) -> None:
    reader.goto((site_folder / "cities/index.html").as_uri())
    field = "document.querySelector('search-box input')"
    reader.evaluate(f"{field}.focus()")
    reader.evaluate(f"({field}.value = 'tomita', {field}.dispatchEvent(new Event('input')))")

    assert "Tomita Masakiro" in reader.wait_for("document.querySelector('[role=option]')?.textContent")
    assert not reader.problems
