"""What a briefing gives to the pages of those it names, kept in .cache/publish/ and read for those that are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import msgspec

from bindery.model import AuthorityId
from bindery.publish.co_mentions import Shared
from bindery.publish.entries import Leaf, Said
from bindery.publish.figures.told import Told
from bindery.publish.views.concordance import Quotation
from bindery.segments import Segments, Spot

T = TypeVar("T")
RECENT = 1024
"""Leaves at hand: a page of a name asks for each of its own several times."""


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    """A leaf as it is stored: the fields of Leaf in their order, none of them read."""

    shingles: msgspec.Raw
    lead: msgspec.Raw
    quotations: dict[AuthorityId, msgspec.Raw]
    roles: dict[AuthorityId, msgspec.Raw]
    shared: msgspec.Raw
    figures: msgspec.Raw
    data: msgspec.Raw
    line_count_by_rule: msgspec.Raw
    line_count_by_fate: msgspec.Raw
    note_count: msgspec.Raw


def _reading(of: type[T]) -> Callable[[msgspec.Raw], T]:
    return msgspec.msgpack.Decoder(of).decode


_read_leaf = msgspec.msgpack.Decoder(_Packed).decode
_read_bytes, _read_text, _read_number = _reading(bytes), _reading(str), _reading(int)
_read_counts = _reading(dict[str, int])
_read_quotations, _read_roles = _reading(list[Quotation]), _reading(list[Said])
_read_shared, _read_figures = _reading(list[Shared]), _reading(list[Told])


class Stored:
    """A leaf on the disk. Each of its fields is read when it is asked for: a page of a name wants what is said of that name alone, and
    ten thousand leaves that are read whole take more memory than all else."""

    __slots__ = ("_packed",)

    def __init__(self, data: bytes) -> None:
        self._packed = _read_leaf(data)

    @property
    def shingles(self) -> bytes:
        return _read_bytes(self._packed.shingles)

    @property
    def lead(self) -> str:
        return _read_text(self._packed.lead)

    @property
    def quotations(self) -> Mapping[AuthorityId, list[Quotation]]:
        return _ByName(self._packed.quotations, _read_quotations)

    @property
    def roles(self) -> Mapping[AuthorityId, list[Said]]:
        return _ByName(self._packed.roles, _read_roles)

    @property
    def shared(self) -> list[Shared]:
        return _read_shared(self._packed.shared)

    @property
    def figures(self) -> list[Told]:
        return _read_figures(self._packed.figures)

    @property
    def data(self) -> str:
        return _read_text(self._packed.data)

    @property
    def line_count_by_rule(self) -> dict[str, int]:
        return _read_counts(self._packed.line_count_by_rule)

    @property
    def line_count_by_fate(self) -> dict[str, int]:
        return _read_counts(self._packed.line_count_by_fate)

    @property
    def note_count(self) -> int:
        return _read_number(self._packed.note_count)


class _ByName(Mapping[AuthorityId, list[T]]):
    """What is said of everybody, read for those of whom it is asked."""

    __slots__ = ("_packed", "_read")

    def __init__(self, packed: dict[AuthorityId, msgspec.Raw], read: Callable[[msgspec.Raw], list[T]]) -> None:
        self._packed = packed
        self._read = read

    def __getitem__(self, key: AuthorityId) -> list[T]:
        return self._read(self._packed[key])

    def __iter__(self) -> Iterator[AuthorityId]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


class Leaves(Mapping[str, Leaf | Stored]):
    """Briefing id → its leaf, read from the disk when it is asked for. One that is damaged or missing is made again."""

    def __init__(self, segments: Segments, spots: Mapping[str, Spot], make: Mapping[str, Leaf]) -> None:
        self.spots = spots
        self._segments = segments
        self._make = make
        self._recent: dict[str, Stored] = {}
        self._made: dict[str, Leaf] = {}

    def __getitem__(self, key: str) -> Leaf | Stored:
        found = self._recent.get(key) or self._made.get(key)
        if found is None:
            stored = self._stored(key)
            if stored is None:
                found = self._made[key] = self._make[key]
            else:
                if len(self._recent) >= RECENT:
                    self._recent.clear()
                found = self._recent[key] = stored
        return found

    def shingles(self, key: str) -> bytes:
        """Of a briefing's whole text."""
        return self[key].shingles

    def _stored(self, key: str) -> Stored | None:
        spot = self.spots.get(key)
        data = self._segments.read(spot) if spot else None
        try:
            return Stored(data) if data is not None else None
        except msgspec.MsgspecError:
            return None

    def __iter__(self) -> Iterator[str]:
        return iter(self.spots)

    def __len__(self) -> int:
        return len(self.spots)
