"""A finished folder takes the place of site/ in one step: at every moment one of the two is there whole.

Beside the site stands its twin, the site as it was before the last build, which shares with it all files that were the same.
A build brings the twin up to date, which costs what changed, and swaps the two. While it works the twin has another name: a
build that was killed leaves no twin, and the next one makes a new one, a link for each file. One that failed gives it back if the
ledger can be told what it did to it. No file that the site has is ever written into.
"""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bindery import stamps
from bindery.errors import SiteError
from bindery.model import Place

BESIDE = ".site-new"
"""What is being made."""
REPLACED = ".site-old"
"""The old site between two renames, where the system cannot swap."""
TWIN = ".site-twin"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


class Folder:
    """The new site while it is made. Permalinks name its files."""

    def __init__(self, path: Path, live: Path) -> None:
        self.path = path
        self._path = str(path)
        self._live = str(live)

    def put(self, permalink: str, data: bytes) -> os.stat_result:
        """Write a file; one that was there is replaced, not written into, since the site may share it."""
        name = f"{self._path}/{permalink}"
        try:
            handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:
            _clear(name)
            handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        except FileNotFoundError:
            self._make_folder(permalink)
            handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            return os.fstat(handle)
        finally:
            os.close(handle)

    def keep(self, permalink: str) -> None:
        """Take a file over from the site as it is. Raises OSError if it is not there."""
        self.take(permalink, f"{self._live}/{permalink}")

    def take(self, permalink: str, source: str) -> None:
        """Give a file that stands elsewhere a second name here. Raises OSError if it is not there."""
        target = f"{self._path}/{permalink}"
        try:
            _link(source, target)
        except FileExistsError:
            _clear(target)
            _link(source, target)
        except FileNotFoundError:
            self._make_folder(permalink)
            _link(source, target)

    def drop(self, permalink: str) -> None:
        """Remove a file, and folders that are empty without it."""
        path = self.path / permalink
        with suppress(FileNotFoundError, NotADirectoryError):
            _clear(str(path))
        with suppress(OSError):
            for parent in path.parents:
                if parent == self.path:
                    break
                parent.rmdir()

    def _make_folder(self, permalink: str) -> None:
        os.makedirs(f"{self._path}/{permalink.rpartition('/')[0]}", exist_ok=True)  # noqa: PTH103 - as below


@contextmanager
def beside(output: Path, *, from_twin: bool = False, is_noted: Callable[[], bool] = lambda: False) -> Iterator[Folder]:
    """A folder beside `output`, swapped in when the block ends, thrown away when it raises: the twin, or an empty one.

    Where the block raises, the twin stays if the next build is told in what it may differ from the site: `is_noted` does so.
    """
    output = output.resolve()  # where site/ is a link to another disk, the new site is built there
    if output.exists() and not output.is_dir():
        raise SiteError("not a folder", at=Place(output.name), fix="move the file away: the site is written there")
    new, twin = output.with_name(BESIDE), output.with_name(TWIN)
    try:
        heal(output)
        if from_twin:
            twin.rename(new)
        else:
            _remove(twin)
            new.mkdir(parents=True)
        try:
            try:
                yield Folder(new, output)
            except Exception:
                with suppress(OSError):
                    if from_twin and is_noted():
                        new.rename(twin)
                raise
            had_site = output.exists()
            swap(new, output)
            if had_site and new.exists():
                new.rename(twin)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise SiteError(
            f"the site cannot be written: {error.strerror or error}",
            at=Place(str(error.filename or output.name)),
            fix="check the free space and that you may write here; the old site is untouched",
        ) from error


def number(folder: Path) -> int:
    """By which the system knows a folder, whatever its name: its disk and its place there. 0 for one that is not there."""
    try:
        stat = folder.resolve().stat()
    except OSError:
        return 0
    return stamps.digest(f"{stat.st_dev} {stat.st_ino}".encode())


def twin_of(output: Path) -> Path:
    return output.resolve().with_name(TWIN)


def twinned(output: Path, permalinks: Iterable[str]) -> None:
    """Make a twin of a site that has none, so that the next build need not. Where there is no room for one there is none."""
    output = output.resolve()
    half, twin = output.with_name(BESIDE), output.with_name(TWIN)
    try:
        _remove(twin)
        half.mkdir()
        folder = Folder(half, output)
        for permalink in permalinks:
            folder.keep(permalink)
        half.rename(twin)
    except OSError:
        shutil.rmtree(half, ignore_errors=True)


def heal(output: Path) -> None:
    """Clear away what a build that was killed left behind; bring the old site back if it stood aside. Raises OSError."""
    old = output.with_name(REPLACED)
    if old.exists() and not output.exists():
        old.rename(output)
    for leftover in (old, output.with_name(BESIDE)):
        _remove(leftover)


def swap(new: Path, output: Path) -> None:
    """Put `new` where `output` is, and that where `new` was. One system call where the system has one, else renames that `heal`
    completes."""
    if not output.exists():
        new.rename(output)
        return
    if _exchange(new, output):
        return
    old = output.with_name(REPLACED)
    output.rename(old)
    new.rename(output)
    old.rename(new)


def _clear(name: str) -> None:
    """Remove what stands where a file is to be, even a folder that somebody put there. Raises OSError if there is nothing."""
    try:
        os.unlink(name)  # noqa: PTH108 - a Path for each of 24,000 files is a tenth of a second
    except (IsADirectoryError, PermissionError):  # the second is what macOS says of a folder
        if not os.path.isdir(name):  # noqa: PTH112 - as above
            raise
        shutil.rmtree(name)


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def _link(source: str, target: str) -> None:
    """Two names for one file; where the file system has no such thing a copy, as old as the file."""
    try:
        os.link(source, target)
    except (FileExistsError, FileNotFoundError, NotADirectoryError):
        raise
    except OSError:
        if os.path.lexists(target):
            raise FileExistsError(target) from None  # not to be written into: the site may share it
        shutil.copy2(source, target)


def _exchange(a: Path, b: Path) -> bool:
    """Swap two folders atomically: renameat2 on Linux, renamex_np on macOS. False where there is no such call."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        match platform.system():
            case "Linux":
                status = libc.renameat2(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _RENAME_EXCHANGE)
            case "Darwin":
                status = libc.renamex_np(os.fsencode(a), os.fsencode(b), _RENAME_SWAP)
            case _:
                return False
    except (AttributeError, OSError, TypeError):
        return False
    return bool(status == 0)
