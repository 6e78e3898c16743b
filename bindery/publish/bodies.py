"""A briefing and its blocks as they may be shown, kept in .cache/publish/ behind its leaf: read, and not made, by every later page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import msgspec

from bindery.model import Briefing
from bindery.publish.block import Block
from bindery.segments import Segments, Spot

Body = tuple[Briefing, tuple[Block, ...]]
RECENT = 32
"""Kept as they were last read: a briefing's files are made one after the other."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[Briefing, tuple[Block, ...]]).decode


def packed(briefing: Briefing, blocks: tuple[Block, ...]) -> bytes:
    """Without what no page shows: old addresses, which the blocks have, and unknown front matter that is no text."""
    extra = {key: value for key, value in briefing.extra.items() if isinstance(value, str)}
    return _encode((replace(briefing, anchors=(), extra=extra), blocks))


def unpacked(data: bytes) -> Body:
    """Raises MsgspecError."""
    return _decode(data)


class Bodies:
    """Briefing id → it and its blocks, from the disk, or made again where they are damaged or missing."""

    def __init__(self, segments: Segments, spots: Mapping[str, Spot], make: Callable[[str], Body]) -> None:
        self._segments = segments
        self._spots = spots
        self._make = make
        self._recent: dict[str, Body] = {}
        self._made: dict[str, Body] = {}

    def __call__(self, identifier: str) -> Body:
        found = self._made.get(identifier) or self._recent.get(identifier)
        if found is None:
            found = self._stored(identifier)
            if found is None:
                return self.renew(identifier)
            if len(self._recent) >= RECENT:
                self._recent.clear()
            self._recent[identifier] = found
        return found

    def renew(self, identifier: str) -> Body:
        """Make it again, whatever is on the disk."""
        found = self._made[identifier] = self._make(identifier)
        return found

    def _stored(self, identifier: str) -> Body | None:
        spot = self._spots.get(identifier)
        data = self._segments.more(spot) if spot else None
        try:
            return unpacked(data) if data is not None else None
        except msgspec.MsgspecError:
            return None
