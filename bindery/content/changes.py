"""texts of content/ → content/: a few files changed together, by what a person decided, and changed back."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from bindery import reading
from bindery.config import Site
from bindery.content import shelf
from bindery.errors import ArchiveError, ContentError
from bindery.model import Place


class StaleError(ContentError):
    """A file is not as it was when a person looked at it: somebody else wrote it meanwhile."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file, whole, as it was and as it is to be."""

    path: str
    """Relative to the archive's root."""
    before: str | None
    """None: there was no file."""
    after: str | None
    """None: there is to be none."""

    @property
    def undone(self) -> Change:
        return Change(self.path, self.after, self.before)


def text(path: str, site: Site) -> str | None:
    """A file as it stands, with its line ends; None if there is none. Raises ContentError."""
    if not (site.root / path).exists():
        return None
    try:
        return reading.data(site.root / path, path, ContentError).decode()
    except UnicodeDecodeError as problem:
        raise ContentError("not UTF-8 text", at=Place(path), fix="save the file as UTF-8") from problem


def version(source: str | None) -> str:
    """What tells one state of a file from another."""
    return "" if source is None else sha256(source.encode()).hexdigest()[:16]


def make(changes: Iterable[Change], site: Site) -> None:
    """Make all of them, or none. Whoever calls holds the turn (bindery/content/turn.py).

    Raises StaleError when a file is not as it was, ContentError when one cannot be written.
    """
    changes = list(changes)
    for change in changes:
        if text(change.path, site) != change.before:
            raise StaleError("has been changed meanwhile", at=Place(change.path), fix="look at it as it is now")
    made: list[Change] = []
    try:
        for change in changes:
            made.append(change)
            _put(change, site)
    except ContentError:
        for change in reversed(made[:-1]):
            with suppress(ArchiveError):
                _put(change.undone, site)
        raise


def _put(change: Change, site: Site) -> None:
    if change.after is None:
        shelf.remove(site.root / change.path)
    else:
        shelf.write(site.root / change.path, change.after)
