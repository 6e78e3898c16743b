"""site/ → http://127.0.0.1: a static server whose pages are loaded anew when the site changes.

It knows nothing of how a site is made. Live reload is put into pages as they are sent, never into site/; and a page that can be had
before its build has ended (a preview) is sent in the place of the file that stands there.
"""

from __future__ import annotations

import errno
import html
import json
import os
import re
import sys
import threading
import time
import traceback
import zlib
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from bindery.errors import SiteError
from bindery.model import Place

HOST = "127.0.0.1"

OWN_ADDRESS = "/-reload/"
"""Below it the server answers for itself; no slug begins with a hyphen."""

HTML = "text/html; charset=utf-8"

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".gif": "image/gif",
    ".graphml": "application/graphml+xml",
    ".html": HTML,
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".sqlite": "application/vnd.sqlite3",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""By suffix, not asked of the system: Windows' registry may call a script text/plain. Pagefind's own (.pf_*) are bytes."""

BYTES = "application/octet-stream"

BASE = re.compile(rb'(<base href=")[^"]*"')
"""In 404.html the address where the archive is published: here its files are asked for here."""

POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
"""Of our own pages, whose one script reloads them."""

SWAP_SECONDS = 2.0
"""How long a request waits while a build takes site/ away and puts the new one in its place: two renames."""

HEARTBEAT_SECONDS = 15.0
"""How often an open page hears that the server lives; that its reader has gone is noticed by then."""


class Status:
    """What open pages are told: which build they are of, and what is wrong with the archive now."""

    def __init__(self) -> None:
        self.generation = time.time_ns() // 1_000_000  # unlike that of any server before, so that old tabs reload
        self.look = 0
        """Counts the changes after which a page that is as it was may look different: a style sheet, a script."""
        self.previews: Mapping[str, bytes] = {}
        """Permalink → page, newer than the one in site/."""
        self.error: str | None = None
        self.is_building = False
        self.is_closed = False
        self._in_build: Mapping[str, bytes] = {}
        self._changed = threading.Condition()

    def preview(self, pages: Mapping[str, bytes]) -> None:
        with self._changed:
            self.previews = {**self.previews, **pages}
            self.generation += 1
            self._changed.notify_all()

    def begin(self) -> None:
        self.is_building = True
        self._in_build = self.previews

    def end(self, error: str | None, *, is_seen: bool = True) -> None:
        """The previews that were there when it began are what it has made, or could not make."""
        with self._changed:
            self.is_building = False
            self.error = error
            self.previews = {permalink: page for permalink, page in self.previews.items() if self._in_build.get(permalink) is not page}
            self.generation += is_seen
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self.is_closed = True
            self._changed.notify_all()

    def wait(self, seen: int) -> None:
        """Until there is a build newer than `seen`, or a heartbeat is due."""
        with self._changed:
            self._changed.wait_for(lambda: self.is_closed or self.generation != seen, HEARTBEAT_SECONDS)


def listen(site_root: Path, port: int, status: Status) -> SiteServer:
    try:
        return SiteServer(site_root, port, status)
    except OverflowError as error:
        raise SiteError("no such port", at=Place(HOST, port), fix="choose one from 1024 to 65535: build.py serve --port 8000") from error
    except OSError as error:
        problem = "another program listens on this port" if error.errno == errno.EADDRINUSE else f"cannot listen here: {error.strerror}"
        other = port + 1 if 1024 <= port < 65535 else 8000
        fix = f"stop that program, or choose another port: build.py serve --port {other}"
        raise SiteError(problem, at=Place(HOST, port), fix=fix) from error


class SiteServer(ThreadingHTTPServer):
    daemon_threads = True  # an open page's event stream must not keep Ctrl-C waiting
    allow_reuse_address = os.name != "nt"  # on Windows it would let two servers share one port

    def __init__(self, site_root: Path, port: int, status: Status) -> None:
        self.site_root = site_root
        self.status = status
        super().__init__((HOST, port), Handler)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, *_: object) -> None:
        """A browser that goes away in mid-answer is no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            traceback.print_exc()


