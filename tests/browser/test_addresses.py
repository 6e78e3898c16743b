"""At the end of an archive's life a reader types in every address it ever printed: each leads to its place, or says what became of it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Error as BrowserError

from tests.browser.conftest import PATIENCE, Browse
from tests.browser.firefox import Firefox, FirefoxError
from tests.browser.readers import ChromiumReader, Reader
from tests.browser.serving import serving
from tests.browser.watch import Watch
from tests.life import REASON, STEPS, Life, Printed
from tests.test_addresses import lived

ARRIVED = """(() => {
  if (document.readyState !== "complete" || document.querySelector("meta[http-equiv=refresh], script[data-target]")) return null;
  const notice = document.querySelector(".landing-notice");
  const target = document.querySelector(":target");
  const text = target && target.matches(".para") ? target.querySelector(".para__text") : null;
  const box = target && target.getBoundingClientRect();
  return {
    path: location.pathname.slice(1),
    heading: document.querySelector("h1").textContent,
    standfirst: (document.querySelector(".page-title__standfirst") || document.body).textContent,
    paragraph: text && text.textContent,
    marked: Boolean(text) && getComputedStyle(text).boxShadow !== "none",
    inView: Boolean(box) && box.top < innerHeight && box.bottom > 0,
    notice: notice && notice.textContent,
    isRead: Boolean(notice) && document.activeElement === notice && notice.getAttribute("role") === "status",
  };
})()"""
MOVED = "talks-about-ferries"
"""The briefing that was renamed."""


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    life = Life(tmp_path_factory.mktemp("life"))
    for step in STEPS:
        lived(life, step)
    return life


@pytest.fixture(scope="module")
def served(life: Life) -> Iterator[str]:
    with serving(life.root / "site") as address:
        yield address


def arrive(reader: Reader, address: str, *, place: bool) -> dict[str, Any]:
    """Go there and wait until nothing leads on: to a place, or to the page alone."""
    reader.goto(address)
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        try:
            found = reader.evaluate(ARRIVED)
        except (BrowserError, FirefoxError):  # the page was left while it was asked
            found = None
        if found and (not place or found["paragraph"] or found["notice"]):
            return dict(found)
        time.sleep(0.02)
    raise AssertionError(f"{address} leads nowhere: {found}")


def problem(life: Life, one: Printed, found: dict[str, Any]) -> str | None:
    """What is wrong with where an address led; None if it is right."""
    if one.briefing is None:
        right = found["heading"] == life.became.get(one.name, one.name)
    elif one.briefing in life.withdrawn:
        right = found["standfirst"] == life.withdrawn[one.briefing] and not found["notice"]
    elif found["path"] != life.page_of(one.briefing):
        right = False
    elif one.labels and one.labels <= life.gone:
        right = found["paragraph"] is None and found["isRead"] and "is not here" in found["notice"]
    elif one.labels:
        right = found["marked"] and found["inView"] and any(label in found["paragraph"] for label in one.labels - life.gone)
    else:
        right = True
    return None if right else f"{one.address} ({', '.join(sorted(one.labels))}): {json.dumps(found, ensure_ascii=False)}"


def visit(life: Life, reader: Reader, served: str, addresses: list[Printed]) -> list[str]:
    """The problems of all of them."""
    problems = []
    for one in addresses:
        names_a_place = bool(one.labels) and one.briefing not in life.withdrawn
        problems.append(problem(life, one, arrive(reader, served + one.address, place=names_a_place)))
    return [said for said in problems if said]


FORMS = (".html#p-", ".html?p=", "/?p=", "/#p-")
"""Of the address of a paragraph, before its key."""


def chosen(life: Life) -> Iterator[Printed]:
    """Every page that ever was, and every key that a paragraph ever had: in two of the four forms, the others with the next key."""
    turn_by_key: dict[str, int] = {}
    for one in life.printed.values():
        form = next((form for form, mark in enumerate(FORMS) if mark in one.address), None)
        key = one.address.partition(FORMS[form])[2] if form is not None else ""
        if form is None or (turn_by_key.setdefault(key, len(turn_by_key)) + form) % 2 == 0:
            yield one


def test_every_key_ever_printed_leads_to_its_place_in_chromium(life: Life, served: str, chromium: Browser) -> None:
    """That each in every form does by what the files say is tests/test_addresses.py."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    reader = ChromiumReader(context)
    addresses = list(chosen(life))
    problems = visit(life, reader, served, addresses)
    context.close()

    assert problems == []
    assert reader.problems == []
    assert len(addresses) > 80
    assert all(any(mark in one.address for one in addresses) for mark in FORMS)


