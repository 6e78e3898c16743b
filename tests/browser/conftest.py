"""A site built from this archive's own content, served, and a browser that watches what its pages do.

SITE_UNDER_TEST=FOLDER takes a site that is already built instead: a quick way to try one test again and again.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, expect, sync_playwright

from bindery.publish.search import frequent, merged
from tests.browser import large_archive
from tests.browser.firefox import Firefox, firefox
from tests.browser.readers import ChromiumReader, Reader
from tests.browser.serving import serving
from tests.browser.watch import Watch
from tests.builds import door

REPOSITORY = Path(__file__).resolve().parents[2]
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WITHOUT = (
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"),
    *("HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying"),
    *("OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning"),
    *("WebUIOmniboxAimPopup", "WebUIOmniboxPopup"),
)
"""What Playwright switches off, said again, since only the last such list counts; and the list below the address bar, a page of its own
that Chromium makes for each window: it takes half the time until there is one."""
WINDOW: ViewportSize = {"width": 1280, "height": 900}
PATIENCE = 15_000
"""Milliseconds a page may take to become what a test waits for; other work may share the machine."""
expect.set_options(timeout=PATIENCE)


class Browse(Protocol):
    """Opens a page of the site in a context of its own."""

    def __call__(
        self, path: str = "", *, at: str | None = None, width: int = 1280, height: int = 900, dark: bool = False, javascript: bool = True
    ) -> Page: ...


class Read(Protocol):
    """Opens a page of the site in a tab that the tests of a file share: for those that read what a page says and does, and change
    nothing of what the browser keeps, and of the tab its size and scheme alone."""

    def __call__(self, path: str = "", *, at: str | None = None) -> Page: ...


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own archive, published: content as it is committed, a site nobody else writes to."""
    if ready := os.environ.get("SITE_UNDER_TEST"):
        return Path(ready)
    root = tmp_path_factory.mktemp("archive")
    for name in ("content", "seeds"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "site.yaml", root)
    return publish(root)


@pytest.fixture(scope="session")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of large_archive.py, published."""
    root = tmp_path_factory.mktemp("large")
    large_archive.write(root)
    return publish(root)


@pytest.fixture(scope="session")
def large_address(large_site: Path) -> Iterator[str]:
    with serving(large_site) as address:
        yield address


@pytest.fixture(scope="session")
def frequent_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same archive, whose words are taken for ones that thousands of pages say."""
    root = tmp_path_factory.mktemp("frequent")
    large_archive.write(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merged, "TYPICAL", 100)
        patch.setattr(merged, "LARGE", 100)
        patch.setattr(frequent, "LARGEST", 100)
        return publish(root)


def publish(root: Path) -> Path:
    """Run build.py publish on an archive. Gives the site's folder."""
    run = door("publish", "--root", str(root))
    assert run.returncode == 0, run.stdout + run.stderr
    return root / "site"


@pytest.fixture(scope="session")
def archive(site_folder: Path) -> dict[str, Any]:
    """data/archive.json: what the site says of itself, for tests to expect from."""
    loaded: dict[str, Any] = json.loads((site_folder / "data/archive.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="session")
def root_address(site_folder: Path) -> Iterator[str]:
    with serving(site_folder) as address:
        yield address


@pytest.fixture(scope="session")
def repository_address(site_folder: Path) -> Iterator[str]:
    with serving(site_folder, "/repository/") as address:
        yield address


@pytest.fixture(scope="session", params=["root", "repository"])
def address(request: pytest.FixtureRequest) -> str:
    """Both places a site is served from: a test that takes it runs twice."""
    served: str = request.getfixturevalue(f"{request.param}_address")
    return served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


def launched(playwright: Playwright) -> Browser:
    """The system's Chromium, which asks nobody for anything by itself."""
    program = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    assert program, "no Chromium on this machine; install it: apt install chromium"
    arguments = ["--disable-background-networking", "--disable-component-update", f"--disable-features={','.join(WITHOUT)}"]
    if sys.platform != "win32" and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium's sandbox refuses to start for root, which CI often is
    return playwright.chromium.launch(executable_path=program, args=arguments)


@pytest.fixture(scope="session")
def fox() -> Iterator[Firefox]:
    with firefox() as browser:
        yield browser


@pytest.fixture(params=["chromium", "firefox"])
def reader(request: pytest.FixtureRequest) -> Iterator[Reader]:
    """Both browsers: a test that takes it runs twice, and any problem that is left at the end fails it."""
    if request.param == "firefox":
        fox: Firefox = request.getfixturevalue("fox")
        fox.goto("about:blank")
        reading: Reader = fox
        yield reading
        fox.forget()
    else:
        context = request.getfixturevalue("chromium").new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE)
        reading = ChromiumReader(context)
        yield reading
        context.close()
    assert not reading.problems, "\n".join(reading.problems)


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Any problem that is left at the end fails the test."""
    watching = Watch()
    yield watching
    assert not watching.problems, "\n".join(watching.problems)


@pytest.fixture
def browse(chromium: Browser, root_address: str, watch: Watch) -> Iterator[Browse]:
    contexts = []

    def open_page(
        path: str = "", *, at: str | None = None, width: int = 1280, height: int = 900, dark: bool = False, javascript: bool = True
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", java_script_enabled=javascript
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watch.on(context)
        page = context.new_page()
        page.goto((at or root_address) + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[tuple[Page, Watch]]:
    """What `read` opens pages in, and what they complain of."""
    watching = Watch()
    context = chromium.new_context(viewport=WINDOW)
    context.set_default_timeout(PATIENCE)
    watching.on(context)
    yield context.new_page(), watching
    context.close()


@pytest.fixture
def read(tab: tuple[Page, Watch], root_address: str) -> Iterator[Read]:
    page, watching = tab

    def open_page(path: str = "", *, at: str | None = None) -> Page:
        page.set_viewport_size(WINDOW)
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        page.goto((at or root_address) + path)
        return page

    yield open_page
    page.goto("about:blank")
    problems = list(watching.problems)
    watching.problems.clear()
    assert not problems, "\n".join(problems)
