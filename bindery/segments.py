"""Many small values in few files below .cache/: each is read by itself, and those of one run are written together."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Self

import msgspec

MOST = 8
"""Segments, of which each run that made something adds one, before they are written together into one."""
PREFIX = "segment-"


BUFFER = 1 << 18
"""Bytes that are written at once: some fifty leaves of briefings."""


class Spot(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where a value stands."""

    segment: str
    start: int
    length: int
    checksum: int


class Segment:
    """A new file of values. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.name = f"{PREFIX}{os.urandom(8).hex()}"
        self.spots: dict[str, Spot] = {}
        self._file = (folder / self.name).open("wb", BUFFER)
        self._length = 0

    def add(self, key: str, data: bytes) -> None:
        self._file.write(data)
        self.spots[key] = Spot(self.name, self._length, len(data), zlib.crc32(data))
        self._length += len(data)

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
        try:
            file = self._files.get(spot.segment)
            if file is None:
                file = self._files[spot.segment] = (self._folder / spot.segment).open("rb")
            data = os.pread(file.fileno(), spot.length, spot.start) if hasattr(os, "pread") else _sought(file, spot)
        except OSError:
            return None
        return data if zlib.crc32(data) == spot.checksum else None

    def close(self) -> None:
        for file in self._files.values():
            file.close()
        self._files.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def joined(folder: Path, spots: Mapping[str, Spot]) -> dict[str, Spot]:
    """The same values, written together into one file where they stand in too many. What is damaged is left out."""
    if len({spot.segment for spot in spots.values()}) <= MOST:
        return dict(spots)
    with Segments(folder) as segments, Segment(folder) as segment:
        for key, spot in spots.items():
            if (data := segments.read(spot)) is not None:
                segment.add(key, data)
    return segment.spots


def drop_unused(folder: Path, spots: Iterable[Spot]) -> None:
    """Delete the files in which none of these stands."""
    used = {spot.segment for spot in spots}
    for path in folder.glob(f"{PREFIX}*"):
        if path.name not in used:
            path.unlink(missing_ok=True)


def _sought(file: IO[bytes], spot: Spot) -> bytes:
    file.seek(spot.start)
    return file.read(spot.length)
