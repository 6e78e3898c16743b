"""A file with a piece for each briefing → its bytes: pieces of briefings that are as they were come out of the file that stands there.

Such a file is large and hardly anything of it changes: of `data/archive.json` an edit moves one line in ten thousand. Where the last
one was cut is kept in .cache/publish/; without it, or where the file is not the one it tells of, every piece is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bindery import sealed
from bindery.config import Site
from bindery.publish.ledger import FOLDER, Made

PREFIX = "pieces-"
"""Of the file that says how another one was cut."""


@dataclass(frozen=True, slots=True)
class Pieced:
    """A file that is made of a piece for each briefing, in their order."""

    head: bytes
    digests: Mapping[str, int]
    """Briefing id → digest of everything that its piece is made of."""
    piece: Callable[[str], bytes]
    """Makes the one of a briefing."""
    between: bytes = b""
    foot: bytes = b""


@dataclass(frozen=True, slots=True)
class Patched:
    """A file that is made of the one that stands there."""

    digests: Mapping[str, int]
    """As above."""
    make: Callable[[bytes, Mapping[str, int]], bytes]
    """Given the file and the digests of the last build, both empty where it is not known."""


class _Cut(msgspec.Struct, frozen=True, array_like=True):
    """Where the pieces of a file stand."""

    key: int
    """Of the file."""
    start: int
    """Of the first."""
    between: int
    """Bytes between two."""
    pieces: list[tuple[str, int, int]]
    """Briefing id, digest, length in bytes."""

    def spots(self) -> Iterator[tuple[str, int, int, int]]:
        """Briefing id, digest, start, end."""
        start = self.start
        for identifier, digest, length in self.pieces:
            yield identifier, digest, start, start + length
            start += length + self.between


class Pieces:
    """What stands of such files. `standing` has those that are as the last build left them: permalink → what was made there."""

    def __init__(self, site: Site, standing: Mapping[str, Made]) -> None:
        self._site = site
        self._standing = standing

    def content(self, permalink: str, key: int, file: Pieced | Patched) -> bytes:
        """The file at this permalink. `key` is that under which it will stand there."""
        return self._joined(permalink, key, file) if isinstance(file, Pieced) else self._patched(permalink, key, file)

    def _joined(self, permalink: str, key: int, file: Pieced) -> bytes:
        old, cut = self._before(permalink)
        view = memoryview(old)
        before = {identifier: (digest, view[start:end]) for identifier, digest, start, end in cut.spots()}
        pieces = [
            found[1] if (found := before.get(identifier)) and found[0] == digest else file.piece(identifier)
            for identifier, digest in file.digests.items()
        ]
        lengths = [(identifier, digest, len(piece)) for (identifier, digest), piece in zip(file.digests.items(), pieces, strict=True)]
        self._keep(permalink, _Cut(key, len(file.head), len(file.between), lengths))
        return b"".join((file.head, file.between.join(pieces), file.foot))

    def _patched(self, permalink: str, key: int, file: Patched) -> bytes:
        old, cut = self._before(permalink)
        self._keep(permalink, _Cut(key, 0, 0, [(identifier, digest, 0) for identifier, digest in file.digests.items()]))
        return file.make(old, {identifier: digest for identifier, digest, _ in cut.pieces})

    def _before(self, permalink: str) -> tuple[bytes, _Cut]:
        """The file that stands there, and how it was cut; empty where that is not known."""
        made = self._standing.get(permalink)
        cut = sealed.load(self._path(permalink), _Cut) if made else None
        if made is not None and cut is not None and cut.key == made.key:
            with suppress(OSError):
                old = (self._site.output / permalink).read_bytes()
                if len(old) == made.size:
                    return old, cut
        return b"", _Cut(0, 0, 0, [])

    def _keep(self, permalink: str, cut: _Cut) -> None:
        with sealed.kept(FOLDER):
            sealed.save(self._path(permalink), cut)

    def _path(self, permalink: str) -> Path:
        return self._site.cache / FOLDER / f"{PREFIX}{permalink.rpartition('/')[2]}"
