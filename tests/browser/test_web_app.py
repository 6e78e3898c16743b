"""The archive kept in a browser: whole, without a network, and never of two builds at once."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import large_archive
from tests.browser.conftest import PATIENCE, publish
from tests.browser.serving import serving
from tests.browser.test_search import count, settle, titles

KEPT = "This archive is kept in this browser"
NEWER = "A newer edition of this archive is ready"
CACHES = "() => caches.keys()"
FETCHED = 4 * PATIENCE
"""Milliseconds until a build is fetched whole."""


BRIEFING_COUNT = 5
"""Each test fetches a site whole, some of them twice."""


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two builds of one archive; in the second a title, and so a briefing's page, its city's and the index differ."""
    first = tmp_path_factory.mktemp("first") / "archive"
    large_archive.write(first, BRIEFING_COUNT)
    site = publish(first)
    root = Path(shutil.copytree(first, tmp_path_factory.mktemp("changed") / "archive"))
    changed = root / "content/briefings/talk-01.md"
    changed.write_text(changed.read_text(encoding="utf-8").replace("title: Talks", "title: Corrected talks"), encoding="utf-8")
    return site, publish(root)


@pytest.fixture
def site(builds: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(builds[0], tmp_path / "served"))


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context()
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.fixture
def opened(context: BrowserContext) -> Page:
    return context.new_page()


