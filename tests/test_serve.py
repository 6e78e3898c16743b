"""The development server: what it sends, that it follows changes, and that nothing brings it down."""

from __future__ import annotations

import http.client
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from bindery import config
from bindery.errors import ContentError, SiteError
from bindery.model import Place
from bindery.serve import Changes, build, inputs
from bindery.site_server import SiteServer, Status, inside, listen, with_reload
from bindery.watch import Watch

LONG = 10.0
"""Seconds after which something that should have happened has not."""


@pytest.fixture
def site_root(tmp_path: Path) -> Path:
    """A small built site."""
    root = tmp_path / "site"
    pages = {
        "index.html": "<body><h1>Home</h1></body>",
        "404.html": "<body>Nothing here</body>",
        "b/39b2932/index.html": "<body>Short</body>",
        "static/css/site.css": "body{}",
        "static/js/search.js": "0",
        "pagefind/wasm.en.pagefind": "\0",
        "pagefind/index/en_1.pf_index": "\0",
        "pagefind/core.wasm": "\0asm",
        "data/archive.json": "{}",
        "data/places.geojson": "{}",
        "sitemap.xml": "<urlset/>",
        "新聞.html": "<body>News</body>",
    }
    for path, text in pages.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


@pytest.fixture
def server(site_root: Path) -> Iterator[SiteServer]:
    server = listen(site_root, 0, Status())
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.status.close()
    server.shutdown()
    server.server_close()


def get(server: SiteServer, address: str, method: str = "GET") -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=LONG)
    try:
        connection.request(method, address)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def events(server: SiteServer) -> Iterator[dict[str, object]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=LONG)
    connection.request("GET", "/-reload/events")
    response = connection.getresponse()
    assert response.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    try:
        while line := response.readline():
            if line.startswith(b"data: "):
                yield json.loads(line.removeprefix(b"data: "))
    finally:
        connection.close()


def until(claim: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    while not claim():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        ("/index.html", "text/html; charset=utf-8"),
        ("/static/css/site.css", "text/css; charset=utf-8"),
        ("/static/js/search.js?v=1", "text/javascript; charset=utf-8"),
        ("/pagefind/wasm.en.pagefind", "application/octet-stream"),
        ("/pagefind/index/en_1.pf_index", "application/octet-stream"),
        ("/pagefind/core.wasm", "application/wasm"),
        ("/data/archive.json", "application/json"),
        ("/data/places.geojson", "application/geo+json"),
        ("/sitemap.xml", "application/xml"),
        ("/%E6%96%B0%E8%81%9E.html", "text/html; charset=utf-8"),
    ],
)
def test_a_file_is_sent_with_its_type_and_never_cached(server: SiteServer, address: str, media_type: str) -> None:
    status, headers, _ = get(server, address)
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, media_type, "no-store")


def test_a_folder_is_its_index_and_wants_its_slash(server: SiteServer) -> None:
    assert b"Short" in get(server, "/b/39b2932/")[2]
    status, headers, _ = get(server, "/b/39b2932")
    assert (status, headers["Location"]) == (302, "/b/39b2932/")


def test_a_missing_page_is_the_archives_own_404(server: SiteServer) -> None:
    status, _, body = get(server, "/cities/atlantis.html")
    assert status == 404
    assert b"Nothing here" in body


def test_the_404_page_of_a_published_archive_asks_for_its_files_here(server: SiteServer, site_root: Path) -> None:
    (site_root / "404.html").write_text('<head><base href="https://archive.example/press/"></head>', "utf-8")
    _, _, body = get(server, "/cities/atlantis.html")
    assert b'<base href="/">' in body
    assert b"archive.example" not in body


def test_a_folder_without_an_index_is_not_listed(server: SiteServer) -> None:
    assert get(server, "/static/css/")[0] == 404


