"""What a person types and what they expect to find: names in any order and script, text without spaces, phrases, hyphens."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page, expect

from tests.browser import large_archive
from tests.browser.conftest import Read
from tests.browser.large_archive import BRIEFING_COUNT, OFFICIAL_COUNT
from tests.browser.test_search import count, options, search, settle, tick, titles

CHONGQING = set(range(1, BRIEFING_COUNT, 3))
TAKADA = set(range(1, BRIEFING_COUNT, OFFICIAL_COUNT))
QUERIES = {
    "Chinese words": ("两江新区", {5}),
    "a part of them that is no word": ("江新", {5}),
    "quoted": ('"两江新区"', {5}),
    "one character": ("区", {5, 6}),
    "not its pieces": ("两江区", set()),
    "not across words": ("新町", set()),
    "another letter than the one with an accent": ("カーデン", set()),
    "a voiced letter": ("ガーデン", {6}),
    "a text and a name in two scripts": ("两江 Official", {5, 6}),
    "a city in English": ("chongqing", CHONGQING),
    "a city in simplified characters": ("重庆", CHONGQING | {5}),
    "a city in traditional characters": ("重慶", CHONGQING),
    "a name as it is written": ('"TAKADA Masumi"', TAKADA),
    "a name in the other order": ('"Masumi Takada"', TAKADA),
    "a name in its own script": ("高田真澄", TAKADA),
    "a phrase with and without its hyphen": ('"consul general"', {7, 8}),
    "a hyphen with and without it": ("consul-general", {7, 8}),
    "the words wherever they stand": ("consul general", {7, 8, 9}),
    "a phrase and a word": ('"consul general" left', {8}),
    "a phrase of three words": ('"140 Japanese companies"', {10}),
}


def open_search(read: Read, at: str, words: str) -> Page:
    page = read(f"search.html?q={quote_plus(words)}", at=at)
    settle(page, words)
    return page


def found(page: Page) -> set[int]:
    """Numbers of the briefings, all of them."""
    while page.locator("[data-part=more]").is_visible():
        shown = page.locator(".result").count()
        page.locator("[data-part=more]").click()
        expect(page.locator(".result").nth(shown)).to_be_visible()
    return {int(title.rpartition(" ")[2]) for title in titles(page)}


def test_a_search_finds_what_a_person_expects(read: Read, large_address: str) -> None:
    page = read("search.html", at=large_address)
    for claim, (words, expected) in QUERIES.items():
        search(page, words)

        assert found(page) == expected, (claim, words)
        assert count(page) == len(expected), (claim, words)


def test_east_asian_words_are_marked_where_they_stand_and_nothing_of_the_index_is_seen(read: Read, large_address: str) -> None:
    page = open_search(read, large_address, "两江新区")
    hit = page.locator(".hit").first

    expect(hit.locator("mark")).to_have_text("两江新区")
    expect(hit).to_have_text(large_archive.QUOTATION.partition(" The mayor")[0] + " 重庆两江新区今天开放。")
    assert "\ua840" not in page.locator("body").inner_text()


@pytest.mark.parametrize("words", ['"consul general"', '"consul general" harbour', "重庆 harbour"])
def test_counts_follow_a_question_of_several_parts(read: Read, large_address: str, words: str) -> None:
    page = open_search(read, large_address, words)
    total = count(page)
    cities = options(page, "city")
    assert sum(cities.values()) == total
    city = next(iter(cities))
    tick(page, "city", city)

    assert count(page) == cities[city] == options(page, "city")[city]
    assert options(page, "city") == cities


def test_a_word_of_one_letter_waits_for_more_and_is_a_word_of_its_own_when_asked_for(read: Read, large_address: str) -> None:
    page = read("search.html", at=large_address)
    settle(page, "")
    hint = page.locator("[data-part=hint]")
    field = page.locator("search-box input[name=q]")
    field.press_sequentially("harbour t")
    settle(page, "harbour t")
    expect(hint).to_contain_text("Type on to search for ‘t…’")
    assert count(page) == BRIEFING_COUNT
    field.press("Enter")
    expect(hint).to_contain_text("‘t’ is looked for as a word of its own")
    expect(page.get_by_role("status")).to_have_text("No briefings")
    search(page, "harbour ta")
    expect(hint).to_be_hidden()
    assert count(page) == BRIEFING_COUNT
    page = open_search(read, large_address, "part 5")

    assert found(page) == {5}
    expect(hint).to_contain_text("‘5’ is looked for as a word of its own")


def test_a_letter_alone_offers_the_names_that_begin_with_it(read: Read, large_address: str) -> None:
    page = open_search(read, large_address, "c")

    expect(page.get_by_role("list", name="Pages of names").get_by_role("link", name="Chongqing")).to_be_visible()
    assert page.evaluate("[typeof archiveNames, typeof archiveTitles]") == ["object", "undefined"]  # titles are ten times as large


def test_phrases_come_newest_first(read: Read, large_address: str) -> None:
    page = open_search(read, large_address, "重庆")
    dates = [time.get_attribute("datetime") or "" for time in page.locator(".result__meta time").all()]

    assert dates == sorted(dates, reverse=True)


OWN = {"Tomita": "Tomita", "高田真里": "Takada Mari", '"Mari Takada"': "Takada Mari", "日立": "Hitachi"}


@pytest.mark.parametrize(("words", "name"), OWN.items(), ids=OWN)
def test_a_name_in_any_order_and_script_offers_its_page(read: Read, words: str, name: str) -> None:
    page = read(f"search.html?q={quote_plus(words)}")
    settle(page, words)

    expect(page.get_by_role("list", name="Pages of names").get_by_role("link").filter(has_text=name).first).to_be_visible()


def test_letters_that_stand_for_words_are_words(read: Read) -> None:
    page = read("search.html?q=WND")
    settle(page, "WND")

    assert titles(page)[0].startswith("WND to strengthen")


def test_words_that_stand_together_come_before_words_that_stand_apart(read: Read, large_address: str) -> None:
    page = open_search(read, large_address, "Japanese companies 140")
    assert found(page) == {10, 11}
    page = open_search(read, large_address, "of 140 firms")

    assert titles(page)[0].endswith(" 11")


SPELLINGS = {
    "a letter left out": ("Chonqing", "Chongqing"),
    "two turned round": ("chognqing", "Chongqing"),
    "in a name of two words": ("tomita masakirro", "tomita Masakiro"),
    "in a word of a title": ("strenghten", "strengthen"),
    "in Chinese characters": ("日立製作処", "日立製作所"),
}


@pytest.mark.parametrize(("words", "better"), SPELLINGS.values(), ids=SPELLINGS)
def test_another_spelling_is_thought_of_and_one_step_away(read: Read, words: str, better: str) -> None:
    page = read(f"search.html?q={quote_plus(words)}")
    settle(page, words)
    page.get_by_text("Did you mean").get_by_role("link", name=better).click()
    settle(page, better)

    assert count(page) > 0
    expect(page.get_by_text("Did you mean")).to_have_count(0)
    expect(page.locator("search-box input")).to_be_focused()


@pytest.mark.parametrize("words", ["Chongqing", "qqqxyzzy", "ferries", "c", "visits", "Masumi"])
def test_no_spelling_is_offered_without_need(read: Read, words: str) -> None:
    page = read(f"search.html?q={words}")
    settle(page, words)
    page.wait_for_load_state("networkidle")

    expect(page.get_by_text("Did you mean")).to_have_count(0)


def test_a_name_asked_for_in_another_form_is_marked_as_it_is_printed(read: Read) -> None:
    page = read("search.html?q=" + quote_plus("重庆"))
    settle(page, "重庆")

    expect(page.locator(".hit mark").first).to_have_text("Chongqing")
