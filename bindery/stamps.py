"""Files → a stamp of each: looked at by what the system knows of a file, read only if that changed."""

from __future__ import annotations

import hashlib
import os
import stat as status
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

SETTLED = 50_000_000
"""Nanoseconds after which a further change of a file gets another time: clocks of file systems tick every ten milliseconds or so."""
SETTLED_BY_SECONDS = 2_500_000_000
"""The same where times are whole seconds: some file systems count them, FAT every other one."""
_SECOND = 1_000_000_000

Found = Mapping[str, tuple[str, os.stat_result]]
"""Name → path and what the system says of it."""


class Stamp(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file as it was when it was last read."""

    size: int
    modified: int
    """Nanoseconds, as everything here about time."""
    changed: int
    """Also set when a file is given an older time, or another is put in its place. 0: so young when it was read that a further change
    might not show."""
    digest: int
    """Of its bytes."""

    def fits(self, stat: os.stat_result) -> bool:
        """Whether the file is sure to be as it was."""
        return self.size == stat.st_size and self.modified == stat.st_mtime_ns and self.changed == stat.st_ctime_ns


def taken(found: Found, known: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """A stamp for each file that is there; what did not change since it was `known` is not read again."""
    made: dict[str, Stamp] = {}
    for name, (path, stat) in found.items():
        before = known.get(name)
        made[name] = before if before is not None and before.fits(stat) else _read(path, stat)
    return made


def are_same(now: Mapping[str, Stamp], before: Mapping[str, Stamp]) -> bool:
    """Whether these are the same files with the same bytes."""
    if now.keys() != before.keys():
        return False
    pairs = ((stamp, before[name]) for name, stamp in now.items())
    return all(a is b or (a.size, a.digest) == (b.size, b.digest) for a, b in pairs)


def are_untouched(now: Mapping[str, Stamp], before: Mapping[str, Stamp]) -> bool:
    """The same, and nobody wrote them in between, not even what stood there: it may have been read while something else did."""
    if now.keys() != before.keys():
        return False
    pairs = ((stamp, before[name]) for name, stamp in now.items())
    return all(a is b or a == b or (b.changed == 0 and a == msgspec.structs.replace(b, changed=a.changed)) for a, b in pairs)


def is_past(path: str, stat: os.stat_result) -> bool:
    """Whether a file is another one than when it was looked at."""
    try:
        now = os.stat(path)  # noqa: PTH116 - a Path for each of ten thousand
    except OSError:
        return True
    return (now.st_size, now.st_mtime_ns, now.st_ctime_ns) != (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def take(path: Path) -> Stamp:
    """Of a file that was written just now."""
    return _read(str(path), path.stat())


def digest(data: bytes) -> int:
    """The first seven bytes of the SHA-256."""
    return digest_of(hashlib.sha256(data).hexdigest())


def digest_of(sha256: str) -> int:
    """The same of what has been hashed already; `sha256` is hexadecimal."""
    return int(sha256[:14], 16)


def program(files: Mapping[str, Stamp], libraries: Iterable[str]) -> str:
    """A digest of Python, of the program's own files and of libraries it uses."""
    own = ",".join(f"{name}:{stamp.digest}" for name, stamp in sorted(files.items()))
    return hashlib.sha256(f"{sys.version}|{_versions(libraries)}|{own}".encode()).hexdigest()


def _versions(libraries: Iterable[str]) -> list[str]:
    """Name and version of each, as pip's folders have them: `importlib.metadata` takes a twentieth of a second to say the same."""
    wanted = {name.lower().replace("-", "_") for name in libraries}
    listed = (path.name.lower() for folder in sys.path if Path(folder).is_dir() for path in Path(folder).iterdir())
    return sorted(name for name in listed if name.endswith(".dist-info") and name.partition("-")[0] in wanted)


def _read(path: str, stat: os.stat_result) -> Stamp:
    try:
        data = Path(path).read_bytes() if status.S_ISREG(stat.st_mode) else b""
    except OSError:
        data = b""  # who reads it for its content says what is wrong with it
    is_by_seconds = stat.st_mtime_ns % _SECOND == 0 or stat.st_ctime_ns % _SECOND == 0
    age = time.time_ns() - max(stat.st_mtime_ns, stat.st_ctime_ns)
    is_settled = age > (SETTLED_BY_SECONDS if is_by_seconds else SETTLED)
    return Stamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns if is_settled else 0, digest(data))


def file(path: Path) -> tuple[str, os.stat_result] | None:
    """None where there is none, or it may not be looked at."""
    try:
        return str(path), path.stat()
    except OSError:
        return None


def anything(path: str) -> tuple[str, os.stat_result] | None:
    """What stands under a name; a link that leads nowhere is something, too. None where there is nothing."""
    for look in (os.stat, os.lstat):
        try:
            return path, look(path)
        except OSError:
            continue
    return None


def files(folder: Path, suffix: str) -> Found:
    """What is directly in a folder under such a name, be it a file or not: who reads it says what is wrong with it. Without what is
    hidden, where editors keep their marks."""
    try:
        with os.scandir(folder) as entries:
            named = [entry for entry in entries if entry.name.endswith(suffix) and not entry.name.startswith(".")]
            return {entry.name: one for entry in named if (one := anything(entry.path))}
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return {}


def tree(folder: Path, suffixes: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, os.stat_result]]]:
    """Every file below a folder that is not hidden, by its path from there."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            if not name.startswith(".") and (not suffixes or name.endswith(suffixes)) and (found := file(Path(base, name))):
                yield Path(base, name).relative_to(folder).as_posix(), found


def overlay(folders: Iterable[Path]) -> Iterator[tuple[str, tuple[str, os.stat_result]]]:
    """The files of several folders, each as the first that has it."""
    seen: set[str] = set()
    for folder in folders:
        for name, found in tree(folder):
            if name not in seen:
                seen.add(name)
                yield name, found
