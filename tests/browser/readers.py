"""Chromium and Firefox behind one small face, for what must be the same in both."""

from __future__ import annotations

from typing import Any, Protocol

from playwright.sync_api import BrowserContext

from tests.browser.watch import Watch

SEARCHED = "document.querySelector('[data-part=found]').ariaBusy === 'false'"
"""True once the search page has drawn what its address asks for."""


class Reader(Protocol):
    """One tab. Expressions are JavaScript; a promise is awaited; values come back as JSON carries them."""

    problems: list[str]
    """Console errors, uncaught errors, failed requests. A test that brings one about takes it out."""
    requests: list[str]
    """Addresses asked for since the last `goto`."""

    def goto(self, address: str) -> None: ...

    def evaluate(self, expression: str) -> Any: ...

    def wait_for(self, expression: str) -> Any: ...

    def click(self, element: str) -> None: ...

    def preload(self, source: str) -> None:
        """Run a script on every page from now on, before anything of the page runs. It ends with the test."""


class ChromiumReader:
    """A page of Playwright's, in a context of its own. Firefox (firefox.py) has this face already."""

    def __init__(self, context: BrowserContext) -> None:
        watch = Watch()
        watch.on(context)
        self.problems = watch.problems
        self.requests: list[str] = []
        context.on("request", lambda request: self.requests.append(request.url))
        self.page = context.new_page()

    def goto(self, address: str) -> None:
        self.requests.clear()
        self.page.goto(address)

    def preload(self, source: str) -> None:
        self.page.add_init_script(source)

    def evaluate(self, expression: str) -> Any:
        return self.page.evaluate(f"async () => ({expression})")

    def wait_for(self, expression: str) -> Any:
        return self.page.wait_for_function(f"() => ({expression})").json_value()

    def click(self, element: str) -> None:
        self.page.evaluate_handle(element).as_element().click()