class Handler(BaseHTTPRequestHandler):
    server: SiteServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path).path
        if address == f"{OWN_ADDRESS}events":
            self._send_events()
        elif address == f"{OWN_ADDRESS}reload.js":
            self._send(HTTPStatus.OK, MEDIA_TYPES[".js"], resources.files("bindery").joinpath("reload.js").read_bytes())
        else:
            self._send_file(address)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- named by the base class
        """Say nothing: the terminal is for findings and errors."""

    def _send_file(self, address: str) -> None:
        site_root, status = self.server.site_root, self.server.status
        path = inside(site_root, address)
        data = self._previewed(path) or read(path)
        if data is None:
            self._wait_for_swap()
            data = read(path)
        if path.is_dir() and not address.endswith("/"):
            self._redirect(f"/{quote(path.relative_to(site_root).as_posix())}/")
        elif data is not None:
            self._send_page(HTTPStatus.OK, MEDIA_TYPES.get(page_file(path).suffix, BYTES), data)
        elif (page := read(site_root / "404.html")) is not None:
            self._send_page(HTTPStatus.NOT_FOUND, HTML, BASE.sub(rb'\1/"', page))
        elif status.error:
            self._send_page(HTTPStatus.INTERNAL_SERVER_ERROR, HTML, notice("The site could not be built", status.error))
        else:
            self._send_page(HTTPStatus.NOT_FOUND, HTML, notice("Not found", f"{address}: no such page"))

    def _previewed(self, path: Path) -> bytes | None:
        previews = self.server.status.previews
        return previews.get(page_file(path).relative_to(self.server.site_root).as_posix()) if previews else None

    def _wait_for_swap(self) -> None:
        until = time.monotonic() + SWAP_SECONDS
        while self.server.status.is_building and not self.server.site_root.exists() and time.monotonic() < until:
            time.sleep(0.02)

    def _send_page(self, status: HTTPStatus, media_type: str, data: bytes) -> None:
        if media_type == HTML:
            told = self.server.status
            edition = f"{told.look}-{zlib.crc32(data):x}"
            self._send(status, media_type, with_reload(data, told.generation, edition), edition)
        else:
            self._send(status, media_type, data)

    def _send(self, status: HTTPStatus, media_type: str, data: bytes, edition: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        if edition:
            self.send_header("ETag", f'"{edition}"')
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _redirect(self, target: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()

    def _send_events(self) -> None:
        """Server-Sent Events: the status now and after each build, until the page is closed."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        status, seen = self.server.status, -1
        while self.command != "HEAD" and not status.is_closed:
            if seen == status.generation:
                event = ": still here"
            else:
                seen = status.generation
                event = f"data: {json.dumps({'generation': seen, 'error': status.error})}"
            self.wfile.write(f"{event}\n\n".encode())
            self.wfile.flush()
            status.wait(seen)


def with_reload(page: bytes, generation: int, edition: str) -> bytes:
    """The page with the reload script as the last thing in its body; a page without an end of body gets it at its end.

    `edition` tells this page, as it looks, from what it was and will be.
    """
    script = f'<script src="{OWN_ADDRESS}reload.js" data-generation="{generation}" data-edition="{edition}" defer></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script


def notice(title: str, text: str) -> bytes:
    """A page for when there is none: readable, and reloaded by the next build that succeeds."""
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>{html.escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"></head>\n'
        f"<body><main><h1>{html.escape(title)}</h1>\n<pre>{html.escape(text)}</pre></main></body></html>\n"
    ).encode()


def inside(site_root: Path, address: str) -> Path:
    """Where an address leads; to a file that does not exist if it would leave the site."""
    parts = [part for part in unquote(address).split("/") if part not in ("", ".")]
    if any(part == ".." or set(part) & set("\\:\0") for part in parts):
        return site_root / "404.html" / "outside"
    return site_root.joinpath(*parts)


def page_file(path: Path) -> Path:
    return path / "index.html" if path.is_dir() else path


def read(path: Path) -> bytes | None:
    try:
        return page_file(path).read_bytes()
    except OSError:
        return None
