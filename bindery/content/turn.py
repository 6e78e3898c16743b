"""One run at a time: who writes content/ and site/ holds .cache/running, and whoever comes meanwhile is told so."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from bindery.config import Site
from bindery.errors import SiteError
from bindery.model import Place

RUNNING = ".cache/running"
PATIENCE = 5.0
"""Seconds to wait for the other run: a small archive is built in one or two, as by `serve` after every change."""
STEP = 0.1
_AT = 1 << 20
"""Byte that is locked: Windows lets nobody read what is locked, and who holds it stands before."""


@contextmanager
def taken(site: Site, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the turn while the block runs. The system gives it back when the process ends, however it ends.

    Raises SiteError when another run has it for longer than `patience`.
    """
    path = site.root / RUNNING
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        fix = "check the free space and that you may write here"
        raise SiteError(f"cannot be written: {error.strerror or error}", at=Place(RUNNING), fix=fix) from error
    with file:
        _wait(file, time.monotonic() + patience)
        file.truncate(0)
        file.write(f"process {os.getpid()}\n")
        file.flush()
        yield


def _wait(file: IO[str], until: float) -> None:
    while not _locked(file):
        if time.monotonic() >= until:
            file.seek(0)
            who = file.readline().strip() or "a process"
            raise SiteError(
                f"another run of build.py is at work on this archive ({who})",
                at=Place(RUNNING),
                fix="wait until it has ended, then run this again",
            )
        time.sleep(STEP)


def _locked(file: IO[str]) -> bool:
    """Whether the lock could be had. On a disk that knows no locks it always can."""
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - there is none elsewhere

            file.seek(_AT)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415 - there is none on Windows

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True
