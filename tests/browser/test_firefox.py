"""What could differ in Firefox: the same search, the same address, the same silence."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest

from tests.browser.firefox import Firefox
from tests.browser.kinds import KINDS, example
from tests.browser.test_search import a_paragraph

STATUS = "document.querySelector('[role=status]').textContent"
MESSAGE = "document.querySelector('[data-when=disk]').checkVisibility()"
SETTLED = "document.querySelector('[data-part=found]').ariaBusy === 'false'"


def test_a_search_finds_the_paragraph(fox: Firefox, address: str, archive: dict[str, Any]) -> None:
    _, paragraph, words = a_paragraph(archive)
    fox.goto(f"{address}search.html?q={quote_plus(words)}")
    fox.wait_for(SETTLED)

    assert fox.evaluate(f"Boolean(document.querySelector('.hit[href$=\"#p-{paragraph['key']}\"] mark'))")
    assert fox.problems == []


def test_results_follow_the_keys(fox: Firefox, root_address: str, archive: dict[str, Any]) -> None:
    _, _, words = a_paragraph(archive)
    fox.goto(f"{root_address}search.html")
    fox.wait_for(SETTLED)
    fox.type("/")
    fox.type(words)
    fox.wait_for(f"new URLSearchParams(location.search).get('q') === {json.dumps(words)} && {SETTLED}")

    assert "paragraph" in fox.evaluate(STATUS)
    assert fox.problems == []


def test_a_facet_narrows(fox: Firefox, root_address: str) -> None:
    fox.goto(f"{root_address}search.html")
    fox.wait_for(SETTLED)
    box = "document.querySelector('[data-facet=year] input')"
    number = fox.evaluate(f"{box}.closest('label').querySelector('.facet__count').textContent")
    fox.evaluate(f"{box}.click()")
    fox.wait_for(f"location.search.startsWith('?year=') && {SETTLED}")

    assert fox.evaluate(STATUS).startswith(number)
    assert fox.problems == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_loads_without_a_complaint(fox: Firefox, root_address: str, site_folder: Path, kind: str) -> None:
    fox.goto(root_address + example(site_folder, kind))

    assert fox.evaluate("document.querySelectorAll('h1').length") == 1
    assert fox.problems == []
    assert all(request.startswith((root_address, "data:")) for request in fox.requests), fox.requests


def test_a_search_that_is_left_on_disk_says_nothing_and_goes_on_when_it_is_come_back_to(fox: Firefox, site_folder: Path) -> None:
    search, other = (site_folder / "search.html").as_uri() + "?q=japan", (site_folder / "methodology.html").as_uri()
    fox.goto(other)
    for pause in (0, 0.03, 0.06, 0.1):
        fox.command("browsingContext.navigate", context=fox.tab, url=search, wait="interactive")
        time.sleep(pause)  # long enough for another file of the index to be on its way
        fox.command("browsingContext.navigate", context=fox.tab, url=other, wait="complete")
        fox.command("browsingContext.traverseHistory", context=fox.tab, delta=-1)
        # what a page that is left writes to its console reaches nobody
        fox.wait_for(f"document.querySelectorAll('.result').length && {SETTLED} && !{MESSAGE}")


def test_what_a_page_says_of_being_left_is_not_a_problem_of_the_next(fox: Firefox, root_address: str) -> None:
    fox.goto(root_address)
    fox.evaluate("addEventListener('pagehide', () => console.error('left'))")
    fox.goto(f"{root_address}methodology.html")

    assert fox.evaluate("document.title")
    assert fox.problems == []
