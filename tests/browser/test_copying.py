"""What a reader takes from a briefing into an e-mail: the clipboard in both forms, a mailto: address, links that work elsewhere."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import REPOSITORY, Browse, publish
from tests.browser.kinds import example
from tests.browser.readers import Reader
from tests.browser.serving import serving
from tests.browser.watch import Watch
from tests.publish.mail_limits import objections
from tests.repository import settings

BASE = "https://archive.example/press"
HOSTILE = "<script>alert(1)</script> & “x” <b onclick=x()>"
LONGEST_MAILTO = 1600
READ = """async () => {
  const [item] = await navigator.clipboard.read();
  return Object.fromEntries(await Promise.all(item.types.map(async (type) => [type, await (await item.getType(type)).text()])));
}"""
REFUSE_COMMAND = "() => { document.execCommand = () => false; }"
REFUSE_WRITE = "() => { navigator.clipboard.write = () => Promise.reject(new DOMException('refused', 'NotAllowedError')); }"
WATCH_COPY = """addEventListener("copy", ({ clipboardData }) => {
  window.written = Object.fromEntries([...clipboardData.types].map((type) => [type, clipboardData.getData(type)]));
})"""
ITEM = {"title": "T", "facts": "1 May 2024, Gazette", "text": "Words.", "quoted": True, "href": f"{BASE}/b/abc/?p=words-1a2"}


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """This repository's archive with an address on the web."""
    root = tmp_path_factory.mktemp("hosted")
    for name in ("content", "seeds"):
        shutil.copytree(REPOSITORY / name, root / name)
    (root / "site.yaml").write_text(settings(title="Hosted", base_url=BASE), encoding="utf-8")
    folder = publish(root)
    with serving(folder) as address:
        yield folder, address


@pytest.fixture
def briefing(browse: Browse, hosted: tuple[Path, str]) -> Page:
    return browse(example(hosted[0], "briefing"), at=hosted[1])


def menu(page: Page, number: int | None = None) -> Locator:
    """Opens a paragraph's menu, or the briefing's."""
    tools = page.locator(".para-tools--page") if number is None else page.locator(".para").nth(number).locator(".para-tools")
    tools.locator("summary").focus()
    page.keyboard.press("Enter")
    return tools


def copied(page: Page, tools: Locator, name: str) -> dict[str, str]:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tools.get_by_role("button", name=name).press("Enter")
    expect(tools.get_by_role("button", name="Copied")).to_be_focused()
    forms: dict[str, str] = page.evaluate(READ)
    return forms


def test_a_briefing_is_copied_with_title_day_source_beginning_and_address(briefing: Page) -> None:
    forms = copied(briefing, menu(briefing), "Copy for an e-mail")
    title, facts, lead, address = forms["text/plain"].splitlines()

    assert title == briefing.locator("h1").inner_text()
    assert facts == briefing.locator("main").get_attribute("data-facts")
    assert briefing.locator("p.para__text").first.inner_text().startswith(lead.removesuffix(" …"))
    assert re.fullmatch(rf"{BASE}/b/[0-9a-f]+/", address)
    assert f'href="{address}"' in forms["text/html"]
    assert title in forms["text/html"]


def test_a_paragraph_is_copied_as_a_quotation_with_its_own_address(briefing: Page) -> None:
    forms = copied(briefing, menu(briefing, 1), "Copy for an e-mail")
    *_, words, address = forms["text/plain"].splitlines()
    key = str(briefing.locator(".para").nth(1).get_attribute("id")).removeprefix("p-")

    assert words == f"“{briefing.locator('.para').nth(1).locator('.para__text').inner_text().strip()}”"
    assert re.fullmatch(rf"{BASE}/b/[0-9a-f]+/\?p={key}", address)
    assert words[1:40] in forms["text/html"]


def test_the_link_copied_is_that_of_the_paragraph(briefing: Page) -> None:
    link = copied(briefing, menu(briefing, 1), "Copy link")["text/plain"]

    assert link == f"{briefing.url}#{briefing.locator('.para').nth(1).get_attribute('id')}"


def test_where_the_command_is_refused_both_forms_are_copied_all_the_same(briefing: Page, watch: Watch) -> None:
    briefing.evaluate(REFUSE_COMMAND)
    forms = copied(briefing, menu(briefing, 1), "Copy for an e-mail")
    watch.expect("Applying inline style")  # Chromium reads the HTML under the page's policy, and copies it as it is

    assert set(forms) == {"text/plain", "text/html"}
    assert "“" in forms["text/plain"]


def test_a_refusal_of_both_ways_is_told(briefing: Page) -> None:
    briefing.evaluate(REFUSE_COMMAND)
    briefing.evaluate(REFUSE_WRITE)
    tools = menu(briefing, 1)
    tools.get_by_role("button", name="Copy for an e-mail").click()

    expect(tools.get_by_role("status")).to_have_text("That was refused")


