"""What a check remembers for the next one: .cache/check/. Without it, or with one that is not whole, everything is looked at anew."""

from __future__ import annotations

import os

import msgspec

from bindery import sealed, segments
from bindery.config import Site
from bindery.model import Authority, Finding
from bindery.segments import Spot
from bindery.stamps import Stamp

FOLDER = "check"

Files = dict[str, tuple[int, int]]
"""Permalink of every file of the site → its size, and when it was written, in nanoseconds."""


class Ledger(msgspec.Struct):
    """An empty one knows nothing."""

    program: str = ""
    """Digest of everything beside the files of content/ and of the site that decides what is found."""
    folders: dict[str, dict[str, Stamp]] = {}
    files: Files = {}
    findings: list[Finding] = []
    number: int = 0
    """That of the memory that belongs to it."""


class Outline(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A briefing, as much of it as is checked."""

    id: str
    slug: str
    path: str
    heading: str
    source: str | None
    url: str | None
    printed: tuple[tuple[str, str], ...]
    """Form and record of each mention, in order."""


class Seen(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A page of the site."""

    size: int
    modified: int
    sha256: bytes
    spot: Spot
    """What matters of it: an HtmlPage."""


class Problem(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Something wrong with a page, before it is said where."""

    words: str
    """By which it is found in a file of content/."""
    markup: str
    """By which it is found in the page."""
    message: str
    is_repeated: bool
    """An id that stands twice; else a link that leads nowhere."""


class Promised(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The addresses of paragraphs that a page has to have."""

    checksum: int
    """Of what says so."""
    missing: tuple[str, ...]


class Memory(msgspec.Struct):
    """What was read by this program."""

    number: int = 0
    program: str = ""
    outlines: dict[str, tuple[int, Outline]] = {}
    records: dict[str, tuple[int, Authority]] = {}
    """These by the file's path, with the digest of the file."""
    pages: dict[str, Seen] = {}
    """By permalink, as all that follows."""
    problems: dict[str, tuple[Problem, ...]] = {}
    promised: dict[str, Promised] = {}


def load(site: Site) -> Ledger:
    return sealed.load(site.cache / FOLDER / "ledger", Ledger) or Ledger()


def recall(site: Site, before: Ledger, program: str) -> Memory:
    """Empty where another program made it, or it belongs to another check than `before`."""
    found = sealed.load(site.cache / FOLDER / "memory", Memory)
    return found if found and (found.program, found.number) == (program, before.number) else Memory(program=program)


def save(ledger: Ledger, memory: Memory, site: Site) -> None:
    """Raises SiteError."""
    ledger.number = memory.number = int.from_bytes(os.urandom(7))
    with sealed.kept(FOLDER):
        sealed.save(site.cache / FOLDER / "memory", memory)
        sealed.save(site.cache / FOLDER / "ledger", ledger)
        segments.drop_unused(site.cache / FOLDER, (seen.spot for seen in memory.pages.values()))
