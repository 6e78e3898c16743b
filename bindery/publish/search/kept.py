"""Files of the index that are kept from build to build, each under a name made from what it was made of."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

from bindery import sealed

LIST = "list"
"""What is kept, as it was when it was written: a file that was damaged since is made again."""

Stat = tuple[int, int]
"""Bytes, and the time of the last change in nanoseconds."""


class Kept:
    """A folder under .cache/. What a build did not use is dropped at its end; to delete the folder costs time and nothing else."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        known = sealed.load(folder / LIST, dict[str, Stat]) or {}
        found = {entry.name: _stat(entry.stat(follow_symlinks=False)) for entry in os.scandir(folder)}
        self._stats = {name: stat for name, stat in found.items() if known.get(name) == stat}
        self._others = found.keys() - self._stats.keys()
        self._used: set[str] = set()

    def __contains__(self, name: str) -> bool:
        self._used.add(name)
        return name in self._stats

    def read(self, name: str) -> bytes | None:
        """None for what is not kept."""
        if name not in self:
            return None
        with open(f"{self.folder}/{name}", "rb") as file:  # noqa: PTH123  # ten thousand of them, and paths take longer to make than files to read
            return file.read()

    def read_last(self, name: str) -> bytes | None:
        """The same of what is dropped at the end if nobody else uses it."""
        return Path(self.folder / name).read_bytes() if name in self._stats else None

    def named(self, suffix: str) -> list[str]:
        """What is kept under such a name."""
        return sorted(name for name in self._stats if name.endswith(suffix))

    def write(self, name: str, content: bytes) -> None:
        """Whole or not at all: a build may be stopped at any moment."""
        path = self.folder / f"{name}.{threading.get_ident()}"
        path.write_bytes(content)
        self.take(name, path)

    def take(self, name: str, path: Path) -> None:
        """Keep a finished file, which is gone from its place."""
        path.replace(self.folder / name)
        self._used.add(name)
        self._stats[name] = _stat((self.folder / name).stat())

    def path(self, name: str) -> str:
        """Where a kept file stands, which is still in use."""
        self._used.add(name)
        return f"{self.folder}/{name}"

    def stat(self, name: str) -> Stat:
        """Of a file that is kept, and still in use. It has those of the site's, which is the same file, unless it was made again."""
        self._used.add(name)
        return self._stats[name]

    def drop_unused(self) -> None:
        """What is left of builds that were stopped goes too."""
        for name in (self._stats.keys() | self._others) - self._used - {LIST}:
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        self._stats = {name: stat for name, stat in self._stats.items() if name in self._used}
        sealed.save(self.folder / LIST, self._stats)


def _stat(stat: os.stat_result) -> Stat:
    return stat.st_size, stat.st_mtime_ns
