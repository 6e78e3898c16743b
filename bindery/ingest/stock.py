"""content/ → what ingest has to know of it: of a file that is as it was, what was read of it then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from bindery import reading, stamps
from bindery.config import Site
from bindery.content import decisions, files, lock, past, shelf, store
from bindery.content.decisions import Decisions
from bindery.content.past import Past
from bindery.content.shelf import Record, Shelf
from bindery.errors import ContentError
from bindery.ingest.inputs import Known
from bindery.ingest.ledger import Memory
from bindery.model import Kind

Read = TypeVar("Read")
Noted = dict[str, tuple[int, Read]]


@dataclass(frozen=True, slots=True)
class Stock:
    """Everything that is decided and given away already."""

    shelf: Shelf
    decided: Decisions
    past: Past


def take(site: Site, known: Known, memory: Memory) -> Stock:
    """The memory then has just what is there. Raises ContentError, alone or in an ExceptionGroup that names every unreadable file."""
    reader = _Reader(site, known)
    shelved = reader.read(_files(store.BRIEFINGS, known), memory.shelved, shelf.shelved)
    records: dict[str, tuple[int, Record]] = {}
    for kind in site.kinds:
        records |= reader.read(_files(kind.folder, known), memory.records, partial(_record, kind))
    origins = reader.read(_origins((one.id for _, one in shelved.values()), known), memory.origins, past.origin_in)
    if reader.errors:
        raise ExceptionGroup("content/ cannot be read", reader.errors)
    decided, addresses = decisions.load(site.content), lock.read(site.root)
    published = past.published(addresses)
    origins |= reader.read(_origins(published, known), {**memory.origins, **origins}, past.origin_in)
    if reader.errors:
        raise reader.errors[0]
    memory.shelved, memory.records, memory.origins = shelved, records, origins
    seeds = {identifier: origins[shown][1] for identifier in published if (shown := _origin(identifier)) in origins}
    present = Shelf.of((one for _, one in shelved.values()), (one for _, one in records.values()))
    return Stock(present, decided, past.of(addresses, seeds))


class _Reader:
    """Gathers what is wrong with the files it reads."""

    def __init__(self, site: Site, known: Known) -> None:
        self.errors: list[ContentError] = []
        self._site = site
        self._known = known

    def read(self, paths: Iterable[str], before: Mapping[str, tuple[int, Read]], read: Callable[[str, str], Read]) -> Noted[Read]:
        """Path → what was read of the file, with the digest of just that; what was read `before` is not read again."""
        noted: Noted[Read] = {}
        for shown in paths:
            known = before.get(shown)
            if known is not None and known[0] == self._known.digest(shown):
                noted[shown] = known
                continue
            try:
                if "\\" in shown:  # a name with bytes that are no text, written so that it can be read: no slug, and no file's name
                    files.slug_of(shown)
                data = reading.data(f"{self._site.root}/{shown}", shown, ContentError)
                noted[shown] = stamps.digest(data), read(reading.decoded(data, shown, ContentError), shown)
            except ContentError as error:
                self.errors.append(error)
        return noted


def _record(kind: Kind, source: str, shown: str) -> Record:
    return shelf.record(source, shown, kind)


def _files(folder: str, known: Known) -> list[str]:
    """The Markdown files of a folder, by slug."""
    names = sorted((name for name in known.folders[folder] if name != store.README), key=lambda name: name.removesuffix(".md"))
    return [f"content/{folder}/{name}" for name in names]


def _origins(identifiers: Iterable[str], known: Known) -> list[str]:
    """The files that tell where briefings come from, of those that have one."""
    return [shown for identifier in identifiers if known.digest(shown := _origin(identifier)) is not None]


def _origin(identifier: str) -> str:
    return f"content/{store.PROVENANCE}/{identifier}.tsv"
