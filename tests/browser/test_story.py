"""A briefing with copies and captures beside it is read by axe and fits a phone; what changed can be heard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from bindery import config, pipeline
from tests.browser.conftest import Browse
from tests.browser.serving import serving
from tests.browser.test_pages import OVERFLOW, PHONES, WIDER, violations
from tests.material import RELEASE, compose

PAGES = {
    "gazette": ({"title": "A basin", "source": "Gazette", "seed": "1.txt"}, RELEASE),
    "gazette-again": ({"title": "A basin", "source": "Gazette", "seed": "2.txt"}, RELEASE.replace("eleven", "twelve") + "\n\nMore soon."),
    "courier": ({"title": "Berths for whoever asks", "source": "Valley Courier"}, f"This paper has learned more.\n\n{RELEASE}"),
    "agency": ({"title": "Ribbon to be cut", "source": "News Agency"}, f"{RELEASE}\n\nNews Agency"),
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("story")
    (root / "content/briefings").mkdir(parents=True)
    for number, (slug, (values, body)) in enumerate(PAGES.items()):
        head = {"id": f"aaaa{number}", "date": "2020-05-04", "language": "en", **values}
        (root / f"content/briefings/{slug}.md").write_text(compose(head, body), encoding="utf-8")
    pipeline.publish(config.load(root))
    with serving(root / "site") as address:
        yield address


def test_axe_finds_nothing_on_a_story_and_it_fits_a_phone(browse: Browse, address: str) -> None:
    page = browse("briefings/gazette-again.html", at=address)
    expect(page.locator("#story")).to_have_text("Also published by")
    expect(page.locator(".difference ins").first).to_have_text("[added: twelve]")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    for width in PHONES:
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(OVERFLOW) == 0, (width, page.evaluate(WIDER))


def test_a_reader_goes_from_the_list_to_a_copy_and_back_to_what_leads_the_story(browse: Browse, address: str) -> None:
    page = browse("briefings/index.html", at=address, javascript=False)
    expect(page.locator(".briefing-line")).to_have_count(1)
    lead = page.locator(".briefing-line .entry-title").inner_text()
    page.get_by_role("link", name="News Agency").click()
    expect(page.locator("h1")).to_have_text("Ribbon to be cut")
    page.locator("#story ~ .section__note a").click()
    expect(page.locator("h1")).to_have_text(lead)
