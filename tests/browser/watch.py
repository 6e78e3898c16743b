"""What a page must never do: complain in the console, fail to load something, ask another host for anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

OWN_SCHEMES = ("data", "blob", "about", "file")


@dataclass
class Watch:
    """Gathers the problems of every page of the contexts it is put on; a test ends with none, or with those it expected."""

    problems: list[str] = field(default_factory=list)

    def on(self, context: BrowserContext) -> None:
        context.on("page", self._follow)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"uncaught: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._response)
        context.on("request", self._request)

    def expect(self, *words: str) -> None:
        """Take out the problems this test brought about: each of the words must stand in one, and each one must have a word."""
        for word in words:
            assert any(word in problem for problem in self.problems), f"expected a problem with {word!r}: {self.problems}"
        self.problems[:] = [problem for problem in self.problems if not any(word in problem for word in words)]

    def _follow(self, page: Page) -> None:
        page.on("crash", lambda _: self.problems.append("the page crashed"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console {message.type}: {message.text} ({message.location.get('url', '')})")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a page left while it loads
            self.problems.append(f"failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.problems.append(f"{response.status}: {response.url}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in OWN_SCHEMES and address.hostname != "127.0.0.1":
            self.problems.append(f"another host: {request.url}")
