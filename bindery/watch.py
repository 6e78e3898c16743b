"""The folders and files of an archive → batches of those that really changed."""

from __future__ import annotations

import hashlib
import queue
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from watchfiles import Change, watch

SETTLE_MILLISECONDS = 200
"""Changes that come within this time of each other are one batch: a save is three to five events within 80 ms."""

POLL_SECONDS = 0.5
"""How often a waiting reader wakes, so that Ctrl-C is heard on Windows too."""

VIM_PROBE = "4913"
"""The file by which Vim finds out whether it may write into a folder."""


class Watch:
    """Watches files and folders that may come and go while it runs. A context manager; iterate it for batches.

    A file written with the bytes it had is no change: what a build writes into content/ leads to one more build at
    most, since that one writes nothing new. Hidden files and editors' copies are left out.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = tuple(path.resolve() for path in paths)
        self._batches: queue.SimpleQueue[frozenset[Path]] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._again = threading.Event()
        """Set when a watched folder came or went, and the watch below has to be laid anew."""
        self._digests: dict[Path, str | None] = {}

    def __enter__(self) -> Self:
        for target in (self._watch_parents, self._watch_folders):
            threading.Thread(target=target, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        self._again.set()

    def __iter__(self) -> Iterator[frozenset[Path]]:
        """Batches of changed paths, without end until the watch is left."""
        while not self._stop.is_set():
            try:
                batch = self._batches.get(timeout=POLL_SECONDS)
            except queue.Empty:
                continue
            if changed := frozenset(self._changed(batch)):
                yield changed

    def _watch_parents(self) -> None:
        """The paths themselves, seen from the folder above: an editor replaces site.yaml, a templates/ is made."""
        for batch in self._raw({path.parent for path in self.paths}, self._stop, recursive=False):
            mine = {path: change for change, path in batch if path in self.paths}
            if any(change is not Change.modified for change in mine.values()):
                self._again.set()
            self._batches.put(frozenset(mine))

    def _watch_folders(self) -> None:
        """Everything below the folders among the paths."""
        while not self._stop.is_set():
            self._again.clear()
            if self._stop.is_set():  # set between the two lines above
                return
            folders = {path for path in self.paths if path.is_dir()}
            if not folders:
                self._again.wait()
                continue
            with suppress(FileNotFoundError):  # a folder that went just now: the watch above knows
                for batch in self._raw(folders, self._again, recursive=True):
                    self._batches.put(frozenset(path for _, path in batch if not self._is_passing(path)))

    @staticmethod
    def _raw(paths: Iterable[Path], stop: threading.Event, *, recursive: bool) -> Iterator[list[tuple[Change, Path]]]:
        step = SETTLE_MILLISECONDS // 4
        for batch in watch(
            *paths, watch_filter=None, debounce=SETTLE_MILLISECONDS, step=step, stop_event=stop, recursive=recursive, raise_interrupt=False
        ):
            yield [(change, Path(name)) for change, name in batch]

    def _is_passing(self, path: Path) -> bool:
        """Hidden files, and what editors keep beside a file while it is open."""
        folder = next(folder for folder in self.paths if path.is_relative_to(folder))
        parts = path.relative_to(folder).parts
        return any(part.startswith((".", "#")) or part.endswith(("~", ".tmp")) or part == VIM_PROBE for part in parts)

    def _changed(self, paths: Iterable[Path]) -> Iterator[Path]:
        for path in paths:
            digest = _digest(path)
            if path not in self._digests or self._digests[path] != digest:
                self._digests[path] = digest
                yield path


def _digest(path: Path) -> str | None:
    """None for a file that is not there, "" for a folder."""
    try:
        return "" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