@pytest.mark.parametrize(
    "address", ["/../secret.txt", "/%2e%2e/secret.txt", "/b/..%2f..%2fsecret.txt", "/..%5csecret.txt", "//etc/passwd", "/a%00b"]
)
def test_nothing_outside_the_site_is_sent(server: SiteServer, site_root: Path, address: str) -> None:
    (site_root.parent / "secret.txt").write_text("secret", "utf-8")
    status, _, body = get(server, address)
    assert status == 404
    assert b"secret" not in body
    assert inside(site_root, address).is_relative_to(site_root)


def test_head_has_the_length_and_no_body(server: SiteServer) -> None:
    status, headers, body = get(server, "/static/css/site.css", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "6", b"")


def test_the_reload_script_is_in_pages_as_sent_and_not_in_the_site(server: SiteServer, site_root: Path) -> None:
    script = rb'<script src="/-reload/reload.js" data-generation="(\d+)" data-edition="([0-9a-f-]+)" defer></script></body>'
    for address in ("/", "/no-such-page"):
        _, headers, body = get(server, address)
        found = re.search(script, body)
        assert found
        assert int(found[1]) == server.status.generation
        assert headers["ETag"] == f'"{found[2].decode()}"'
    assert get(server, "/static/js/search.js")[2] == b"0"
    assert b"EventSource" in get(server, "/-reload/reload.js")[2]
    assert "reload" not in (site_root / "index.html").read_text("utf-8")


def test_a_page_without_an_end_of_body_is_reloaded_too() -> None:
    assert with_reload(b"<p>x", 7, "0-a") == b'<p>x<script src="/-reload/reload.js" data-generation="7" data-edition="0-a" defer></script>'


def test_a_page_keeps_its_edition_until_it_or_its_look_changes(server: SiteServer, site_root: Path) -> None:
    def edition() -> str | None:
        return get(server, "/")[1]["ETag"]

    before = edition()
    build(lambda: None, server.status, lambda _: None)
    assert edition() == before
    server.status.look += 1
    assert edition() != before
    before = edition()
    (site_root / "index.html").write_text("<body><h1>House</h1></body>", "utf-8")
    assert edition() != before


def test_a_preview_is_shown_until_the_build_that_began_after_it_has_ended(server: SiteServer) -> None:
    heard = events(server)
    next(heard)
    server.status.begin()
    server.status.preview({"index.html": b"<body>Edited</body>"})
    assert next(heard) == {"generation": server.status.generation, "error": None}
    assert b"Edited" in get(server, "/")[2]
    assert b"Edited" in get(server, "/index.html")[2]
    server.status.end(None)  # of a build that began before: it knows nothing of the edit
    assert b"Edited" in get(server, "/")[2]
    build(lambda: None, server.status, lambda _: None)
    assert b"Edited" not in get(server, "/")[2]
    heard.close()


def test_open_pages_hear_of_a_build_and_of_an_error(server: SiteServer) -> None:
    heard = events(server)
    first = next(heard)
    assert first == {"generation": server.status.generation, "error": None}
    server.status.end("site.yaml:3: not valid YAML")
    assert next(heard) == {"generation": server.status.generation, "error": "site.yaml:3: not valid YAML"}
    heard.close()


def _wrong_content() -> None:
    raise ContentError("no title", at=Place("content/briefings/a.md", 2), fix="add one")


def _several_wrong() -> None:
    raise ExceptionGroup("content/ cannot be read", [ContentError("no title", at=Place(name), fix="add one") for name in ("a.md", "b.md")])


def _fault() -> None:
    raise KeyError("slug")


@pytest.mark.parametrize(
    ("rebuild", "said"),
    [
        pytest.param(_wrong_content, ["content/briefings/a.md:2: no title", "fix: add one"], id="archive error"),
        pytest.param(_several_wrong, ["content/ cannot be read", "a.md: no title", "b.md: no title"], id="several"),
        pytest.param(_fault, ["Traceback", "KeyError: 'slug'"], id="fault of the program"),
    ],
)
def test_an_error_is_said_and_shown_and_the_server_goes_on(server: SiteServer, rebuild: Callable[[], None], said: list[str]) -> None:
    lines: list[str] = []
    build(rebuild, server.status, lines.append)
    assert all(words in "\n".join(lines) for words in said)
    assert all(words in (server.status.error or "") for words in said)
    assert get(server, "/")[0] == 200
    build(lambda: None, server.status, lines.append)
    assert server.status.error is None


