"""A finished folder takes the place of site/ in one step: at every moment one of the two is there whole."""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bindery.errors import SiteError
from bindery.model import Place

BESIDE = ".site-new"
REPLACED = ".site-old"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


@contextmanager
def beside(output: Path) -> Iterator[Path]:
    """An empty folder beside `output`; swapped in when the block ends, thrown away when it raises."""
    output = output.resolve()  # where site/ is a link to another disk, the new site is built there
    if output.exists() and not output.is_dir():
        raise SiteError("not a folder", at=Place(output.name), fix="move the file away: the site is written there")
    try:
        heal(output)
        new = output.with_name(BESIDE)
        new.mkdir(parents=True)
        try:
            yield new
            swap(new, output)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise SiteError(
            f"the site cannot be written: {error.strerror or error}",
            at=Place(str(error.filename or output.name)),
            fix="check the free space and that you may write here; the old site is untouched",
        ) from error


def heal(output: Path) -> None:
    """Clear away what a build that was killed left behind; bring the old site back if it stood aside. Raises OSError."""
    old = output.with_name(REPLACED)
    if old.exists() and not output.exists():
        old.rename(output)
    for leftover in (old, output.with_name(BESIDE)):
        if leftover.is_symlink() or leftover.is_file():
            leftover.unlink()
        elif leftover.exists():
            shutil.rmtree(leftover)


def swap(new: Path, output: Path) -> None:
    """Put `new` where `output` is. One system call where the system has one, else two renames that `heal` completes."""
    if not output.exists():
        new.rename(output)
        return
    if _exchange(new, output):
        return
    old = output.with_name(REPLACED)
    output.rename(old)
    new.rename(output)
    shutil.rmtree(old, ignore_errors=True)


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
