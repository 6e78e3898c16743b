"""Where what is made goes: a file, or a stream whose reader may leave early."""

from __future__ import annotations

import errno
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

STANDARD_OUTPUT = "-"


class Outlet(io.FileIO):
    """An output whose reader may leave early, as `head` does: the rest is for nobody, and the work goes on to its end."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError as gone:
            if gone.errno not in (errno.EPIPE, errno.EINVAL):  # Windows says EINVAL
                raise
            return memoryview(data).nbytes


def outlet(stream: TextIO) -> TextIO:
    """The stream as an Outlet; a terminal, which nobody leaves, as it is."""
    if stream.isatty():
        return stream
    raw = io.BufferedWriter(Outlet(stream.fileno(), "w", closefd=False))
    at_once = stream is sys.stderr or getattr(stream, "write_through", False)  # PYTHONUNBUFFERED holds here, too
    return io.TextIOWrapper(raw, encoding=stream.encoding, line_buffering=at_once)


def write(path: Path, data: bytes) -> None:
    """Raises SiteError where there can be no such file."""
    try:
        path.write_bytes(data)
    except OSError as error:
        from bindery.errors import SiteError  # noqa: PLC0415 - a fiftieth of a second, which build.py --help need not wait
        from bindery.model import Place  # noqa: PLC0415 - as above

        problem = f"cannot be written: {error.strerror}"
        raise SiteError(problem, at=Place(str(path)), fix="name a file in a folder that is there") from error


def text_file(target: str) -> TextIO:
    """Open for writing. Raises SiteError."""
    write(Path(target), b"")
    return Path(target).open("w", encoding="utf-8")


def write_message(target: str, data: bytes) -> None:
    """An e-mail has CRLF in a file; a pipe to sendmail wants the line ends of the system."""
    if target != STANDARD_OUTPUT:
        write(Path(target), data)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data.replace(b"\r\n", b"\n"))
    sys.stdout.flush()