def test_what_no_reader_waits_for_is_heard_of_only_when_it_fails(server: SiteServer) -> None:
    before = server.status.generation
    assert build(lambda: None, server.status, lambda _: None, is_seen=False)
    assert server.status.generation == before
    assert not build(_wrong_content, server.status, lambda _: None, is_seen=False)
    assert server.status.generation == before + 1
    assert "no title" in (server.status.error or "")


def test_without_any_site_the_error_is_the_page(server: SiteServer, site_root: Path) -> None:
    shutil.rmtree(site_root)
    build(_wrong_content, server.status, lambda _: None)
    status, _, body = get(server, "/")
    assert status == 500
    assert b"content/briefings/a.md:2: no title" in body
    assert b"/-reload/reload.js" in body


def test_a_request_waits_while_the_site_is_swapped(server: SiteServer, site_root: Path) -> None:
    aside = site_root.with_name("site-old")
    server.status.begin()
    site_root.rename(aside)
    threading.Timer(0.3, lambda: aside.rename(site_root)).start()
    assert get(server, "/")[0] == 200


def test_the_site_may_be_replaced_as_a_whole(server: SiteServer, site_root: Path, tmp_path: Path) -> None:
    assert b"Home" in get(server, "/")[2]
    site_root.rename(tmp_path / "old")
    site_root.mkdir()
    (site_root / "index.html").write_text("<body>New home</body>", "utf-8")
    assert b"New home" in get(server, "/")[2]


def test_a_busy_port_says_what_to_do(server: SiteServer, site_root: Path) -> None:
    with pytest.raises(SiteError) as caught:
        listen(site_root, server.server_port, Status())
    assert str(caught.value).startswith(
        f"127.0.0.1:{server.server_port}: another program listens on this port\n    fix: stop that program, or"
    )


@pytest.mark.parametrize("port", [-1, 70000])
def test_an_impossible_port_says_what_to_do(site_root: Path, port: int) -> None:
    with pytest.raises(SiteError, match="no such port"):
        listen(site_root, port, Status())


