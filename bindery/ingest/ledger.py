"""What a run of ingest remembers for the next one: .cache/ingest/. Without it, or with one that is not whole, everything is made anew.

Two files: what is needed to see that nothing changed, and what is needed where something did. A thing made of a file is kept with
the digest of that file, so that it never stands for another.
"""

from __future__ import annotations

import msgspec

from bindery import sealed, segments
from bindery.config import Site
from bindery.content.past import Origin
from bindery.content.shelf import Record, Shelved
from bindery.model import AuthorityId, Finding
from bindery.segments import Spot
from bindery.stamps import Stamp

FOLDER = "ingest"


class Outcome(msgspec.Struct, frozen=True):
    """What a run says that finds everything as it should be. It writes nothing, so the next one says the same."""

    seed_count: int
    kept: tuple[str, ...]
    findings: tuple[Finding, ...]


class Ledger(msgspec.Struct):
    """An empty one knows nothing."""

    program: str = ""
    """Digest of everything beside files of the archive that decides what ingest does."""
    folders: dict[str, dict[str, Stamp]] = {}
    """Folder → the stamps of its files."""
    outcome: Outcome | None = None
    """None where the last run was not the last word: another one has more to write."""


class Kept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A seed that was read and annotated."""

    digest: int
    sha256: str
    spot: Spot


class Made(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file of content/ that the program owns."""

    key: int
    """Digest of everything it was made of."""
    digest: int
    """Of the file."""


class Memory(msgspec.Struct):
    """What was read and made by this program."""

    program: str = ""
    forms: dict[str, tuple[tuple[str, AuthorityId], ...]] = {}
    geonames: dict[str, AuthorityId] = {}
    """The confirmed names that the pages were annotated with."""
    pages: dict[str, Kept] = {}
    """By the seed's path."""
    shelved: dict[str, tuple[int, Shelved]] = {}
    records: dict[str, tuple[int, Record]] = {}
    origins: dict[str, tuple[int, Origin]] = {}
    """These three by the file's path, with the digest of the file."""
    made: dict[str, Made] = {}
    """By the file's path."""


def load(site: Site) -> Ledger:
    return sealed.load(site.cache / FOLDER / "ledger", Ledger) or Ledger()


def recall(site: Site, program: str) -> Memory:
    """Empty where another program made it."""
    found = sealed.load(site.cache / FOLDER / "memory", Memory)
    return found if found and found.program == program else Memory(program)


def save(ledger: Ledger, site: Site) -> None:
    """Raises SiteError."""
    with sealed.kept(FOLDER):
        sealed.save(site.cache / FOLDER / "ledger", ledger)


def remember(memory: Memory, site: Site) -> None:
    """Raises SiteError."""
    with sealed.kept(FOLDER):
        sealed.save(site.cache / FOLDER / "memory", memory)
        segments.drop_unused(site.cache / FOLDER, (kept.spot for kept in memory.pages.values()))
