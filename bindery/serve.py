"""site/ → http://127.0.0.1: a static server that rebuilds and reloads when the archive changes.

It knows nothing of how a site is made: it is given what to call. Live reload is put into pages as they are sent, never
into site/.
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
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from bindery import config
from bindery.config import CONFIG_FILE, Site
from bindery.errors import ArchiveError, SiteError
from bindery.model import Place
from bindery.watch import Watch

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


def serve(  # noqa: PLR0913 - what is run, and around what
    root: Path,
    port: int,
    rebuild: Callable[[], None],
    complete: Callable[[], None] = lambda: None,
    *,
    say: Callable[[str], None] = print,
    beside: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> None:
    """Build, serve the site of the archive at `root`, and build again after every change, until Ctrl-C.

    After `rebuild` open pages are loaded anew; `complete` then makes what no reader waits for. An error of either is said here and
    shown on every open page; the site stays as it was. Port 0 takes a free one. What runs `beside` it is told its address.
    Raises SiteError when the port cannot be had.
    """
    site = config.load(root)
    status = Status()
    server = listen(site.output, port, status)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with Watch(inputs(site)) as changes, beside(server.address):
            if build(rebuild, status, say):
                build(complete, status, say)
            say(f"Serving {server.address}  (Ctrl-C to stop)")
            for paths in changes:
                say(f"\nChanged: {_names(paths)}")
                if build(rebuild, status, say):
                    build(complete, status, say, is_seen=False)
    except KeyboardInterrupt:
        say("\nStopped.")
    finally:
        status.close()
        server.shutdown()
        server.server_close()


def inputs(site: Site) -> tuple[Path, ...]:
    """What a site is made from; site/ and .cache/ are not among it. A folder that is not there yet counts too."""
    own = (site.root / name for name in (CONFIG_FILE, "templates", "static"))
    return (site.seeds, site.content, *dict.fromkeys((*own, *site.template_folders, *site.static_folders)))


class Status:
    """What open pages are told: which build they are of, and what is wrong with the archive now."""

    def __init__(self) -> None:
        self.generation = time.time_ns() // 1_000_000  # unlike that of any server before, so that old tabs reload
        self.error: str | None = None
        self.is_building = False
        self.is_closed = False
        self._changed = threading.Condition()

    def begin(self) -> None:
        self.is_building = True

    def end(self, error: str | None, *, is_seen: bool = True) -> None:
        with self._changed:
            self.is_building = False
            self.error = error
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


def build(run: Callable[[], None], status: Status, say: Callable[[str], None], *, is_seen: bool = True) -> bool:
    """One run; whatever it raises becomes the status, and the server goes on. True if it raised nothing.

    Of a run that is not to be seen open pages hear only if it failed.
    """
    error: str | None = None
    status.begin()
    try:
        run()
    except ArchiveError as problem:
        error = str(problem)
    except ExceptionGroup as problems:
        error = "\n".join([str(problems.message), *map(str, problems.exceptions)])
    except Exception as fault:  # noqa: BLE001 -- a fault of the program: said in full, and the server outlives it
        error = "".join(traceback.format_exception(fault))
    finally:
        status.end(error, is_seen=is_seen or error is not None)
    if error:
        say(f"\n{error}\nThe site is as it was before; waiting for the next change.")
    return error is None


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
        data = read(path)
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

    def _wait_for_swap(self) -> None:
        until = time.monotonic() + SWAP_SECONDS
        while self.server.status.is_building and not self.server.site_root.exists() and time.monotonic() < until:
            time.sleep(0.02)

    def _send_page(self, status: HTTPStatus, media_type: str, data: bytes) -> None:
        self._send(status, media_type, with_reload(data, self.server.status.generation) if media_type == HTML else data)

    def _send(self, status: HTTPStatus, media_type: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
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


def with_reload(page: bytes, generation: int) -> bytes:
    """The page with the reload script as the last thing in its body; a page without an end of body gets it at its end."""
    script = f'<script src="{OWN_ADDRESS}reload.js" data-generation="{generation}" defer></script>'.encode()
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


def _names(paths: frozenset[Path]) -> str:
    """ "a.md, b.md and 40 more"."""
    names = sorted(path.name for path in paths)
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"
