"""A built site over http, as a host would serve it: at a domain's root, or under /repository/ as GitHub Pages does."""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

COMPRESSED = {".html", ".css", ".js", ".json", ".svg"}
"""What GitHub Pages sends with gzip; Pagefind's chunks are gzip already."""


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a prefix and nothing beside it, so that a link from the root breaks as it would there."""

    prefix: ClassVar[str] = "/"
    asked: ClassVar[list[str]] = []
    """Paths below the site's root that were asked for, in order."""
    tags: ClassVar[bool] = True
    compresses: ClassVar[bool] = False
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.startswith(self.prefix):
            self.asked.append(self.path.removeprefix(self.prefix).partition("?")[0])
        super().do_GET()

    def send_head(self) -> BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path))
        if not (self.compresses and path.suffix in COMPRESSED and path.is_file()):
            return super().send_head()
        body = gzip.compress(path.read_bytes())
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def translate_path(self, path: str) -> str:
        if path.startswith(self.prefix):
            return super().translate_path("/" + path.removeprefix(self.prefix))
        return str(Path(self.directory, "no such file"))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """A missing page gets 404.html, as on GitHub Pages."""
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def end_headers(self) -> None:
        """An ETag, as hosts give: a time in whole seconds alone does not tell two builds of one second apart."""
        if self.tags:
            with suppress(OSError):
                stat = Path(self.translate_path(self.path)).stat()
                self.send_header("ETag", f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"')
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Say nothing: a test that fails tells what was missing."""


class Server(ThreadingHTTPServer):
    """Says nothing of browsers that hang up."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(
    folder: Path, prefix: str = "/", asked: list[str] | None = None, *, tags: bool = True, compresses: bool = False
) -> Iterator[str]:
    """Serve `folder` until the block ends. Gives its address: "http://127.0.0.1:8123/repository/". What was asked for goes to `asked`;
    without `tags` a browser knows of a file only when it was last changed, in whole seconds. `compresses` as GitHub Pages does, whatever
    the browser asks for."""

    def handler(*args: object) -> Handler:
        values = {"prefix": prefix, "asked": [] if asked is None else asked, "tags": tags, "compresses": compresses}
        return type("PrefixHandler", (Handler,), values)(*args, directory=str(folder))

    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
        server.shutdown()
        thread.join()
