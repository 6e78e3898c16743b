"""Every kind of page: readable without JavaScript, on a phone, in the dark, without a complaint in the console."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import WINDOW, Browse, Read
from tests.browser.kinds import KINDS, example
from tests.browser.test_search import mentioned, settle
from tests.browser.watch import Watch

EVERY_KIND = pytest.mark.parametrize("kind", KINDS)
PHONES = (320, 360)
HIDDEN_TEXT = """() => [...document.querySelectorAll("main h1, main h2, main [id^=p-]")]
  .filter((element) => !element.closest("[hidden], details:not([open])") && !element.getClientRects().length)
  .map((element) => element.outerHTML.slice(0, 200))"""
WIDER = """() => [...document.querySelectorAll("body *")]
  .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((element) => element.outerHTML.slice(0, 120))"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def both(chromium: Browser) -> Iterator[tuple[Page, Page, Watch]]:
    """A page without JavaScript and one with it, that go from kind to kind, and what they complain of."""
    watching = Watch()
    contexts = [chromium.new_context(viewport=WINDOW, java_script_enabled=is_on) for is_on in (False, True)]
    for context in contexts:
        watching.on(context)
    without, with_it = (context.new_page() for context in contexts)
    yield without, with_it, watching
    for context in contexts:
        context.close()


@EVERY_KIND
def test_a_page_is_readable_without_javascript(both: tuple[Page, Page, Watch], root_address: str, site_folder: Path, kind: str) -> None:
    page, page_with, watching = both
    for one in (page, page_with):
        one.goto(root_address + example(site_folder, kind))

    assert watching.problems == []
    assert page.evaluate(HIDDEN_TEXT) == []
    if kind not in ("search", "review"):  # who reads without it has no use for results, or for answers
        assert len(page.locator("main").inner_text()) >= 0.95 * len(page_with.locator("main").inner_text())


def test_a_briefing_shows_every_paragraph_without_javascript(browse: Browse, archive: dict[str, Any]) -> None:
    briefing = max(archive["briefings"], key=lambda briefing: len(briefing["paragraphs"]))
    page = browse(f"briefings/{briefing['slug']}.html", javascript=False)

    for paragraph in briefing["paragraphs"]:
        assert page.locator(f"#p-{paragraph['key']}").is_visible(), paragraph["text"]


PRESSED = ":is(header, main) :is(a[href], button, select, summary, label:has(input), input:not([type=checkbox]))"
SMALL = """() => [...document.querySelectorAll("PRESSED")].filter((element) => element.checkVisibility())
  .map((element) => [element.getBoundingClientRect(), element])
  .filter(([{ width, height }, element]) => (width < 24 || height < 24) && element.getAttribute("tabindex") !== "-1")
  .map(([{ width, height }, element]) => `${width} x ${height}: ${element.outerHTML.slice(0, 120)}`)""".replace("PRESSED", PRESSED)
MOVING = """() => [...document.querySelectorAll("html, body *")].filter((element) => {
  const { transitionDuration, scrollBehavior } = getComputedStyle(element);
  return scrollBehavior === "smooth" || transitionDuration.split(",").some((time) => parseFloat(time) > 0.01);
}).map((element) => element.outerHTML.slice(0, 120)).concat(document.getAnimations().map((one) => one.animationName))"""


def test_search_results_fit_a_phone_and_a_finger_and_stand_still(browse: Browse) -> None:
    page = browse("search.html?q=japan&city=Chongqing&city=Somewhere-with-a-very-long-name-in-one-word", width=PHONES[0], height=640)
    page.emulate_media(reduced_motion="reduce")
    for query, words in (("", "japan"), ("?q=hitachi", "hitachi"), ("?q=hitachii", "hitachii"), ("?q=c", "c")):
        if query:
            page.goto(page.url.partition("?")[0] + query)
        settle(page, words)
        if not query:
            page.get_by_text("Narrow down").click()
        for width in PHONES:
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate(OVERFLOW) == 0, (words, width, page.evaluate(WIDER))
            assert page.evaluate(SMALL) == [], (words, width)
        assert page.evaluate(MOVING) == [], words


