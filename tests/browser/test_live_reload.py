"""A page that `build.py serve` sends follows the archive, under the strictest policy a page may have."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bindery.errors import ContentError
from bindery.model import Place
from bindery.serve import build
from bindery.site_server import SiteServer, Status, listen

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"


def write(server: SiteServer, heading: str) -> None:
    page = f'<!DOCTYPE html><html lang="en"><head><title>x</title><meta http-equiv="Content-Security-Policy" content="{POLICY}"></head>'
    (server.site_root / "index.html").write_text(f"{page}<body><h1>{heading}</h1></body></html>", "utf-8")


def fail() -> None:
    raise ContentError("no title", at=Place("content/briefings/a.md", 2), fix="add a line 'title: …'")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SiteServer]:
    server = listen(tmp_path, 0, Status())
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    write(server, "One")
    yield server
    server.status.close()
    server.shutdown()
    server.server_close()


def test_an_open_page_reloads_shows_an_error_and_recovers(server: SiteServer, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(server.address)
    build(lambda: write(server, "Two"), server.status, lambda _: None)
    expect(page.locator("h1")).to_have_text("Two")
    build(fail, server.status, lambda _: None)
    overlay = page.get_by_role("alertdialog", name="The site could not be built")
    expect(overlay).to_contain_text("content/briefings/a.md:2: no title")
    expect(overlay).to_contain_text("fix: add a line 'title: …'")
    page.keyboard.press("Escape")
    expect(overlay).to_have_count(0)
    build(lambda: write(server, "Three"), server.status, lambda _: None)
    expect(page.locator("h1")).to_have_text("Three")
    expect(overlay).to_have_count(0)
    page.close()


def test_a_page_that_a_build_leaves_as_it_was_is_not_loaded_anew(server: SiteServer, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(server.address)
    page.evaluate("document.querySelector('h1').dataset.read = 'half'")
    build(lambda: None, server.status, lambda _: None)
    build(fail, server.status, lambda _: None)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    build(lambda: None, server.status, lambda _: None)
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    assert page.evaluate("document.querySelector('h1').dataset.read") == "half"

    server.status.preview({"index.html": server.site_root.joinpath("index.html").read_bytes().replace(b"One", b"Foreseen")})
    expect(page.locator("h1")).to_have_text("Foreseen")
    page.close()
