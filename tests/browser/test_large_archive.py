"""Search where there is more than fits a page: more results, more values, no date, other scripts, words that look like markup."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page, expect

from tests.browser import large_archive
from tests.browser.conftest import Read
from tests.browser.large_archive import BRIEFING_COUNT, OFFICIAL_COUNT, PER_PAGE
from tests.browser.test_search import count, options, settle, tick, titles


@pytest.fixture
def found(read: Read, large_address: str) -> Page:
    page = read("search.html?q=harbour", at=large_address)
    settle(page)
    return page


def dates(page: Page) -> list[str | None]:
    return [result.get_attribute("datetime") for result in page.locator(".result__meta time").all()]


def test_more_results_come_by_the_page_until_the_button_is_gone(found: Page) -> None:
    status, more = found.get_by_role("status"), found.locator("[data-part=more]")
    expect(status).to_have_text(f"{BRIEFING_COUNT} briefings, the first {PER_PAGE} shown")
    expect(more).to_have_text(f"Show {PER_PAGE} more")
    more.press("Enter")
    expect(found.locator(".result")).to_have_count(2 * PER_PAGE)
    expect(found.locator(".result").nth(PER_PAGE).locator(".result__title a")).to_be_focused()
    expect(more).to_have_text(f"Show {BRIEFING_COUNT - 2 * PER_PAGE} more")
    more.click()
    expect(found.locator(".result")).to_have_count(BRIEFING_COUNT)
    expect(more).to_be_hidden()

    expect(status).to_have_text(f"{BRIEFING_COUNT} briefings, {BRIEFING_COUNT} paragraphs")
    assert len(set(titles(found))) == BRIEFING_COUNT


def test_coming_back_shows_as_many_results_as_before(found: Page) -> None:
    found.locator("[data-part=more]").click()
    expect(found.locator(".result")).to_have_count(2 * PER_PAGE)
    found.locator(".result__title a").last.click()
    found.wait_for_url("**/briefings/**")
    found.go_back()
    settle(found)

    expect(found.locator(".result")).to_have_count(2 * PER_PAGE)


def test_a_long_facet_is_folded_and_opens_where_the_reader_is(found: Page) -> None:
    officials = found.locator("[data-facet=official]")
    assert len(options(found, "official")) == 5
    officials.get_by_role("button", name=f"{OFFICIAL_COUNT - 5} more officials").press("Enter")

    assert len(options(found, "official")) == OFFICIAL_COUNT
    expect(officials.get_by_role("checkbox").nth(5)).to_be_focused()


def test_ticking_a_box_keeps_the_focus_on_it(found: Page) -> None:
    box = found.locator("[data-facet=city]").get_by_role("checkbox").first
    box.press("Space")
    settle(found)

    expect(box).to_be_focused()
    assert count(found) == options(found, "city")[found.locator("[data-facet=city] .facet__name").first.inner_text()]


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_briefings_without_a_date_come_last_in_either_order(found: Page, order: str) -> None:
    found.get_by_label("Order").select_option(order)
    settle(found)
    for _ in range(2):
        shown = found.locator(".result").count()
        found.locator("[data-part=more]").click()
        expect(found.locator(".result").nth(shown)).to_be_visible()
    undated = [not result.locator("time").count() for result in found.locator(".result").all()]

    assert undated.count(True) == len(range(0, BRIEFING_COUNT, 7))
    assert undated == sorted(undated)
    assert dates(found) == sorted(filter(None, dates(found)), reverse=order == "newest")


def test_accents_need_not_be_typed(read: Read, large_address: str) -> None:
    page = read("search.html?q=osaka", at=large_address)
    settle(page)

    expect(page.locator(".result__title mark").first).to_have_text("Ōsaka")


def test_a_hit_quotes_the_paragraph_to_the_last_sign(read: Read, large_address: str) -> None:
    page = read("search.html?q=mayor", at=large_address)
    settle(page)

    expect(page.locator(".hit").first).to_have_text(large_archive.QUOTATION)


def test_words_that_look_like_markup_stay_words(read: Read, large_address: str) -> None:
    page = read("search.html?q=bold", at=large_address)
    settle(page)

    expect(page.locator(".hit").first).to_contain_text(large_archive.HOSTILE)
    assert page.locator(".results script, .results b:not(.num)").count() == 0
    assert "gone" not in page.title()


def test_words_that_run_from_the_right_stay_among_themselves(read: Read, large_address: str) -> None:
    page = read(f"search.html?q={quote_plus('שלום')}&city={quote_plus('תל אביב')}", at=large_address)
    settle(page)
    page.get_by_role("button", name="Remove").press("Enter")
    settle(page)
    runs_from_right = "(element) => getComputedStyle(element).direction + getComputedStyle(element).unicodeBidi"

    assert page.locator("search-box input").evaluate(runs_from_right).startswith("rtl")
    assert page.locator("h1 bdi").evaluate(runs_from_right) == "rtlisolate"
    expect(page.locator(".hit mark")).to_have_text("שלום")
    assert page.locator(".hit span").first.evaluate(runs_from_right) == "ltrisolate"
    page.locator("search-box input").fill("")
    settle(page, "")
    expect(page.locator("search-box input")).to_be_focused()
    assert count(page) == BRIEFING_COUNT


def test_a_facet_value_with_an_accent_works_from_the_address(read: Read, large_address: str) -> None:
    page = read("search.html", at=large_address)
    settle(page)
    tick(page, "city", "Ōsaka")
    before = titles(page)
    page.reload()
    settle(page)

    assert titles(page) == before
    expect(page.locator(".chip")).to_contain_text("City: Ōsaka")
