"""Files of the index that are kept from build to build, each under a name made from what it was made of."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path


class Kept:
    """A folder under .cache/. What a build did not use is dropped at its end; to delete the folder costs time and nothing else."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._there = {entry.name for entry in os.scandir(folder)}
        self._used: set[str] = set()

    def __contains__(self, name: str) -> bool:
        self._used.add(name)
        return name in self._there

    def read(self, name: str) -> bytes | None:
        """None for what is not kept."""
        if name not in self:
            return None
        with open(f"{self.folder}/{name}", "rb") as file:  # noqa: PTH123  # ten thousand of them, and paths take longer to make than files to read
            return file.read()

    def write(self, name: str, content: bytes) -> None:
        """Whole or not at all: a build may be stopped at any moment."""
        path = self.folder / f"{name}.{threading.get_ident()}"
        path.write_bytes(content)
        self.take(name, path)

    def take(self, name: str, path: Path) -> None:
        """Keep a finished file, which is gone from its place."""
        path.replace(self.folder / name)
        self._used.add(name)
        self._there.add(name)

    def path(self, name: str) -> str:
        """Where a kept file stands, which is still in use."""
        self._used.add(name)
        return f"{self.folder}/{name}"

    def drop_unused(self) -> None:
        """What is left of builds that were stopped goes too."""
        for name in self._there - self._used:
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        self._there &= self._used