def keep(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Keep available offline").click()
    expect(page.get_by_text(KEPT)).to_be_visible(timeout=FETCHED)


def put(build: Path, site: Path) -> None:
    """Publish another build where the first is served."""
    shutil.rmtree(site)
    shutil.copytree(build, site)


def ask_for_update(page: Page) -> None:
    page.evaluate("() => navigator.serviceWorker.ready.then((registration) => registration.update())")


@pytest.mark.parametrize("prefix", ["/", "/repository/"])
def test_with_the_server_stopped_the_kept_site_searches(opened: Page, site: Path, prefix: str) -> None:
    with serving(site, prefix) as address:
        keep(opened, f"{address}cities/index.html")
    opened.goto(f"{address}search.html?q=harbour")
    settle(opened)

    assert count(opened) == BRIEFING_COUNT
    opened.locator(".result__title a").first.click()
    expect(opened.locator("h1")).to_contain_text("part")
    opened.goto(f"{address}b/test0003/")
    opened.wait_for_url("**/briefings/talk-03.html")
    opened.goto(address)
    expect(opened.get_by_role("searchbox")).to_be_visible()


def test_nothing_is_stored_before_the_reader_asks(opened: Page, site: Path) -> None:
    with serving(site) as address:
        opened.goto(address)
        expect(opened.get_by_role("button", name="Keep available offline")).to_be_visible()

        assert opened.evaluate(CACHES) == []
        assert opened.evaluate("() => navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_everything_on_the_list_is_kept_and_can_be_removed(opened: Page, site: Path) -> None:
    listed = json.loads((site / "data/offline.json").read_text(encoding="utf-8"))
    with serving(site) as address:
        keep(opened, address)
        (name,) = opened.evaluate(CACHES)
        files = opened.evaluate("(name) => caches.open(name).then((cache) => cache.keys()).then((all) => all.map((one) => one.url))", name)

        assert name == f"bindery / {listed['build']}"
        assert {urlsplit(file).path.lstrip("/") for file in files} == {*listed["files"], "data/offline.json"}
        opened.get_by_role("button", name="Remove it from this browser").click()
        expect(opened.get_by_role("button", name="Keep available offline")).to_be_visible()
        assert opened.evaluate(CACHES) == []


def test_a_newer_build_waits_until_the_reader_asks_for_it(opened: Page, site: Path, builds: tuple[Path, Path]) -> None:
    asked: list[str] = []
    with serving(site, asked=asked) as address:
        keep(opened, address)
        put(builds[1], site)
        opened.goto(f"{address}briefings/talk-01.html")
        ask_for_update(opened)
        expect(opened.get_by_text(NEWER)).to_be_visible(timeout=FETCHED)

        opened.reload()
        expect(opened.locator("h1")).to_have_text("Talks in Chongqing, part 1")
        opened.goto(f"{address}search.html?q=corrected")
        settle(opened)
        assert titles(opened) == []
        opened.goto(f"{address}briefings/talk-01.html")
        opened.get_by_role("button", name="Show it").click()
        expect(opened.locator("h1")).to_have_text("Corrected talks in Chongqing, part 1")
        opened.goto(f"{address}search.html?q=corrected")
        settle(opened)
        assert titles(opened) == ["Corrected talks in Chongqing, part 1"]
        assert len(opened.evaluate(CACHES)) == 1


def test_an_update_fetches_what_changed(opened: Page, site: Path, builds: tuple[Path, Path]) -> None:
    old, new = (json.loads((build / "data/offline.json").read_text(encoding="utf-8"))["files"] for build in builds)
    asked: list[str] = []
    with serving(site, asked=asked) as address:
        keep(opened, address)
        put(builds[1], site)
        asked.clear()
        ask_for_update(opened)
        expect(opened.get_by_text(NEWER)).to_be_visible(timeout=FETCHED)

    assert set(asked) == {"sw.js", "data/offline.json", *(path for path in new if old.get(path) != new[path])}


def test_a_build_made_within_the_second_of_the_last_arrives(opened: Page, site: Path, builds: tuple[Path, Path]) -> None:
    made = site.stat().st_mtime - 60
    with serving(site, tags=False) as address:
        for build in (builds[0], builds[1]):
            put(build, site)
            for path in site.rglob("*"):
                os.utime(path, (made, made + 2 * (path.name == "sw.js" and build == builds[1])))
            if build == builds[0]:
                keep(opened, address)
        ask_for_update(opened)

        expect(opened.get_by_text(NEWER)).to_be_visible(timeout=FETCHED)


def test_a_site_that_is_half_published_is_not_kept(opened: Page, site: Path, builds: tuple[Path, Path]) -> None:
    shutil.copy(builds[1] / "briefings/talk-01.html", site / "briefings/talk-01.html")
    with serving(site) as address:
        opened.goto(address)
        opened.get_by_role("button", name="Keep available offline").click()
        expect(opened.get_by_text("It could not be kept")).to_be_visible(timeout=FETCHED)

        assert opened.evaluate(CACHES) == []


def test_an_update_that_is_half_published_leaves_the_old_build(opened: Page, site: Path, builds: tuple[Path, Path]) -> None:
    with serving(site) as address:
        keep(opened, address)
        put(builds[1], site)
        shutil.copy(builds[0] / "briefings/talk-01.html", site / "briefings/talk-01.html")
        ask_for_update(opened)
        opened.wait_for_function("() => navigator.serviceWorker.ready.then(({ installing }) => !installing)", timeout=FETCHED)
    opened.goto(f"{address}search.html?q=harbour")
    settle(opened)

    assert count(opened) == BRIEFING_COUNT
    opened.wait_for_function("() => caches.keys().then((names) => names.length === 1)")


def test_a_page_published_since_comes_whole_from_the_network(opened: Page, site: Path) -> None:
    asked: list[str] = []
    with serving(site, asked=asked) as address:
        keep(opened, address)
        shutil.copy(site / "briefings/talk-01.html", site / "briefings/new.html")
        asked.clear()
        opened.goto(f"{address}briefings/new.html")
        opened.wait_for_load_state("networkidle")

    assert {"briefings/new.html", "static/css/tokens.css"} <= set(asked)


def test_from_disk_no_worker_is_offered(opened: Page, site: Path) -> None:
    opened.goto((site / "index.html").as_uri())

    expect(opened.locator("keep-offline")).to_be_hidden()
    assert opened.locator("link[rel=manifest]").count() == 0


def test_the_browser_finds_nothing_wrong_with_the_manifest(opened: Page, site: Path) -> None:
    with serving(site, "/repository/") as address:
        opened.goto(address)
        session = opened.context.new_cdp_session(opened)
        manifest = session.send("Page.getAppManifest")
        errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["name"] == "A large archive"
    assert errors in ([], [{"errorId": "in-incognito", "errorArguments": []}])
