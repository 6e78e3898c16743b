"""the desk → http://127.0.0.1: its page, its questions as JSON, and what is done about them. A port of its own, so that no page of
the archive has the desk's origin."""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bindery import languages
from bindery.content.changes import StaleError
from bindery.desk.acts import RefusedError
from bindery.desk.desk import Desk
from bindery.desk.guard import HEADERS, LARGEST, Guard
from bindery.errors import ArchiveError, SiteError
from bindery.model import Place
from bindery.publish import render
from bindery.site_server import HOST, HTML, MEDIA_TYPES

TEMPLATE = "desk/page.html"
OWN = ("desk.css", "desk.js", "desk-draw.js", "desk-forms.js")
"""Files of templates/desk/ that the page wants: not of static/, all of which is published."""
SHARED = ("css/tokens.css", "css/ground.css", "js/theme.js", "icons/bindery.svg")
"""Files of static/ that it shares with the site."""


class DeskServer(ThreadingHTTPServer):
    daemon_threads = True  # an open page's event stream must not keep Ctrl-C waiting
    allow_reuse_address = os.name != "nt"

    def __init__(self, desk: Desk, archive: str) -> None:
        self.desk = desk
        self.archive = archive
        """Address of the archive's site."""
        super().__init__((HOST, 0), Handler)
        self.guard = Guard.at(self.server_port)

    @property
    def address(self) -> str:
        """Opens the desk, once for a browser: the token goes into a cookie."""
        return f"http://{self.guard.host}/?token={self.guard.token}"

    def handle_error(self, *_: object) -> None:
        """A browser that goes away in mid-answer is no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            traceback.print_exc()


def beside(desk: Desk, *, opens_browser: bool) -> Callable[[str], AbstractContextManager[None]]:
    """What runs beside the server of the site."""

    @contextmanager
    def run(archive: str) -> Iterator[None]:
        with opened(desk, archive) as server:
            print(f"Review desk {server.address}", flush=True)
            if opens_browser:
                webbrowser.open(server.address)
            yield

    return run


@contextmanager
def opened(desk: Desk, archive: str) -> Iterator[DeskServer]:
    """A desk that answers and follows the archive until the block ends. Raises SiteError where no port can be had."""
    try:
        server = DeskServer(desk, archive)
    except OSError as error:
        raise SiteError(
            f"cannot listen here: {error.strerror}", at=Place(HOST), fix="close a program that serves on this machine"
        ) from error
    for work in (desk.work, lambda: server.serve_forever(poll_interval=0.1)):
        threading.Thread(target=work, daemon=True).start()
    try:
        yield server
    finally:
        desk.close()
        server.shutdown()
        server.server_close()


class Handler(BaseHTTPRequestHandler):
    server: DeskServer
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        guard, address = self.server.guard, urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if why := guard.strange(self.headers):
            self._refuse(why)
        elif address.path == "/" and guard.opens(asked.get("token", "")):
            self._send(HTTPStatus.SEE_OTHER, HTML, b"", {"Location": "/", "Set-Cookie": guard.cookie})
        elif why := guard.unknown(self.headers):
            self._refuse(why)
        else:
            self._answer(address.path, asked)

    def do_POST(self) -> None:
        guard = self.server.guard
        if why := guard.strange(self.headers) or guard.unknown(self.headers) or guard.unwritten(self.headers):
            self._refuse(why)
            return
        try:
            values = self._sent()
            self._json({"done": self._do(urlsplit(self.path).path, values)})
        except RefusedError as refusal:
            self._json({"problem": str(refusal)}, HTTPStatus.UNPROCESSABLE_ENTITY)
        except StaleError as stale:
            self.server.desk.wake()
            self._json({"problem": str(stale), "stale": True}, HTTPStatus.CONFLICT)
        except (ArchiveError, ExceptionGroup) as problem:
            self._json({"problem": str(problem)}, HTTPStatus.UNPROCESSABLE_ENTITY)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- named by the base class
        """Say nothing: the terminal is for findings and errors, and addresses hold the token."""

    def _do(self, path: str, values: dict[str, Any]) -> str:
        if path == "/act":
            return self.server.desk.act(values)
        if path == "/undo":
            return f"undone: {self.server.desk.undo()}"
        raise RefusedError("there is nothing to do there")

    def _sent(self) -> dict[str, Any]:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LARGEST:
            self.close_connection = True
            raise RefusedError("too much was sent, or nothing")
        try:
            values = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError) as error:
            raise RefusedError("not an act") from error
        if not isinstance(values, dict):
            raise RefusedError("not an act")
        return values

    def _answer(self, path: str, asked: dict[str, str]) -> None:
        desk, name = self.server.desk, path.removeprefix("/")
        if path == "/":
            self._send(HTTPStatus.OK, HTML, self._page())
        elif path == "/questions":
            self._json(desk.state())
        elif path == "/question":
            self._json(desk.question(asked.get("key", "")))
        elif path == "/records":
            self._json(desk.records(asked.get("words", "")))
        elif path == "/events":
            self._send_events()
        elif name in (*OWN, *SHARED):
            self._send_file(name)
        else:
            self._json({"problem": "there is no such page"}, HTTPStatus.NOT_FOUND)

    def _page(self) -> bytes:
        env = render.environment(replace(self.server.desk.load(), language=languages.SOURCE))
        return env.get_template(TEMPLATE).render(proof=self.server.guard.proof, archive=self.server.archive).encode()

    def _send_file(self, name: str) -> None:
        site = self.server.desk.load()
        folders = [folder / "desk" for folder in site.template_folders] if name in OWN else site.static_folders
        path = next(folder / name for folder in folders if (folder / name).is_file())
        self._send(HTTPStatus.OK, MEDIA_TYPES[path.suffix], path.read_bytes())

    def _send_events(self) -> None:
        """Server-Sent Events: that there is something newer to show, until the page is closed."""
        self.send_response(HTTPStatus.OK)
        self._send_headers({"Content-Type": "text/event-stream; charset=utf-8", "Connection": "close"})
        desk, seen = self.server.desk, -1
        while not desk.is_closed:
            newest = desk.wait(seen)
            event = ": still here" if newest == seen else f"data: {newest}"
            seen = newest
            self.wfile.write(f"{event}\n\n".encode())
            self.wfile.flush()

    def _refuse(self, why: str) -> None:
        """Without a word of what is here. What was sent is not read, so the connection cannot go on."""
        text = f"This is not for you: {why}. Open the review desk by the address that `build.py serve --review` printed.\n"
        self.close_connection = True
        self._send(HTTPStatus.FORBIDDEN, MEDIA_TYPES[".txt"], text.encode(), {"Connection": "close"})

    def _json(self, values: object, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._send(status, MEDIA_TYPES[".json"], json.dumps(values, ensure_ascii=False).encode())

    def _send(self, status: HTTPStatus, media_type: str, data: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self._send_headers({"Content-Type": media_type, "Content-Length": str(len(data)), **(headers or {})})
        self.wfile.write(data)

    def _send_headers(self, headers: dict[str, str]) -> None:
        for name, value in {**HEADERS, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
