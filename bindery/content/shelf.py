"""What ingest may touch in content/: it reads what is there, writes what is the program's, and leaves what a person owns."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bindery.config import Site
from bindery.content import files, front_matter, provenance, store
from bindery.errors import ContentError
from bindery.model import Authority, Briefing, Place, Provenance

Outcome = Literal["written", "unchanged", "kept"]
"""kept: a person owns the file, every byte of it was left."""
_BESIDE = re.compile(r"\.\w{8}\.new", re.ASCII)
"""What `write` calls a file until it is whole."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A briefing as it stands in content/."""

    briefing: Briefing
    edited: bool
    """A person owns the file."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of content/ as ingest finds them."""

    briefings: tuple[Shelved, ...]
    authorities: tuple[Authority, ...]
    edited: frozenset[str]
    """Paths of the authority records a person owns."""

    def by_seed(self, sha256_by_seed: Mapping[str, str]) -> dict[str, Shelved]:
        """The briefing each seed was made into: found by its bytes first (the file may have been renamed), then by its name."""
        by_sha256 = {shelved.briefing.sha256: shelved for shelved in self.briefings}
        by_name = {shelved.briefing.seed: shelved for shelved in self.briefings}
        found = {seed: by_sha256[sha256] for seed, sha256 in sha256_by_seed.items() if sha256 in by_sha256}
        claimed = {shelved.briefing.id for shelved in found.values()}
        for seed in sha256_by_seed:
            shelved = by_name.get(seed)
            if seed not in found and shelved and shelved.briefing.id not in claimed:
                found[seed] = shelved
        return found

    def find(self, wanted: str) -> Briefing | None:
        """The briefing that somebody names by its id, slug, file or seed."""
        names = {wanted, Path(wanted).stem, Path(wanted).name}
        return next((one.briefing for one in self.briefings if names & {one.briefing.id, one.briefing.slug, one.briefing.seed}), None)


def open_shelf(site: Site) -> Shelf:
    """Read briefings and records. Raises an ExceptionGroup of ContentErrors, as publishing would."""
    errors: list[ContentError] = []
    briefings: list[Shelved] = []
    authorities: list[Authority] = []
    edited: set[str] = set()
    for path in store.markdown_files(site, store.BRIEFINGS):
        shown = f"content/{store.BRIEFINGS}/{path.name}"
        try:
            source = store.read_text(path, shown)
            briefing = store.with_provenance(files.read_briefing(source, shown), site)
            briefings.append(Shelved(briefing, front_matter.edited_by_hand(source)))
        except ContentError as error:
            errors.append(error)
    for kind in site.kinds:
        for path in store.markdown_files(site, kind.folder):
            shown = f"content/{kind.folder}/{path.name}"
            try:
                source = store.read_text(path, shown)
                authorities.append(files.read_authority(source, shown, kind))
            except ContentError as error:
                errors.append(error)
                continue
            if front_matter.edited_by_hand(source):
                edited.add(shown)
    if errors:
        raise ExceptionGroup("content/ cannot be read", errors)
    return Shelf(tuple(briefings), tuple(authorities), frozenset(edited))


def conflict_path(slug: str, site: Site) -> Path:
    """Where ingest lays the two changes of an edited briefing side by side."""
    return site.cache / "conflicts" / f"{slug}.txt"


def put_briefing(briefing: Briefing, site: Site) -> Outcome:
    return put(f"content/{store.BRIEFINGS}/{briefing.slug}.md", files.briefing_source(briefing), site)


def put_authority(authority: Authority, site: Site) -> Outcome:
    return put(f"content/{authority.id}.md", files.authority_source(authority), site)


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
    for path in site.content.glob("**/.*.new"):
        if _BESIDE.fullmatch(path.name):
            remove(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