@pytest.mark.parametrize("items", [[ITEM], [{**ITEM, "quoted": False}, {**ITEM, "title": HOSTILE, "text": ""}, {**ITEM, "href": "b/x/"}]])
def test_mail_programs_keep_what_is_pasted(briefing: Page, items: list[dict[str, object]]) -> None:
    html = briefing.evaluate(f"window.copying.html({json.dumps(items)}, {json.dumps(HOSTILE)})")

    assert objections(html) == []
    assert "<script" not in html
    assert html.count("<a ") == 2 * sum(str(item["href"]).startswith("http") for item in items)


def test_the_mail_program_gets_subject_words_and_address(briefing: Page) -> None:
    link = menu(briefing, 1).get_by_role("link", name="Open in the mail program").get_attribute("href")
    parts = parse_qs(urlsplit(link or "").query)

    assert parts["subject"] == [briefing.locator("h1").inner_text()]
    assert re.search(rf"\r\n“.+”\r\n{BASE}/b/[0-9a-f]+/\?p=[a-z0-9-]+$", parts["body"][0], flags=re.DOTALL)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param("T", "short", id="short"),
        pytest.param("T", "a word or two " * 400, id="long"),
        pytest.param("重庆与日本城市外交" * 30, "两江新区与日本企业的会谈。" * 100, id="chinese"),
        pytest.param("T" * 3000, "x" * 9000, id="one word"),
        pytest.param("😀" * 300, "😀\ud83d" * 900, id="surrogates"),
        pytest.param("50% & ?subject=x", "a\nb & c=d #e", id="marks"),
    ],
)
def test_a_mailto_address_stays_short_and_keeps_the_place(briefing: Page, title: str, text: str) -> None:
    item = json.dumps({**ITEM, "title": title, "text": text})
    link = briefing.evaluate(f"window.copying.mailto({item})")
    parts = parse_qs(urlsplit(link).query, errors="strict")

    assert len(link) < LONGEST_MAILTO
    assert link.isascii()
    assert parts["body"][0].endswith(f"\r\n{ITEM['href']}")
    assert title.startswith(parts["subject"][0].removesuffix(" …"))
    assert len(text) > 100 or text.splitlines()[0] in parts["body"][0]


def test_a_long_press_opens_the_menu_of_a_paragraph(browse: Browse, site_folder: Path) -> None:
    page = browse(example(site_folder, "briefing"), width=390)
    page.clock.install()
    words, tools = page.locator("p.para__text").nth(1), page.locator(".para").nth(1).locator(".para-tools")
    words.dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
    words.dispatch_event("pointerup", {"pointerType": "touch", "bubbles": True})
    page.clock.fast_forward(2000)
    assert tools.get_attribute("open") is None

    words.dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
    page.clock.fast_forward(2000)
    expect(tools.get_by_role("button", name="Copy for an e-mail")).to_be_visible()


def test_the_share_sheet_gets_title_words_and_address_where_there_is_one(briefing: Page) -> None:
    assert menu(briefing).get_by_role("button", name="Share …").count() == 0
    briefing.evaluate("() => { navigator.share = async (data) => { window.shared = data; }; }")
    tools = menu(briefing, 1)
    tools.get_by_role("button", name="Share …").click()
    shared = briefing.evaluate("window.shared")

    assert shared["title"] == briefing.locator("h1").inner_text()
    assert briefing.locator(".para").nth(1).locator(".para__text").inner_text().strip() in shared["text"]
    assert re.fullmatch(rf"{BASE}/b/[0-9a-f]+/\?p=[a-z0-9-]+", shared["url"])
    assert shared["url"] not in shared["text"]


def test_without_javascript_the_menu_tells_the_short_address(browse: Browse, site_folder: Path) -> None:
    page = browse(example(site_folder, "briefing"), javascript=False)
    page.get_by_text("Share", exact=True).click()

    expect(page.locator(".para-tools--page code")).to_be_visible()
    assert page.locator(".para-tools button").count() == 0


def test_from_disk_both_forms_are_copied_and_no_folder_is_told(reader: Reader, site_folder: Path) -> None:
    reader.goto((site_folder / example(site_folder, "briefing")).as_uri())
    reader.evaluate("(document.querySelectorAll('.para-tools')[1].open = true, 1)")
    button = "document.querySelectorAll('.para-tools')[1].querySelector('[data-do=mail]')"
    reader.wait_for(f"Boolean({button})")
    reader.evaluate(f"({WATCH_COPY}, 1)")
    reader.click(button)
    reader.wait_for(f"{button}.textContent === 'Copied'")
    plain = reader.evaluate("window.written['text/plain']")

    assert reader.evaluate("Object.keys(window.written).sort()") == ["text/html", "text/plain"]
    assert re.search(r"^briefings/[a-z0-9-]+\.html#p-", plain, flags=re.MULTILINE)
    assert "file:" not in plain