class Gathered:
    """The batches of a watch, gathered in the background."""

    def __init__(self, watch: Watch) -> None:
        self.names: list[str] = []
        self._watch = watch
        threading.Thread(target=self._gather, daemon=True).start()

    def _gather(self) -> None:
        for batch in self._watch:
            self.names += sorted(path.name for path in batch)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for folder in ("seeds", "content/briefings", "site"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("title: One\n", "utf-8")
    return tmp_path


def test_changes_of_the_archive_are_seen_and_its_output_is_not(archive: Path) -> None:
    with Watch(inputs(config.load(archive))) as watch:
        changes = Gathered(watch)
        (archive / "site" / "index.html").write_text("out", "utf-8")
        (archive / "content" / "briefings" / ".a.md.swp").write_text("editor", "utf-8")
        (archive / "content" / "briefings" / "sedAb12").write_text("text", "utf-8")
        (archive / "content" / "briefings" / "sedAb12").replace(archive / "content" / "briefings" / "a.md")
        until(lambda: "a.md" in changes.names)
        (archive / "new.yaml").write_text("title: Two\n", "utf-8")
        (archive / "new.yaml").replace(archive / "site.yaml")  # as editors save
        until(lambda: "site.yaml" in changes.names)
        (archive / "seeds" / "1.txt").write_text("seed", "utf-8")
        until(lambda: "1.txt" in changes.names)
    assert set(changes.names) == {"a.md", "site.yaml", "1.txt"}


def test_a_folder_made_while_watching_is_watched(archive: Path) -> None:
    with Watch(inputs(config.load(archive))) as watch:
        changes = Gathered(watch)
        (archive / "templates").mkdir()
        (archive / "templates" / "base.html").write_text("<html>", "utf-8")
        (archive / "seeds" / "1.txt").write_text("seed", "utf-8")
        until(lambda: {"templates", "base.html", "1.txt"} <= set(changes.names))
        (archive / "templates" / "base.html").write_text("<body>", "utf-8")
        until(lambda: changes.names.count("base.html") == 2)


def test_a_folder_put_in_the_place_of_another_is_watched(archive: Path) -> None:
    with Watch(inputs(config.load(archive))) as watch:
        changes = Gathered(watch)
        (archive / "seeds").rename(archive / "old")
        (archive / "seeds").mkdir()
        (archive / "seeds" / "2.txt").write_text("seed", "utf-8")
        until(lambda: "2.txt" in changes.names)


def test_a_file_written_with_the_same_bytes_is_no_change(archive: Path) -> None:
    lock = archive / "content" / "permalinks.lock"
    with Watch(inputs(config.load(archive))) as watch:
        changes = Gathered(watch)
        lock.write_text("one", "utf-8")
        until(lambda: "permalinks.lock" in changes.names)
        lock.write_text("one", "utf-8")
        (archive / "seeds" / "after.txt").write_text("", "utf-8")
        until(lambda: "after.txt" in changes.names)
    assert changes.names.count("permalinks.lock") == 1


def test_what_can_be_foreseen_is_shown_while_it_is_built_and_a_change_of_the_look_is_not(archive: Path) -> None:
    shown: list[frozenset[Path]] = []
    sent = threading.Event()

    def foresee(paths: Iterable[Path]) -> dict[str, bytes]:
        shown.append(frozenset(paths))
        sent.set()
        return {"index.html": b"foreseen"}

    status = Status()
    batches: queue.SimpleQueue[frozenset[Path]] = queue.SimpleQueue()
    changes = Changes(iter(batches.get, frozenset()), (archive / "content",), status)
    changes.foresee = foresee
    threading.Thread(target=changes.follow, daemon=True).start()
    status.begin()
    edited = frozenset({archive / "content/briefings/a.md"})
    batches.put(edited)
    assert sent.wait(LONG)
    until(lambda: status.previews == {"index.html": b"foreseen"})
    assert changes.next() == edited
    batches.put(frozenset({archive / "static/site.css"}))
    until(lambda: changes.has_more)
    assert (status.look, changes.foresee, shown) == (1, None, [edited])


def test_the_whole_runs_follows_a_change_and_ends_cleanly_on_ctrl_c(archive: Path) -> None:
    program = archive.parent / "run.py"
    program.write_text(
        textwrap.dedent(f"""
            import pathlib, signal
            from bindery.serve import serve
            signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite run in the background inherits it ignored
            root = pathlib.Path({str(archive)!r})
            def rebuild():
                (root / "site" / "index.html").write_text((root / "seeds" / "1.txt").read_text("utf-8"), "utf-8")
            serve(root, 0, rebuild, say=lambda text: print(text, flush=True))
        """),
        "utf-8",
    )
    (archive / "seeds" / "1.txt").write_text("first", "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    with subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as running:
        try:
            assert running.stdout is not None
            assert running.stdout.readline().startswith("Serving http://127.0.0.1:")
            (archive / "seeds" / "1.txt").write_text("second", "utf-8")
            assert running.stdout.readline() == "\n"
            assert running.stdout.readline() == "Changed: 1.txt\n"
            until(lambda: (archive / "site" / "index.html").read_text("utf-8") == "second")
            running.send_signal(signal.SIGINT)
            out, errors = running.communicate(timeout=LONG)
        finally:
            running.kill()
    assert (out, errors, running.returncode) == ("\nStopped.\n", "", 0)
