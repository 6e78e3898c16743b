"""Briefings and paragraphs collected for one e-mail: kept, put in order, thinned out, copied; in both browsers, from disk as well."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Browse
from tests.browser.readers import Reader
from tests.browser.test_budget import SCRIPTS, weight
from tests.browser.test_pages import OVERFLOW, WIDER, violations
from tests.publish.mail_limits import objections

COLLECT = "Collect for an e-mail"
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"


def collect(page: Page, paragraph: int | None = None) -> None:
    tools = page.locator(".para-tools--page") if paragraph is None else page.locator(".para").nth(paragraph).locator(".para-tools")
    tools.locator("summary").focus()
    page.keyboard.press("Enter")
    tools.get_by_role("button", name=COLLECT).press("Enter")
    expect(tools.get_by_role("button", name="Collected")).to_be_focused()
    page.keyboard.press("Escape")


@pytest.fixture
def titles(archive: dict[str, Any]) -> list[str]:
    return [briefing["title"] for briefing in archive["briefings"]][:3]


@pytest.fixture
def collected(browse: Browse, archive: dict[str, Any], root_address: str) -> Page:
    """Three briefings collected, one page after the other, and the list open."""
    first, *others = [f"briefings/{briefing['slug']}.html" for briefing in archive["briefings"]][:3]
    page = browse(first)
    collect(page)
    for other in others:
        page.goto(root_address + other)
        collect(page)
    page.get_by_role("button", name="Collected: 3").press("Enter")
    return page


@pytest.fixture(scope="module")
def kept() -> dict[str, str]:
    """What the browser keeps of such a list, once a test has collected it."""
    return {}


@pytest.fixture
def filled(request: pytest.FixtureRequest, browse: Browse, archive: dict[str, Any], kept: dict[str, str]) -> Page:
    """The same list, collected by the first test that wants it."""
    if not kept:
        page: Page = request.getfixturevalue("collected")
        kept.update(page.evaluate("({ ...localStorage })"))
        return page
    page = browse(f"briefings/{archive['briefings'][2]['slug']}.html")
    page.evaluate("(kept) => Object.assign(localStorage, kept)", kept)
    page.reload()
    page.get_by_role("button", name="Collected: 3").press("Enter")
    return page


def listed(page: Page) -> list[str]:
    return page.locator(".tray__link").all_inner_texts()


def test_what_is_collected_is_there_on_every_page(collected: Page, titles: list[str], root_address: str) -> None:
    assert listed(collected) == titles
    collected.goto(f"{root_address}cities/index.html")
    collected.get_by_role("button", name="Collected: 3").click()
    assert listed(collected) == titles
    collected.get_by_role("link", name=titles[0]).click()
    expect(collected.locator("h1")).to_have_text(titles[0])


def test_the_order_follows_the_keys_and_the_focus_stays(filled: Page, titles: list[str], root_address: str) -> None:
    filled.get_by_role("button", name=f"Down: {titles[0]}").press("Enter")
    assert listed(filled) == [titles[1], titles[0], titles[2]]
    expect(filled.get_by_role("button", name=f"Down: {titles[0]}")).to_be_focused()
    expect(filled.locator(".tray").get_by_role("status")).to_have_text("Now 2 of 3.")
    filled.keyboard.press("Alt+ArrowDown")
    assert listed(filled) == [titles[1], titles[2], titles[0]]
    expect(filled.get_by_role("button", name=f"Up: {titles[0]}")).to_be_focused()
    filled.reload()
    filled.get_by_role("button", name="Collected: 3").click()
    assert listed(filled) == [titles[1], titles[2], titles[0]]


def test_the_order_follows_the_mouse(filled: Page, titles: list[str]) -> None:
    rows = filled.locator(".tray__item")
    rows.nth(0).drag_to(rows.nth(2), target_position={"x": 20, "y": (rows.nth(2).bounding_box() or {"height": 0})["height"] - 4})
    expect(filled.locator(".tray").get_by_role("status")).to_have_text("The order is kept.")
    assert listed(filled) == [titles[1], titles[2], titles[0]]


def test_the_focus_goes_on_when_something_is_removed(filled: Page, titles: list[str]) -> None:
    filled.get_by_role("button", name=f"Remove: {titles[1]}").press("Enter")
    expect(filled.get_by_role("button", name=f"Remove: {titles[2]}")).to_be_focused()
    filled.keyboard.press("Enter")
    expect(filled.get_by_role("button", name=f"Remove: {titles[0]}")).to_be_focused()
    filled.keyboard.press("Enter")
    expect(filled.get_by_role("button", name="Close the list")).to_be_focused()
    filled.keyboard.press("Enter")
    expect(filled.locator(".tray")).to_be_hidden()


def test_escape_closes_the_list_and_gives_the_focus_back(filled: Page) -> None:
    filled.get_by_role("button", name="Copy as text").focus()
    filled.keyboard.press("Escape")
    expect(filled.get_by_role("button", name="Collected: 3")).to_be_focused()
    expect(filled.locator(".tray__panel")).to_be_hidden()


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        pytest.param("Copy as text", "\n\n{at}. {title}\n   ", id="text"),
        pytest.param("Copy as Markdown", "\n- [{title}](<", id="markdown"),
        pytest.param("Copy for an e-mail", "\n\n{at}. {title}\n   ", id="e-mail"),
    ],
)
def test_the_list_is_copied_in_its_order(filled: Page, titles: list[str], name: str, pattern: str) -> None:
    filled.context.grant_permissions(["clipboard-read", "clipboard-write"])
    filled.get_by_role("button", name=name).press("Enter")
    expect(filled.get_by_role("button", name="Copied")).to_be_focused()
    plain = re.sub(r"\\(.)", r"\1", filled.evaluate("navigator.clipboard.readText()"))
    places = [plain.index(pattern.format(at=at, title=title)) for at, title in enumerate(titles, 1)]
    html = filled.evaluate("navigator.clipboard.read().then(([item]) => item.types.includes('text/html'))")

    assert places == sorted(places)
    assert plain.startswith(filled.locator(".site-header__name").inner_text())
    assert html is (name == "Copy for an e-mail")


def test_mail_programs_keep_the_whole_list(filled: Page) -> None:
    assert objections(filled.evaluate("window.copying.html(window.collected.items(), 'A title')")) == []


def test_collecting_twice_keeps_one(browse: Browse, archive: dict[str, Any]) -> None:
    page = browse(f"briefings/{archive['briefings'][0]['slug']}.html")
    for paragraph in (None, 1, None, 1):
        collect(page, paragraph)
    page.get_by_role("button", name="Collected: 2").click()
    assert page.locator(".tray__quote").count() == 1


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_open_list_is_accessible_and_fits(browse: Browse, archive: dict[str, Any], width: int, dark: bool) -> None:
    page = browse(f"briefings/{archive['briefings'][0]['slug']}.html", width=width, height=640, dark=dark)
    for paragraph in (None, 0, 1, 2):
        collect(page, paragraph)
    page.get_by_role("button", name="Collected: 4").click()

    assert page.evaluate(OVERFLOW) == 0, page.evaluate(WIDER)
    assert violations(page) == []
    box = page.get_by_role("button", name="Copy for an e-mail").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 640


def test_where_nothing_is_kept_it_lasts_for_the_page_and_says_so(browse: Browse, archive: dict[str, Any]) -> None:
    page = browse("index.html")
    page.add_init_script(NO_STORAGE)
    page.goto(page.url.replace("index.html", f"briefings/{archive['briefings'][0]['slug']}.html"))
    collect(page)

    expect(page.locator(".tray").get_by_role("status")).to_contain_text("This browser keeps nothing here")
    page.get_by_role("button", name="Collected: 1").click()
    assert len(listed(page)) == 1


@pytest.mark.parametrize(
    ("stored", "count"),
    [
        pytest.param("{", 0, id="no JSON"),
        pytest.param('{"a": 1}', 0, id="no list"),
        pytest.param('[1, null, {"title": 2}]', 0, id="no items"),
        pytest.param(
            json.dumps([{"title": "<img src=x onerror=alert(1)>", "facts": "", "text": "", "href": "javascript:alert(1)"}]), 1, id="hostile"
        ),
    ],
)
def test_what_others_wrote_there_does_no_harm(browse: Browse, stored: str, count: int) -> None:
    page = browse("index.html")
    page.evaluate(f"localStorage.setItem(window.collected.key, {json.dumps(stored)})")
    page.reload()
    if not count:
        assert page.locator(".tray").count() == 0
        return
    page.get_by_role("button", name=f"Collected: {count}").click()

    assert page.locator(".tray img").count() == 0
    assert page.locator(".tray a").count() == 0


def test_a_list_that_is_full_takes_no_more_and_says_so(browse: Browse, archive: dict[str, Any]) -> None:
    page = browse(f"briefings/{archive['briefings'][0]['slug']}.html")
    items = [{"title": f"T{at}", "facts": "", "text": "", "href": f"b/{at}/"} for at in range(50)]
    page.evaluate(f"window.collected.keep({json.dumps(items)})")
    tools = page.locator(".para-tools--page")
    tools.locator("summary").click()
    tools.get_by_role("button", name=COLLECT).click()

    expect(tools.get_by_role("status")).to_have_text("That was refused")


def test_without_javascript_there_is_no_tray(browse: Browse, archive: dict[str, Any]) -> None:
    page = browse(f"briefings/{archive['briefings'][0]['slug']}.html", javascript=False)
    assert page.locator(".tray").count() == 0


def test_a_page_with_nothing_collected_loads_nothing_for_it(browse: Browse) -> None:
    page = browse("index.html")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("performance.getEntriesByType('resource').filter(({ name }) => name.includes('tray')).length") == 0


def test_with_the_tray_the_scripts_stay_small(site_folder: Path, archive: dict[str, Any]) -> None:
    page = site_folder / f"briefings/{archive['briefings'][0]['slug']}.html"
    assert weight(page) + weight(page, "static/js/tray.js") < SCRIPTS


def test_from_disk_the_list_goes_from_page_to_page(reader: Reader, site_folder: Path, archive: dict[str, Any]) -> None:
    pages = [(site_folder / "briefings" / f"{briefing['slug']}.html").as_uri() for briefing in archive["briefings"]][:3]
    button = "document.querySelector('.para-tools--page [data-do=collect]')"
    for count, address in enumerate(pages, 1):
        reader.goto(address)
        reader.evaluate("(document.querySelector('.para-tools--page').open = true, 1)")
        reader.wait_for(f"Boolean({button})")
        reader.click(button)
        reader.wait_for(f"document.querySelector('.tray__toggle')?.textContent === 'Collected: {count}'")
    reader.goto((site_folder / "index.html").as_uri())
    reader.wait_for("document.querySelector('.tray__toggle')?.textContent === 'Collected: 3'")

    assert reader.evaluate("window.collected.items().map(({ title }) => title)") == [one["title"] for one in archive["briefings"]][:3]
    reader.evaluate("(window.collected.keep([]), 1)")