@EVERY_KIND
def test_axe_finds_nothing_on_a_page_and_it_fits_a_phone(read: Read, repository_address: str, site_folder: Path, kind: str) -> None:
    """Under /repository/; what opens it at a domain's root is every other test. Whatever it complains of fails this."""
    page = read(example(site_folder, kind), at=repository_address)
    assert page.locator("h1").count() == 1
    if kind == "search":
        settle(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    for width in PHONES:
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(OVERFLOW) == 0, (width, page.evaluate(WIDER))


@pytest.mark.parametrize("query", ["q=japan&year=2023", "q=qqqxyzzy"], ids=["found", "nothing"])
def test_axe_finds_nothing_on_results(read: Read, query: str) -> None:
    page = read(f"search.html?{query}")
    page.set_viewport_size({"width": 360, "height": 900})
    settle(page)
    page.get_by_text("Narrow down").click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme


def test_a_mention_leads_to_its_authority(read: Read, address: str, archive: dict[str, Any]) -> None:
    name, found = max(mentioned(archive, "city").items(), key=lambda item: len(item[1]))
    briefing = next(briefing for briefing in archive["briefings"] if briefing["title"] in found)
    page = read(f"briefings/{briefing['slug']}.html", at=address)
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_url(f"{address}cities/*.html*")

    assert name in page.locator("h1").inner_text()


def test_the_skip_link_leads_to_the_text(read: Read) -> None:
    page = read("index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.url.endswith("#main")


def test_an_unknown_address_gets_the_page_that_helps(browse: Browse, site_folder: Path) -> None:
    page = browse("404.html")

    assert page.locator("main a").count() > 0


def violations(page: Page) -> list[str]:
    """What axe-core objects to, one line each: the rule, its help, the elements."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['help']}: {json.dumps([node['html'][:200] for node in one['nodes'][:3]])}" for one in found]


def test_a_span_of_a_timeline_narrows_the_list_and_stands_in_the_address(browse: Browse) -> None:
    page = browse("index.html")
    entries = page.locator(".briefing-entry:visible")
    expect(entries).to_have_count(5)
    page.get_by_role("slider", name="From").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.get_by_role("slider", name="To").focus()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"index\.html\?from=2019-01&to=2022-12$"))
    expect(entries).to_have_count(3)
    expect(page.get_by_role("status")).to_have_text("January 2019 to December 2022: 2 briefings, and 1 with an event of that time. ")
    page.reload()
    expect(entries).to_have_count(3)
    page.get_by_role("button", name="The whole time").click()
    expect(entries).to_have_count(5)
    expect(page).to_have_url(re.compile(r"index\.html$"))


def test_a_span_drawn_with_the_mouse_is_shown_by_months(browse: Browse, site_folder: Path) -> None:
    page = browse("cities/chongqing.html", at=f"{site_folder.as_uri()}/")
    picture = page.locator("time-line svg")
    box = picture.bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 30, steps=3)
    page.mouse.move(box["x"] + 0.97 * box["width"], box["y"] + 30, steps=3)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"\?from=2021-01&to=2023-12$"))
    expect(page.locator(".citation:visible")).to_have_count(2)
    stem = picture.get_by_role("link", name="January 2023: 1 briefing")
    expect(stem).to_have_attribute("href", "#m2023-01")
    assert page.evaluate("document.getElementById('m2023-01').checkVisibility()")


HITS = """() => [...document.querySelectorAll(".hit")].map((hit) => {
  const names = [...hit.querySelectorAll("b")].map((name) => name.textContent);
  return [hit.href.replace(/^.*briefings/, ""), hit.innerText.trim(), ...names].join(" | ");
}).sort()"""


@pytest.mark.parametrize(
    "pair", ["cities/chengdu/cities/chongqing", "cities/chongqing/officials/takada-mari", "cities/suzhou/cities/tokyo"]
)
def test_the_dossier_of_any_two_names_has_the_sentences_of_their_page(browse: Browse, site_folder: Path, pair: str) -> None:
    """From disk, where a script is all that can be loaded."""
    one, other = re.findall(r"\w+/[\w-]+", pair)
    evidence = browse(f"together/{pair}.html")
    page = browse(f"dossier.html?a={other}&b={one}", at=f"{site_folder.as_uri()}/")
    expect(page.get_by_role("heading", name="Contacts in order")).to_be_visible()

    assert page.evaluate(HITS) == evidence.evaluate(HITS) != []
    numbers = page.locator(".contact__number").all_inner_texts()
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert page.locator("#standfirst").inner_text().startswith(f"{len(numbers)} contact")
    for reference in page.locator(".reference").all():
        href, number = reference.get_attribute("href") or "", reference.inner_text()
        assert href.partition("#")[0] == page.locator(f"#contact-{number} h3 a").get_attribute("href")
        assert "#p-" in href


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?a=cities/tokyo&b=officials/takada-mari", "No sentence of the archive names both"),
        ("?a=cities/tokyo&b=cities/tokyo", "This address names no two records"),
        ("?a=javascript:alert(1)&b=../../x", "This address names no two records"),
        ("", "This address names no two records"),
    ],
)
def test_a_dossier_that_cannot_be_says_so(read: Read, query: str, words: str) -> None:
    page = read(f"dossier.html{query}")
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("with JavaScript, which is off")).to_be_hidden()


def test_the_search_offers_the_dossier_of_two_names(read: Read) -> None:
    page = read("search.html?city=Chongqing&official=Takada+Mari")
    page.get_by_role("link", name="Make a dossier of Chongqing and Takada Mari").click()
    expect(page).to_have_url(re.compile(r"dossier\.html\?a=cities%2Fchongqing&b=officials%2Ftakada-mari$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Chongqing and Takada Mari")
