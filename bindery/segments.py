"""Many small values in few files below .cache/: each is read by itself, and those of one run are written together."""

from __future__ import annotations

import os
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

import msgspec

MOST = 8
"""Segments, of which each run that made something adds one, before they are written together."""
PREFIX = "segment-"


BUFFER = 1 << 18
"""Bytes that are written at once: some thirty briefings."""
_CHECKED = 4
"""Bytes of a checksum."""


class Spot(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where a value stands."""

    segment: str
    start: int
    length: int
    checksum: int
    more: int = 0
    """Bytes of what stands behind it, and is read by itself."""


class Segment:
    """A new file of values. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.name = f"{PREFIX}{os.urandom(8).hex()}"
        self.spots: dict[str, Spot] = {}
        self._file = (folder / self.name).open("wb", BUFFER)
        self._length = 0

    def add(self, key: str, data: bytes, more: bytes = b"") -> None:
        """`more` is what is wanted of the same thing at another time."""
        behind = zlib.crc32(more).to_bytes(_CHECKED) + more if more else b""
        self._file.write(data)
        self._file.write(behind)
        self.spots[key] = Spot(self.name, self._length, len(data), zlib.crc32(data), len(behind))
        self._length += len(data) + len(behind)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


class Segments:
    """The files of a folder, read where a spot says. Use as a context manager, or close."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, IO[bytes]] = {}

    def read(self, spot: Spot) -> bytes | None:
        """The bytes that were put there; None where they are missing or damaged."""
        data = self._bytes(spot.segment, spot.start, spot.length)
        return data if data is not None and zlib.crc32(data) == spot.checksum else None

    def more(self, spot: Spot) -> bytes | None:
        """What stands behind them, the same."""
        found = self._bytes(spot.segment, spot.start + spot.length, spot.more) or b""
        data = found[_CHECKED:]
        return data if found and found[:_CHECKED] == zlib.crc32(data).to_bytes(_CHECKED) else None

    def _bytes(self, segment: str, start: int, length: int) -> bytes | None:
        try:
            file = self._files.get(segment)
            if file is None:
                file = self._files[segment] = (self._folder / segment).open("rb")
            return os.pread(file.fileno(), length, start) if hasattr(os, "pread") else _sought(file, start, length)
        except OSError:
            return None

    def close(self) -> None:
        for file in self._files.values():
            file.close()
        self._files.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def joined(folder: Path, spots: Mapping[str, Spot]) -> dict[str, Spot]:
    """The same values, written together into one file where they stand in too many: all but those of the largest, unless most of what
    that holds is wanted no more. What is damaged is left out."""
    wanted = Counter[str]()
    for spot in spots.values():
        wanted[spot.segment] += spot.length + spot.more
    if len(wanted) <= MOST:
        return dict(spots)
    (largest, size), *_ = wanted.most_common(1)
    with suppress(OSError):
        if (folder / largest).stat().st_size > 2 * size:
            largest = ""
    found = {key: spot for key, spot in spots.items() if spot.segment == largest}
    with Segments(folder) as segments, Segment(folder) as segment:
        for key, spot in spots.items():
            if key not in found and (data := segments.read(spot)) is not None:
                segment.add(key, data, segments.more(spot) or b"")
    return found | segment.spots


def drop_unused(folder: Path, spots: Iterable[Spot]) -> None:
    """Delete the files in which none of these stands."""
    used = {spot.segment for spot in spots}
    for path in folder.glob(f"{PREFIX}*"):
        if path.name not in used:
            path.unlink(missing_ok=True)


def _sought(file: IO[bytes], start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)
