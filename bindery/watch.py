"""The folders and files of an archive → batches of those that really changed."""

from __future__ import annotations

import hashlib
import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
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
        self._folder_stops: dict[Path, threading.Event] = {}
        self._digests: dict[Path, str | None] = {}

    def __enter__(self) -> Self:
        """Returns when every watch is laid: no change after that is missed."""
        laid = [self._start(self._watch_parents, self._stop)]
        laid += [self._follow(path) for path in self.paths if path.is_dir()]
        for event in laid:
            event.wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        for stop in self._folder_stops.values():
            stop.set()

    def __iter__(self) -> Iterator[frozenset[Path]]:
        """Batches of changed paths, without end until the watch is left."""
        while not self._stop.is_set():
            if changed := frozenset(self._changed(self._gathered())):
                yield changed

    def _gathered(self) -> set[Path]:
        """What was reported since the last time, and what follows on its heels; empty when nothing was for a while."""
        paths: set[Path] = set()
        with suppress(queue.Empty):
            paths |= self._batches.get(timeout=POLL_SECONDS)
            while True:
                paths |= self._batches.get(timeout=SETTLE_MILLISECONDS / 1000)
        return paths

    @staticmethod
    def _start(target: Callable[..., None], *arguments: object) -> threading.Event:
        laid = threading.Event()
        threading.Thread(target=target, args=(*arguments, laid), daemon=True).start()
        return laid

    def _follow(self, folder: Path) -> threading.Event:
        """Watch a folder that is there now; the watch of one that was there before under this name ends."""
        if folder in self._folder_stops:
            self._folder_stops[folder].set()
        self._folder_stops[folder] = stop = threading.Event()
        return self._start(self._watch_folder, folder, stop)

    def _watch_parents(self, stop: threading.Event, laid: threading.Event) -> None:
        """The paths themselves, seen from the folder above: an editor replaces site.yaml, a templates/ is made."""
        for batch in _batches({path.parent for path in self.paths}, stop, laid, recursive=False):
            mine = {path for _, path in batch if path in self.paths}
            came = {path for change, path in batch if path in mine and change is Change.added and path.is_dir()}
            for folder in came:
                self._follow(folder).wait()
            self._batches.put(frozenset(mine | {path for folder in came for path in folder.rglob("*")}))

    def _watch_folder(self, folder: Path, stop: threading.Event, laid: threading.Event) -> None:
        for batch in _batches({folder}, stop, laid, recursive=True):
            passed = {path for change, path in batch if change is Change.added and not path.exists()}
            self._batches.put(frozenset(path for _, path in batch if path not in passed and not _is_passing(path.relative_to(folder))))

    def _changed(self, paths: Iterable[Path]) -> Iterator[Path]:
        for path in paths:
            digest = _digest(path)
            if path not in self._digests or self._digests[path] != digest:
                self._digests[path] = digest
                yield path


def _batches(
    paths: Iterable[Path], stop: threading.Event, laid: threading.Event, *, recursive: bool
) -> Iterator[list[tuple[Change, Path]]]:
    """What the system reports, until `stop`. `laid` is set as soon as it reports."""
    with suppress(FileNotFoundError):  # gone again before it could be watched: the watch above knows
        for batch in watch(
            *paths,
            watch_filter=None,
            debounce=SETTLE_MILLISECONDS,
            step=SETTLE_MILLISECONDS // 4,
            stop_event=stop,
            rust_timeout=SETTLE_MILLISECONDS,
            yield_on_timeout=True,
            raise_interrupt=False,
            recursive=recursive,
        ):
            laid.set()
            if batch:
                yield [(change, Path(name)) for change, name in batch]
    laid.set()


def _is_passing(path: Path) -> bool:
    """Hidden files, and what editors keep beside a file while it is open."""
    return any(part.startswith((".", "#")) or part.endswith(("~", ".tmp")) or part == VIM_PROBE for part in path.parts)


def _digest(path: Path) -> str | None:
    """None for a file that is not there, "" for a folder."""
    try:
        return "" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
