"""What a briefing gives to the pages of those it names, kept in .cache/publish/ and read for those that are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from bindery.config import Site
from bindery.publish.entries import Leaf
from bindery.publish.ledger import FOLDER
from bindery.segments import Segments, Spot


class _Worded(msgspec.Struct, frozen=True, array_like=True):
    """How a leaf begins."""

    shingles: bytes


class Leaves(Mapping[str, Leaf]):
    """Briefing id → its leaf, read from the disk when it is asked for. One that is damaged or missing is made again."""

    def __init__(self, site: Site, spots: Mapping[str, Spot], make: Mapping[str, Leaf]) -> None:
        self.spots = spots
        self._segments = Segments(site.cache / FOLDER)
        self._make = make
        self._decoder = msgspec.msgpack.Decoder(Leaf)
        self._worded = msgspec.msgpack.Decoder(_Worded)
        self._read: dict[str, Leaf] = {}

    def __getitem__(self, key: str) -> Leaf:
        found = self._read.get(key)
        if found is None:
            found = self._read[key] = self._stored(key) or self._make[key]
        return found

    def shingles(self, key: str) -> bytes:
        """Of a briefing's whole text, without the rest of its leaf."""
        try:
            data = self._bytes(key)
            return self._worded.decode(data).shingles if data is not None else self[key].shingles
        except msgspec.MsgspecError:
            return self[key].shingles

    def forget(self) -> None:
        """What was read."""
        self._read.clear()

    def close(self) -> None:
        self._segments.close()

    def _stored(self, key: str) -> Leaf | None:
        data = self._bytes(key)
        try:
            return self._decoder.decode(data) if data is not None else None
        except msgspec.MsgspecError:
            return None

    def _bytes(self, key: str) -> bytes | None:
        spot = self.spots.get(key)
        return self._segments.read(spot) if spot else None

    def __iter__(self) -> Iterator[str]:
        return iter(self.spots)

    def __len__(self) -> int:
        return len(self.spots)
