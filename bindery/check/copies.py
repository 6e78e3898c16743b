"""A copy of a published archive, as a folder or a ZIP file → whether it is as it was published, by the manifest that came with it.

A copy is hostile: its manifest may name any path, its ZIP file may be damaged anywhere. Nothing is unpacked, and nothing outside it is
read but the seeds.
"""

from __future__ import annotations

import errno
import hashlib
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath, PurePosixPath
from typing import IO

import msgspec

from bindery.errors import SiteError
from bindery.model import Finding, Place
from bindery.publish.manifest import FILE

SITE, SEEDS = "site", "seeds"
"""Of an archive's own folder, what the manifest speaks of."""
LARGEST = 1 << 28
"""Bytes of a manifest: a hundred times that of ten thousand briefings."""
KEPT_BY_GIT = ".git"
"""A branch that is published is a copy with its history beside it."""
NOTHING = f"it has no {FILE}, so that nothing says what was published"
WHERE = f"name the folder that has {FILE} beside index.html, the folder of an archive, or archive.zip"
AGAIN = "take this file, or the whole copy, from where it is published"
DAMAGED = (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError)
"""What a file raises that cannot be read, in a folder or in a ZIP file with bits flipped anywhere."""
Open = Callable[[], IO[bytes]]


class Manifest(msgspec.Struct):
    """manifest.json, as publish writes it."""

    files: dict[str, str]
    seeds: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy holds."""

    name: str
    """As the person who asked calls it."""
    files: Mapping[str, Open]
    """Path as in the site → what reads it; without the manifest."""
    repeated: tuple[str, ...]
    """Paths that a ZIP file has more than once, and members outside its one folder."""
    manifest: Open
    seeds: Path | None
    """The folder of the seeds, where it lies beside the site."""


@dataclass(frozen=True, slots=True)
class Verified:
    findings: tuple[Finding, ...]
    file_count: int
    seed_count: int
    sha256: str
    """Of the manifest: two people who read the same here have the same archive."""


def verify(path: Path, *, manifest: Path | None = None, seeds: Path | None = None, is_partial: bool = False) -> Verified:
    """Hold a copy against its manifest, or against another one of the same kind of copy.

    `path` is a site, the folder of an archive, or a ZIP file; of a partial copy what is not there is not missed.
    Raises SiteError where there is nothing to hold it against.
    """
    with opened(path) as copy:
        name = manifest.name if manifest else f"{copy.name}/{FILE}"
        data = _whole(partial(_regular, manifest) if manifest else copy.manifest, name)
        listed = _read(data, name)
        folder = seeds or copy.seeds
        captured = listed.seeds if folder else {}
        findings = [*_changed(copy, listed.files, is_partial=is_partial), *_extra(copy, listed.files)]
        if folder:
            findings += _changed_seeds(folder, captured, is_partial=is_partial)
    return Verified(tuple(findings), len(listed.files), len(captured), hashlib.sha256(data).hexdigest())


@contextmanager
def opened(path: Path) -> Iterator[Copy]:
    """What a folder or a ZIP file holds. Raises SiteError for one without a manifest."""
    if path.is_dir():
        yield _laid_out(path)
    else:
        with _archive(path) as archive:
            yield _packed(path.name, archive)


def _laid_out(path: Path) -> Copy:
    root = path / SITE if (path / SITE / FILE).is_file() and not (path / FILE).exists() else path
    if not (root / FILE).is_file():
        raise SiteError(NOTHING, at=Place(str(path)), fix=WHERE)
    files = {name: partial(_regular, root / name) for name in _walked(root) if name != FILE}
    beside = path / SEEDS if root != path and (path / SEEDS).is_dir() else None
    return Copy(path.name, files, (), partial(_regular, root / FILE), beside)


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise SiteError("no such file or folder", at=Place(str(path)), fix=WHERE) from error
    except (*DAMAGED, ValueError) as error:
        raise SiteError(f"it cannot be read as a ZIP file: {error}", at=Place(path.name), fix="download it again") from error


def _packed(name: str, archive: zipfile.ZipFile) -> Copy:
    members = [member for member in archive.infolist() if not member.is_dir()]
    tops = [member.filename.removesuffix(FILE) for member in members if PurePosixPath(member.filename).name == FILE]
    if not tops:
        raise SiteError(NOTHING, at=Place(name), fix=WHERE)
    top = min(tops, key=len)
    files: dict[str, Open] = {}
    repeated = []
    for member in members:
        inside = member.filename.removeprefix(top)
        if inside in files or not member.filename.startswith(top):
            repeated.append(member.filename)
        files[inside] = partial(archive.open, member)
    return Copy(name, {path: file for path, file in files.items() if path != FILE}, tuple(repeated), files[FILE], None)


def _walked(root: Path) -> Iterator[str]:
    """Paths of all files below a folder."""
    for base, folders, names in os.walk(root):
        folders[:] = sorted(folder for folder in folders if folder != KEPT_BY_GIT)
        inside = Path(base).relative_to(root)
        linked = [folder for folder in folders if Path(base, folder).is_symlink()]
        yield from ((inside / name).as_posix() for name in (*sorted(names), *linked))


def _read(data: bytes, name: str) -> Manifest:
    fix = "take it from where the archive is published; without it nothing can be said of the copy"
    try:
        listed = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise SiteError(f"it is damaged: {error}", at=Place(name), fix=fix) from error
    outside = next((path for path in (*listed.files, *listed.seeds) if _leads_out(path)), None)
    if outside is not None:
        raise SiteError(f"it names {outside!r}, which is no path inside an archive", at=Place(name), fix=fix)
    return listed


def _whole(opening: Open, name: str) -> bytes:
    fix = "take it from where the archive is published"
    try:
        with opening() as file:
            data = file.read(LARGEST + 1)
    except DAMAGED as error:
        raise SiteError(_unreadable(error), at=Place(name), fix=fix) from error
    if len(data) > LARGEST:
        raise SiteError("it is too large to be a manifest", at=Place(name), fix=fix)
    return data


def _regular(path: Path) -> IO[bytes]:
    """Raises OSError also for a pipe, which would never end."""
    if not path.is_file():
        raise OSError(errno.EINVAL, "it is no file")
    return path.open("rb")


def _leads_out(name: str) -> bool:
    path = PurePath(name)
    return path.is_absolute() or bool(path.drive) or ".." in path.parts


def _changed(copy: Copy, digests: Mapping[str, str], *, is_partial: bool) -> Iterator[Finding]:
    for path, digest in sorted(digests.items()):
        if path in copy.files:
            found, problem = _digest(copy.files[path])
            if found != digest:
                yield Finding("changed-file", Place(path), problem or "its bytes are not those that were published", AGAIN)
        elif not is_partial:
            yield Finding("missing-file", Place(path), "it was published, and is not in this copy", AGAIN)


def _extra(copy: Copy, published: Iterable[str]) -> Iterator[Finding]:
    for path in sorted({*(copy.files.keys() - published), *copy.repeated}):
        yield Finding("extra-file", Place(path), "nobody published it", "find out who put it there, and delete it")


def _changed_seeds(folder: Path, captured: Mapping[str, Iterable[str]], *, is_partial: bool) -> Iterator[Finding]:
    """Files of seeds/ of which no briefing was made are none of the manifest's."""
    fix = "restore it from the git history or from where it was captured"
    for name, digests in sorted(captured.items()):
        path, at = folder / name, Place(f"{SEEDS}/{name}")
        if path.is_file():
            found, problem = _digest(partial(_regular, path))
            if found not in digests:
                yield Finding("changed-file", at, problem or "its bytes are not those that its briefing was made of", fix)
        elif not is_partial:
            yield Finding("missing-file", at, "a briefing was made of it, and it is not there", fix)


def _digest(opening: Open) -> tuple[str, str | None]:
    """SHA-256 of a file, or why it has none."""
    try:
        with opening() as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), None  # type: ignore[arg-type]  # a member of a ZIP file has all it asks for
    except DAMAGED as error:
        return "", _unreadable(error)


def _unreadable(error: Exception) -> str:
    return f"it cannot be read: {getattr(error, 'strerror', None) or error}"
