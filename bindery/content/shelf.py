"""What ingest may touch in content/: it reads what is there, writes what is the program's, and leaves what a person owns."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

import msgspec

from bindery.config import Site
from bindery.content import files, front_matter, provenance, store
from bindery.errors import ContentError
from bindery.model import Authority, AuthorityId, Briefing, Kind, Place, Provenance

Outcome = Literal["written", "unchanged", "kept"]
"""kept: a person owns the file, every byte of it was left."""
_BESIDE = re.compile(r"\.\w{8}\.new", re.ASCII)
"""What `write` calls a file until it is whole."""


class Printed(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A form that a briefing prints for a record."""

    form: str
    authority: AuthorityId
    role: str | None


class Shelved(msgspec.Struct, frozen=True, array_like=True):
    """A briefing as it stands in content/: what ingest has to know of all of them at once."""

    id: str
    slug: str
    path: str
    title: str | None
    seed: str | None
    sha256: str | None
    edited: bool
    """A person owns the file."""
    printed: tuple[Printed, ...]
    """Each once, in the order of the text."""


class Record(msgspec.Struct, frozen=True, array_like=True):
    """An authority record as it stands in content/."""

    authority: Authority
    edited: bool
    """A person owns the file."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of content/ as ingest finds them."""

    briefings: tuple[Shelved, ...]
    authorities: tuple[Authority, ...]
    edited: frozenset[str]
    """Paths of the authority records a person owns."""

    @classmethod
    def of(cls, briefings: Iterable[Shelved], records: Iterable[Record]) -> Self:
        records = list(records)
        edited = frozenset(record.authority.path for record in records if record.edited)
        return cls(tuple(briefings), tuple(record.authority for record in records), edited)

    def by_seed(self, sha256_by_seed: Mapping[str, str]) -> dict[str, Shelved]:
        """The briefing each seed was made into: found by its bytes first (the file may have been renamed), then by its name."""
        by_sha256 = {shelved.sha256: shelved for shelved in self.briefings}
        by_name = {shelved.seed: shelved for shelved in self.briefings}
        found = {seed: by_sha256[sha256] for seed, sha256 in sha256_by_seed.items() if sha256 in by_sha256}
        claimed = {shelved.id for shelved in found.values()}
        for seed in sha256_by_seed:
            shelved = by_name.get(seed)
            if seed not in found and shelved and shelved.id not in claimed:
                found[seed] = shelved
        return found

    def find(self, wanted: str) -> Shelved | None:
        """The briefing that somebody names by its id, slug, file or seed."""
        names = {wanted, Path(wanted).stem, Path(wanted).name}
        return next((one for one in self.briefings if names & {one.id, one.slug, one.seed}), None)


def open_shelf(site: Site) -> Shelf:
    """Read briefings and records. Raises an ExceptionGroup of ContentErrors, as publishing would."""
    errors: list[ContentError] = []
    briefings: list[Shelved] = []
    records: list[Record] = []
    for path in store.markdown_files(site, store.BRIEFINGS):
        shown = f"content/{store.BRIEFINGS}/{path.name}"
        try:
            briefings.append(shelved(store.read_text(path, shown), shown))
        except ContentError as error:
            errors.append(error)
    for kind in site.kinds:
        for path in store.markdown_files(site, kind.folder):
            shown = f"content/{kind.folder}/{path.name}"
            try:
                records.append(record(store.read_text(path, shown), shown, kind))
            except ContentError as error:
                errors.append(error)
    if errors:
        raise ExceptionGroup("content/ cannot be read", errors)
    return Shelf.of(briefings, records)


def shelved(source: str, path: str) -> Shelved:
    """What ingest knows of a briefing, from its file. Raises ContentError."""
    read = files.read_briefing(source, path)
    printed = dict.fromkeys(Printed(read.text[one.start : one.end], one.authority, one.role) for one in read.mentions)
    edited = front_matter.edited_by_hand(source)
    return Shelved(read.id, read.slug, path, read.title, read.seed, read.sha256, edited, tuple(printed))


def record(source: str, path: str, kind: Kind) -> Record:
    """An authority record from its file. Raises ContentError."""
    return Record(files.read_authority(source, path, kind), front_matter.edited_by_hand(source))


def whole(shelved: Shelved, site: Site) -> Briefing:
    """The briefing with its text and its provenance. Raises ContentError."""
    return store.with_provenance(files.read_briefing(store.read_text(site.root / shelved.path, shelved.path), shelved.path), site)


def conflict_path(slug: str, site: Site) -> Path:
    """Where ingest lays the two changes of an edited briefing side by side."""
    return site.cache / "conflicts" / f"{slug}.txt"


def put_provenance(identifier: str, record: Provenance, site: Site) -> Outcome:
    """The program's own file: replaced whenever it differs."""
    path = store.provenance_path(identifier, site)
    source = provenance.dump(record)
    if path.exists() and path.read_bytes() == source.encode():
        return "unchanged"
    write(path, source)
    return "written"


def put(shown: str, source: str, site: Site) -> Outcome:
    """Write a signed file unless it is already so, or a person owns the one that is there."""
    path = site.root / shown
    if path.exists():
        present = store.read_text(path, shown)
        if front_matter.edited_by_hand(present):
            return "kept"
        if present == source:
            return "unchanged"
    write(path, source)
    return "written"


FEW = 50
"""Files for each of which a build waits until the disk has them; of more it would wait for minutes."""


def write(path: Path, source: str, *, at_once: bool = True) -> None:
    """Write beside, then rename: a file of content/ is never torn. Raises ContentError.

    Without `at_once` the system writes it to the disk when it likes: for the program's own files, which it can make anew.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(source)
                if at_once:
                    file.flush()
                    os.fsync(file.fileno())
            Path(temporary).chmod(0o666 & ~_umask())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ContentError(
            f"cannot be written: {error.strerror}", at=Place(str(path)), fix="check the free space and that you may write here"
        ) from error


def remove(path: Path) -> None:
    """Delete a file of content/, if it is there. Raises ContentError."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        fix = "check that you may write in its folder"
        raise ContentError(f"cannot be removed: {error.strerror}", at=Place(str(path)), fix=fix) from error


def sweep(site: Site) -> None:
    """Clear away what a run that was killed had begun to write beside its files."""
    for folder, folders, names in os.walk(site.content):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.endswith(".new") and _BESIDE.fullmatch(name):
                remove(Path(folder, name))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
