"""What a build remembers for the next one: .cache/publish/. Without it, or with one that is not whole, everything is made anew."""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import IO, Self

import msgspec

from bindery.config import Site
from bindery.content.lock import Address
from bindery.model import Authority, AuthorityId
from bindery.publish.entries import Entry, Leaf
from bindery.publish.inputs import Stamp

FOLDER = "publish"
FILE = "ledger"
HEAD = b"bindery ledger 1\n"
DIGEST_SIZE = 16
LIBRARIES = ("jinja2", "markdown", "markupsafe", "msgspec", "pagefind_bin")
"""What else decides how pages look."""
BUFFER = 1 << 18
"""Bytes of leaves that are written at once: some fifty."""
SEGMENTS = 8
"""Files of leaves, of which each build that read something adds one, before they are written together into one."""


class Made(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file of the site."""

    key: int
    """Of everything it was made from."""
    size: int
    modified: int
    """As the system says it, in nanoseconds: a file that somebody changed is made again."""
    sha256: bytes


class Spot(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where a leaf stands."""

    segment: str
    start: int
    length: int
    checksum: int


class Ledger(msgspec.Struct):
    """Everything the last build knew. An empty one knows nothing."""

    program: str = ""
    site: int = 0
    """Digest of the configuration."""
    folders: dict[str, dict[str, Stamp]] = {}
    """Folder → the stamps of its files."""
    templates: dict[str, int] = {}
    """Template → digest of it and of everything it is made of."""
    merged: dict[AuthorityId, AuthorityId] = {}
    entries: list[Entry] = []
    own: dict[str, int] = {}
    """Briefing id → digest of everything its entry and its leaf were made from."""
    leaves: dict[str, Spot] = {}
    records: dict[str, Authority] = {}
    """File name of each record that is in order, and what it says."""
    outputs: dict[str, Made] = {}
    """Permalink → what stands there, of all that the plan names."""
    closing: dict[str, Made] = {}
    """The same of what was made of those: the search, the archive to take away."""
    is_closed: bool = False
    """`closing` was made of just these outputs."""
    published: int = 0
    """Digest of the addresses that the lock had when `kept` was found."""
    kept: list[Address] = []
    """Addresses without a page of their own, and what stands for them."""
    page_count: int = 0
    stale: list[str] = []
    """Permalinks that are not yet in the twin of the site as they are in the site."""
    live: int = 0
    """The number that the system gave the site's folder; 0: it is not known what stands in it."""
    twin: int = 0


def program(site_files: Mapping[str, Stamp]) -> str:
    """What makes pages: program, Python and libraries, by their digests and versions."""
    files = ",".join(f"{name}:{stamp.digest}" for name, stamp in site_files.items() if name.startswith("bindery/"))
    libraries = ",".join(version(name) for name in LIBRARIES)
    return hashlib.blake2b(f"{sys.version}|{libraries}|{files}".encode(), digest_size=16).hexdigest()


def load(site: Site) -> Ledger:
    """The ledger of the last build; an empty one where there is none, or a damaged one."""
    try:
        data = (site.cache / FOLDER / FILE).read_bytes()
        body = data[len(HEAD) + DIGEST_SIZE :]
        if not data.startswith(HEAD) or data[len(HEAD) : len(HEAD) + DIGEST_SIZE] != _checksum(body):
            return Ledger()
        return msgspec.msgpack.decode(body, type=Ledger)
    except (OSError, msgspec.MsgspecError):
        return Ledger()


def save(ledger: Ledger, site: Site) -> None:
    """Whole or not at all."""
    folder = site.cache / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    body = msgspec.msgpack.encode(ledger)
    half = folder / f"{FILE}.part"
    half.write_bytes(HEAD + _checksum(body) + body)
    half.replace(folder / FILE)
    used = {spot.segment for spot in ledger.leaves.values()}
    for path in folder.glob("leaves-*"):
        if path.name not in used:
            path.unlink(missing_ok=True)


def forget(site: Site) -> None:
    """The next build makes everything anew."""
    (site.cache / FOLDER / FILE).unlink(missing_ok=True)


class Leaves(Mapping[str, Leaf]):
    """Briefing id → its leaf, read from the disk when it is asked for. One that is damaged or missing is made again."""

    def __init__(self, site: Site, spots: Mapping[str, Spot], make: Mapping[str, Leaf]) -> None:
        self.spots = spots
        self._folder = site.cache / FOLDER
        self._make = make
        self._files: dict[str, IO[bytes]] = {}
        self._decoder = msgspec.msgpack.Decoder(Leaf)
        self._read: dict[str, Leaf] = {}

    def __getitem__(self, key: str) -> Leaf:
        found = self._read.get(key)
        if found is None:
            found = self._read[key] = self._stored(key) or self._make[key]
        return found

    def raw(self, spot: Spot) -> bytes:
        """The bytes of a leaf, whatever they are. Raises OSError."""
        file = self._files.get(spot.segment)
        if file is None:
            file = self._files[spot.segment] = (self._folder / spot.segment).open("rb")
        return os.pread(file.fileno(), spot.length, spot.start) if hasattr(os, "pread") else _sought(file, spot)

    def forget(self) -> None:
        """What was read."""
        self._read.clear()

    def close(self) -> None:
        for file in self._files.values():
            file.close()
        self._files.clear()

    def _stored(self, key: str) -> Leaf | None:
        spot = self.spots.get(key)
        if spot is None:
            return None
        try:
            data = self.raw(spot)
            return self._decoder.decode(data) if zlib.crc32(data) == spot.checksum else None
        except (OSError, msgspec.MsgspecError):
            return None

    def __iter__(self) -> Iterator[str]:
        return iter(self.spots)

    def __len__(self) -> int:
        return len(self.spots)


class Segment:
    """A new file of leaves. Use as a context manager."""

    def __init__(self, site: Site, name: str) -> None:
        folder = site.cache / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        self.name = name
        self.spots: dict[str, Spot] = {}
        self._file = (folder / name).open("wb", BUFFER)
        self._encoder = msgspec.msgpack.Encoder()
        self._length = 0

    def add(self, key: str, leaf: Leaf) -> None:
        self.add_raw(key, self._encoder.encode(leaf))

    def add_raw(self, key: str, data: bytes) -> None:
        self._file.write(data)
        self.spots[key] = Spot(self.name, self._length, len(data), zlib.crc32(data))
        self._length += len(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def joined(leaves: Leaves, keys: Iterable[str], site: Site) -> dict[str, Spot]:
    """The spots of these leaves; written together into one file where they stand in too many."""
    kept = {key: leaves.spots[key] for key in keys if key in leaves.spots}
    if len({spot.segment for spot in kept.values()}) <= SEGMENTS:
        return kept
    with Segment(site, segment_name()) as segment:
        for key, spot in kept.items():
            segment.add_raw(key, leaves.raw(spot))
    return segment.spots


def segment_name(process: int = 0) -> str:
    """Unlike that of any other segment."""
    return f"leaves-{os.urandom(6).hex()}-{process}"


def _sought(file: IO[bytes], spot: Spot) -> bytes:
    file.seek(spot.start)
    return file.read(spot.length)


def _checksum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=DIGEST_SIZE).digest()
