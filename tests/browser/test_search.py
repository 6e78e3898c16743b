"""The search page over http: what a reader types, ticks, presses and shares."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Browse, Read
from tests.browser.watch import Watch

SETTLED = """([words]) => {
  const found = document.querySelector("[data-part=found]");
  const typed = new URLSearchParams(location.search).get("q") || "";
  return found.ariaBusy === "false" && (words === null || typed === words);
}"""


def settle(page: Page, words: str | None = None) -> None:
    """Wait until what was asked for is drawn."""
    page.wait_for_function(SETTLED, arg=[words])


def search(page: Page, words: str) -> None:
    page.locator("search-box input[name=q]").fill(words)
    settle(page, words)


def titles(page: Page) -> list[str]:
    return page.locator(".result__title").all_inner_texts()


def count(page: Page) -> int:
    """As the page announces it."""
    found = re.match(r"\d+", page.get_by_role("status").inner_text())
    return int(found[0]) if found else 0


def options(page: Page, facet: str) -> dict[str, int]:
    """Value → count of one facet, as shown."""
    rows = page.locator(f"[data-facet={facet}] .facet__option")
    names, counts = rows.locator(".facet__name").all_inner_texts(), rows.locator(".facet__count").all_inner_texts()
    return {name: int(number) for name, number in zip(names, counts, strict=True)}


def tick(page: Page, facet: str, value: str) -> None:
    page.locator(f"[data-facet={facet}]").get_by_role("checkbox", name=value, exact=False).and_(page.locator(f'[value="{value}"]')).click()
    settle(page)


def mentioned(archive: dict[str, Any], kind: str) -> dict[str, set[str]]:
    """Name of an authority → titles of the briefings that mention it."""
    names = {(authority["kind"], authority["slug"]): authority["name"] for authority in archive["authorities"]}
    found: dict[str, set[str]] = {}
    for briefing in archive["briefings"]:
        for mention in briefing["mentions"]:
            if mention["kind"] == kind:
                found.setdefault(names[kind, mention["slug"]], set()).add(" ".join(briefing["title"].split()))
    return found


def a_paragraph(archive: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], str]:
    """A briefing, a paragraph of it, and words that stand together in that paragraph."""
    for briefing in archive["briefings"]:
        for paragraph in briefing["paragraphs"]:
            words = re.findall(r"[A-Za-z]{5,}(?: [A-Za-z]{5,}){2}", paragraph["text"])
            if words and len(paragraph["text"]) > 80:
                return briefing, paragraph, words[0]
    raise AssertionError("no paragraph of the archive has three words in a row")


def test_a_search_finds_the_paragraph_and_the_hit_leads_to_it(read: Read, address: str, archive: dict[str, Any]) -> None:
    briefing, paragraph, words = a_paragraph(archive)
    page = read("search.html", at=address)
    search(page, words)
    result = page.locator(".result").filter(has_text=briefing["title"])
    hit = result.locator(f'.hit[href$="#p-{paragraph["key"]}"]')

    expect(hit.locator("mark").first).to_be_visible()
    hit.click()
    page.wait_for_url(f"{address}briefings/**")
    expect(page.locator(f"#p-{paragraph['key']}")).to_be_in_viewport()


def test_the_header_of_any_page_leads_to_the_results(read: Read, address: str, archive: dict[str, Any]) -> None:
    briefing, _, words = a_paragraph(archive)
    page = read(briefing["url"] if not urlsplit(briefing["url"]).scheme else f"briefings/{briefing['slug']}.html", at=address)
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}search.html?q={quote_plus(words)}")
    settle(page, words)

    assert briefing["title"] in titles(page)


@pytest.mark.parametrize("kind", ["city", "official", "company"])
def test_a_name_offers_its_own_page_above_the_briefings(read: Read, address: str, archive: dict[str, Any], kind: str) -> None:
    found = mentioned(archive, kind)
    name = max(found, key=lambda name: (len(found[name]), name))
    page = read(f"search.html?q={quote_plus(name)}", at=address)
    settle(page)
    page.get_by_role("list", name="Pages of names").get_by_role("link", name=name, exact=True).click()
    page.wait_for_url(lambda url: "/search.html" not in url)

    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_without_words_every_briefing_is_there_newest_first(read: Read, archive: dict[str, Any]) -> None:
    page = read("search.html")
    settle(page)
    dates = [time.get_attribute("datetime") for time in page.locator(".result__meta time").all()]

    assert count(page) == len(archive["briefings"])
    assert dates == sorted(filter(None, dates), reverse=True)


@pytest.mark.parametrize("facet", ["city", "official", "company"])
def test_a_facet_narrows_to_the_briefings_that_mention_it(read: Read, archive: dict[str, Any], facet: str) -> None:
    page = read("search.html")
    settle(page)
    expected = mentioned(archive, facet)
    for name, number in options(page, facet).items():
        assert number == len(expected[name]), name
    name = max(options(page, facet), key=lambda name: len(expected[name]))
    tick(page, facet, name)

    assert set(titles(page)) == expected[name]
    assert options(page, facet)[name] == len(expected[name])


def test_counts_of_the_other_facets_follow(read: Read, archive: dict[str, Any]) -> None:
    cities = mentioned(archive, "city")
    name = max(cities, key=lambda name: len(cities[name]))
    page = read(f"search.html?city={quote_plus(name)}")
    settle(page)
    officials = {official: titles & cities[name] for official, titles in mentioned(archive, "official").items()}

    for official, number in options(page, "official").items():
        assert number == len(officials[official]), official
    assert sum(options(page, "year").values()) == count(page)


def test_values_of_one_facet_are_any_and_facets_are_all(read: Read, archive: dict[str, Any]) -> None:
    cities, officials = mentioned(archive, "city"), mentioned(archive, "official")
    first, second = sorted(cities, key=lambda name: (-len(cities[name]), name))[:2]
    official = next(name for name, found in officials.items() if found & (cities[first] | cities[second]))
    page = read(f"search.html?city={quote_plus(first)}&city={quote_plus(second)}")
    settle(page)
    assert set(titles(page)) == cities[first] | cities[second]
    page.goto(f"{page.url}&official={quote_plus(official)}")
    settle(page)

    assert set(titles(page)) == (cities[first] | cities[second]) & officials[official]


def test_a_chip_removes_its_choice_and_keeps_the_focus_near(read: Read, archive: dict[str, Any]) -> None:
    first, second = sorted(mentioned(archive, "city"))[:2]
    page = read(f"search.html?city={quote_plus(first)}&city={quote_plus(second)}")
    settle(page)
    page.get_by_role("button", name=f"City: {first} Remove").press("Enter")
    settle(page)
    remaining = page.get_by_role("button", name=f"City: {second} Remove")
    expect(remaining).to_be_focused()
    assert parse_qs(urlsplit(page.url).query) == {"city": [second]}
    remaining.press("Enter")
    settle(page)

    expect(page.get_by_role("status")).to_be_focused()
    assert count(page) == len(archive["briefings"])


@pytest.mark.parametrize(("order", "backwards"), [("Newest first", True), ("Oldest first", False)])
def test_results_come_in_the_order_of_their_dates(read: Read, order: str, backwards: bool) -> None:
    page = read("search.html?q=the")
    settle(page)
    page.get_by_label("Order").select_option(order)
    settle(page)
    dates = [time.get_attribute("datetime") or "" for time in page.locator(".result__meta time").all()]

    assert len(dates) > 2
    assert dates == sorted(dates, reverse=backwards)


def test_the_address_holds_the_whole_state(read: Read, archive: dict[str, Any]) -> None:
    _, _, words = a_paragraph(archive)
    page = read("search.html")
    settle(page)
    search(page, words)
    city = next(iter(options(page, "city")))
    tick(page, "city", city)
    page.get_by_label("Order").select_option("oldest")
    settle(page)
    before = titles(page), page.get_by_role("status").inner_text(), options(page, "official")

    assert parse_qs(urlsplit(page.url).query) == {"q": [words], "city": [city], "order": ["oldest"]}
    page.reload()
    settle(page)
    assert (titles(page), page.get_by_role("status").inner_text(), options(page, "official")) == before
    expect(page.locator("search-box input[name=q]")).to_have_value(words)
    expect(page.get_by_label("Order")).to_have_value("oldest")


def test_back_and_forward_go_through_the_steps_not_the_keys(read: Read, archive: dict[str, Any]) -> None:
    _, _, words = a_paragraph(archive)
    page = read("search.html")
    settle(page)
    page.locator("search-box input[name=q]").press_sequentially(words[:9], delay=220)
    settle(page, words[:9])
    typed = titles(page)
    tick(page, "year", next(iter(options(page, "year"))))
    page.go_back()
    settle(page, words[:9])
    assert titles(page) == typed
    assert page.locator(".chip").count() == 0
    page.go_back()
    settle(page, "")
    expect(page.locator("search-box input[name=q]")).to_have_value("")
    page.go_forward()
    settle(page, words[:9])

    assert titles(page) == typed


def test_coming_back_from_a_briefing_finds_the_same_results(read: Read, archive: dict[str, Any]) -> None:
    _, _, words = a_paragraph(archive)
    page = read("search.html")
    search(page, words)
    before = titles(page)
    page.locator(".result__title a").first.click()
    page.wait_for_url("**/briefings/**")
    page.go_back()
    settle(page, words)

    assert titles(page) == before


@pytest.mark.parametrize("keys", ["/", "Control+k", "Meta+k"])
def test_a_key_goes_to_the_search_field(read: Read, keys: str) -> None:
    page = read("index.html")
    page.keyboard.press(keys)

    expect(page.locator("search-box input[name=q]").first).to_be_focused()
    expect(page.locator("search-box input[name=q]").first).to_have_value("")


def test_escape_leaves_an_empty_field(read: Read) -> None:
    page = read("index.html")
    link = page.locator("main a").first
    link.focus()
    page.keyboard.press("/")
    page.keyboard.press("Escape")

    expect(link).to_be_focused()


def test_a_slash_that_is_typed_stays_a_slash(read: Read) -> None:
    page = read("search.html")
    field = page.locator("search-box input[name=q]").first
    field.focus()
    page.keyboard.type("a/b")

    expect(field).to_have_value("a/b")


def test_the_keyboard_alone_goes_from_the_field_to_a_hit(read: Read, archive: dict[str, Any]) -> None:
    _, _, words = a_paragraph(archive)
    page = read("search.html")
    page.keyboard.press("/")
    page.keyboard.type(words)
    settle(page, words)
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('hit')"):
            break
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/briefings/[^/]+\.html\?q=.*#p-"))


def test_arrow_keys_go_down_the_results_and_escape_comes_back(read: Read) -> None:
    page = read("search.html?q=tomita")
    settle(page)
    field = page.locator("search-box input[name=q]")
    field.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".names__link").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hit").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".result__title a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_be_focused()


def test_the_count_is_announced_and_says_of_what(read: Read, archive: dict[str, Any]) -> None:
    _, _, words = a_paragraph(archive)
    page = read("search.html")
    search(page, words)

    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\d+ briefings?, \d+ paragraphs?$"))


def test_nothing_found_says_what_to_try_and_where_to_look(read: Read) -> None:
    page = read("search.html?q=qqqxyzzy")
    settle(page)

    expect(page.get_by_role("status")).to_have_text("No briefings")
    expect(page.get_by_text("Try fewer words")).to_be_visible()
    expect(page.locator("main").get_by_role("link", name="All briefings by year")).to_be_visible()


def test_what_is_typed_is_never_markup(read: Read) -> None:
    page = read("search.html?q=" + quote_plus("<img src=x onerror=alert(1)>") + "&city=" + quote_plus("<b>bold</b>"))
    settle(page)

    expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".chip")).to_contain_text("<b>bold</b>")
    assert page.locator("main img, main bdi b").count() == 0


def test_an_index_that_cannot_be_loaded_is_said_in_words(browse: Browse, watch: Watch) -> None:
    page = browse("index.html")
    page.route("**/pagefind.js", lambda route: route.abort())
    page.goto(page.url.replace("index.html", "search.html?q=city"))

    expect(page.get_by_text("The search index could not be loaded")).to_be_visible()
    expect(page.locator("main").get_by_role("link", name="All briefings by year")).to_be_visible()
    watch.expect("pagefind.js")


def test_a_script_that_does_not_arrive_is_said_in_words(browse: Browse, watch: Watch) -> None:
    page = browse("index.html")
    page.route("**/search-page.js", lambda route: route.abort())
    page.goto(page.url.replace("index.html", "search.html?q=city"))

    expect(page.get_by_text("has not arrived")).to_be_visible()
    expect(page.locator("main").get_by_role("link", name="All briefings by year")).to_be_visible()
    watch.expect("search-page.js", "Failed to load resource")


def test_without_javascript_the_page_explains_itself(browse: Browse) -> None:
    page = browse("search.html?q=city", javascript=False)

    expect(page.get_by_text("Searching needs JavaScript")).to_be_visible()
    page.locator("main").get_by_role("link", name="All briefings by year").click()
    page.wait_for_url("**/briefings/index.html")


@pytest.mark.parametrize("width", [320, 1280])
def test_results_arrive_without_moving_what_was_there(browse: Browse, archive: dict[str, Any], width: int) -> None:
    _, _, words = a_paragraph(archive)
    page = browse("index.html", width=width)
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; })"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(page.url.replace("index.html", f"search.html?q={quote_plus(words)}"))
    settle(page, words)
    page.wait_for_timeout(200)

    assert page.evaluate("window.shift") < 0.02
