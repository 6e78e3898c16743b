"""What came in since the reader last looked: dots, a count, all seen; nothing at a first visit, nothing that moves, nothing that leaves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bindery.publish.views import arrivals
from tests.browser.conftest import Browse
from tests.browser.test_pages import OVERFLOW, WIDER, violations

LAST_LOOK = "2019-11-12T12:00:00.000Z"
SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(({ value }) => value)))
  .observe({ type: "layout-shift", buffered: true });"""
LOOKED = "() => Object.keys(localStorage).some((key) => key.startsWith('seen '))"
STORED = "() => Object.entries(localStorage).find(([key]) => key.startsWith('seen '))"


@pytest.fixture
def ids(archive: dict[str, Any]) -> list[str]:
    return [briefing["id"] for briefing in archive["briefings"]]


def forget(page: Page, known: list[str]) -> None:
    """As if the reader had last looked when the archive had these alone."""
    page.wait_for_function(LOOKED)
    key = page.evaluate(STORED)[0]
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps({"since": LAST_LOOK, "ids": " ".join(known)})])


def dotted(page: Page) -> list[str]:
    return page.locator("[data-briefing]:has(.entry-title--new)").evaluate_all("(all) => all.map(({ dataset }) => dataset.briefing)")


def test_at_a_first_visit_nothing_is_new(browse: Browse, ids: list[str]) -> None:
    page = browse("index.html")
    page.wait_for_function(LOOKED)
    page.reload()
    page.wait_for_load_state("networkidle")

    assert dotted(page) == []
    expect(page.locator("new-briefings")).to_be_hidden()
    assert json.loads(page.evaluate(STORED)[1])["ids"].split() == ids


def test_what_came_in_since_has_a_dot_and_is_counted_and_nothing_moves(browse: Browse, ids: list[str]) -> None:
    page = browse("index.html")
    forget(page, ids[2:])
    page.add_init_script(SHIFTS)
    page.reload()
    expect(page.get_by_text("2 new since 12 November 2019", exact=True)).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert dotted(page) == ids[:2]
    assert page.evaluate("window.shifts") == []
    assert page.locator(".entry-title--new a").first.evaluate("(link) => link.textContent").startswith("New: ")
    page.locator(".news__toggle").press("Enter")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(OVERFLOW) == 0, (width, page.evaluate(WIDER))


def test_a_briefing_that_was_opened_is_new_no_more(browse: Browse, archive: dict[str, Any], ids: list[str], root_address: str) -> None:
    page = browse("briefings/index.html")
    forget(page, ids[2:])
    page.goto(f"{root_address}briefings/{archive['briefings'][0]['slug']}.html")
    page.wait_for_function(
        "(id) => localStorage.getItem(Object.keys(localStorage).find((key) => key.startsWith('seen '))).includes(id)", arg=ids[0]
    )
    page.goto(f"{root_address}briefings/index.html")

    expect(page.get_by_text("1 new since 12 November 2019", exact=True)).to_be_visible()
    assert dotted(page) == [ids[1]]


def test_all_are_seen_once_the_reader_says_so(browse: Browse, archive: dict[str, Any], ids: list[str], root_address: str) -> None:
    city = next(mention["slug"] for mention in archive["briefings"][0]["mentions"] if mention["kind"] == "city")
    page = browse("index.html")
    forget(page, ids[1:])
    page.goto(f"{root_address}cities/{city}.html")
    page.locator(".news__toggle").click()
    page.get_by_role("button", name="Mark all as seen").click()
    expect(page.get_by_text("All marked as seen")).to_be_focused()
    assert dotted(page) == []

    page.goto(f"{root_address}index.html")
    page.wait_for_load_state("networkidle")
    assert dotted(page) == []
    assert LAST_LOOK not in page.evaluate(STORED)[1]


def test_from_disk_it_is_the_same(chromium: Browser, site_folder: Path, ids: list[str]) -> None:
    page = chromium.new_page()
    page.goto((site_folder.resolve() / "index.html").as_uri())
    forget(page, ids[1:])
    page.reload()
    expect(page.get_by_text("1 new since 12 November 2019", exact=True)).to_be_visible()
    assert dotted(page) == ids[:1]
    page.context.close()


def test_a_browser_that_keeps_nothing_shows_nothing(chromium: Browser, root_address: str) -> None:
    context = chromium.new_context()
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })")
    page = context.new_page()
    page.goto(f"{root_address}index.html")
    page.wait_for_function("() => window.archiveBriefings")
    page.wait_for_load_state("networkidle")

    assert dotted(page) == []
    expect(page.locator("new-briefings")).to_be_hidden()
    context.close()


def test_the_list_of_a_large_archive_is_short() -> None:
    class Large:
        leads = dict.fromkeys(f"{number:07x}" for number in range(4_000))

    value = json.loads(str(arrivals.view(Large())["value"]))  # type: ignore[arg-type]  # as much of a catalogue as the view reads
    assert len(value["ids"].split()) == arrivals.LISTED > value["new"]
