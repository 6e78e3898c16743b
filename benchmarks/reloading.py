"""A warm `serve` → how long somebody waits between saving a file and seeing it in the open page."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import measure
from benchmarks.builders import Builder, program
from benchmarks.measure import RunError

FIRST_BUILD = 3_600
LONGEST = 900
EVERY = 0.01
QUIET = 2.0
"""Seconds without a build, and with hardly any work, after which a server is taken to be idle."""
HARDLY = 0.1
"""Seconds of CPU in that time."""
GENERATION = re.compile(r'data-generation="(\d+)"')
"""What the server puts into a page it sends; an open page is told to reload when it changes."""


@dataclass(frozen=True, slots=True)
class Server:
    """A `serve` that has built its archive once."""

    address: str
    pid: int


@contextmanager
def serving(archive: Path) -> Iterator[Server]:
    with tempfile.NamedTemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        command = (*program("serve", archive), "--port", "0")
        process = subprocess.Popen(command, stdout=said, stderr=said, env={**os.environ, "PYTHONUNBUFFERED": "1"})
        try:
            yield Server(_address(process, Path(said.name)), process.pid)
        finally:
            process.terminate()
            process.wait()


def _address(process: subprocess.Popen[bytes], said: Path) -> str:
    until = time.monotonic() + FIRST_BUILD
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(r"^Serving (http://\S+/)", said.read_text(encoding="utf-8", errors="replace"), re.MULTILINE):
            return found[1]
        time.sleep(EVERY)
    raise RunError(f"serve does not serve: {said.read_text(encoding='utf-8', errors='replace')[-2_000:]}")


def saving(archive: Builder, server: Server, slug: str, mark: str) -> float:
    """Seconds from the end of saving an edit until an open page would be told, and shows it."""
    page = f"{server.address}{archive.page.format(slug=slug)}"
    before = _settled(page, server)
    archive.edit(slug, mark)
    began = time.monotonic()
    while time.monotonic() < began + LONGEST:
        text = _text(page)
        if mark in text and _generation(text) != before:
            return time.monotonic() - began
        time.sleep(EVERY)
    raise RunError(f"serve does not show an edit of {slug} within {LONGEST} s")


def _settled(page: str, server: Server) -> str:
    """The generation, once the server is idle: a build that writes into content/ is followed by another."""
    before, worked = "", -1.0
    while True:
        generation, cpu = _generation(_text(page)), measure.cpu_time(server.pid)
        if generation == before and cpu - worked < HARDLY:
            return generation
        before, worked = generation, cpu
        time.sleep(QUIET)


def _generation(text: str) -> str:
    found = GENERATION.search(text)
    return found[1] if found else ""


def _text(page: str) -> str:
    """Empty while the server has no such page."""
    try:
        with urllib.request.urlopen(page, timeout=60) as answer:
            return str(answer.read().decode("utf-8"))
    except (urllib.error.URLError, TimeoutError):
        return ""