def test_a_sample_of_them_does_in_firefox(life: Life, served: str, fox: Firefox) -> None:
    assert visit(life, fox, served, list(life.printed.values())[::11]) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_a_paragraph_that_is_gone_is_said_to_be_and_the_word_goes_with_the_next_place(
    life: Life, served: str, browse: Browse, width: int
) -> None:
    page = browse(f"briefings/{MOVED}.html#p-no-such-key-123", at=served, width=width)
    notice = page.get_by_role("status").filter(has_text="is not here")
    expect(notice).to_be_in_viewport()
    expect(notice).to_be_focused()
    page.evaluate("location.hash = document.querySelector('.para').id")
    expect(notice).to_have_count(0)
    page.evaluate("location.hash = 'named-never'")
    expect(page.get_by_role("status").filter(has_text="no longer on this page")).to_be_in_viewport()


def test_from_disk_the_page_says_so_as_well(life: Life, reader: Reader) -> None:
    address = (life.root / "site/briefings" / f"{MOVED}.html").as_uri()
    assert "is not here" in arrive(reader, f"{address}#p-no-such-key-123", place=True)["notice"]
    assert "is not here" in arrive(reader, f"{address}?p=no-such-key-123", place=True)["notice"]
    key = next(one.address.partition("?p=")[2] for one in life.printed.values() if "consul" in one.labels and "?p=" in one.address)
    assert "consul" in arrive(reader, f"{address}?p={key}", place=True)["paragraph"]


def test_without_javascript_a_paragraph_is_found_by_every_key_it_had(life: Life, served: str, browse: Browse) -> None:
    keys = [one.address.partition("#")[2] for one in life.printed.values() if "consul" in one.labels and "html#" in one.address]
    assert len(set(keys)) > 1
    for key in set(keys):
        page = browse(f"briefings/{MOVED}.html#{key}", at=served, javascript=False)
        paragraph = page.locator(".para", has_text="consul general")
        expect(paragraph).to_be_in_viewport()
        assert paragraph.locator(".para__text").evaluate("one => getComputedStyle(one).boxShadow") != "none"


def test_without_javascript_an_old_address_leads_on_and_a_withdrawn_one_says_why(life: Life, served: str, browse: Browse) -> None:
    browse("briefings/2019-05-02-talks.html", at=served, javascript=False).wait_for_url(f"**/{MOVED}.html")
    page = browse("b/aaaa002/", at=served, javascript=False)
    expect(page.get_by_text(REASON)).to_be_visible()


def test_a_search_that_leads_to_a_paragraph_with_an_earlier_key_names_its_present_one(life: Life, served: str, browse: Browse) -> None:
    """Pagefind takes every id for a place; an alias must not stand for the paragraph."""
    page = browse("search.html?q=consul+general", at=served)
    hit = page.locator(".hit", has_text="consul general").first
    expect(hit).to_be_visible()
    anchor = str(hit.get_attribute("href")).partition("#")[2]
    html = (life.root / "site/briefings" / f"{MOVED}.html").read_text("utf-8")
    assert f'<div class="para" id="{anchor}">' in html


def test_nothing_of_this_is_said_where_no_place_is_asked_for(life: Life, served: str, chromium: Browser) -> None:
    watch = Watch()
    context = chromium.new_context()
    watch.on(context)
    page = context.new_page()
    for path in sorted((life.root / "site").rglob("[a-z]*.html"))[::3]:
        page.goto(served + path.relative_to(life.root / "site").as_posix())
        expect(page.locator(".landing-notice")).to_have_count(0)
    context.close()
    assert watch.problems == []
