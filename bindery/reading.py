"""A file people write → its text or its values; every way that can fail is told with place and remedy."""

from __future__ import annotations

import os
import stat
from codecs import BOM_UTF8
from io import FileIO
from pathlib import Path
from typing import Any

import yaml

from bindery.errors import ArchiveError
from bindery.model import Place

_Loader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Every scalar as the text it is: NO stays Norway, 0123456 an id, 2016-01-19 a date as typed."""


LARGEST = 64 * 1024 * 1024
"""Bytes. The longest file of an archive is its lock, some 3 MB for 10,000 briefings."""


def text(path: Path | str, shown: str, error: type[ArchiveError]) -> str:
    """The file as text, its line ends LF, without a byte order mark. `shown` is the path as people know it. Raises `error`."""
    return decoded(data(path, shown, error), shown, error)


def data(path: Path | str, shown: str, error: type[ArchiveError]) -> bytes:
    """The bytes of the file. Raises `error`."""
    try:
        with FileIO(path, opener=_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise _no_file(shown, error)
            if status.st_size > LARGEST:
                raise error(
                    f"too large: {status.st_size:,} bytes, the limit is {LARGEST:,}", at=Place(shown), fix="restore it from the git history"
                )
            return file.readall()
    except IsADirectoryError as problem:
        raise _no_file(shown, error) from problem
    except OSError as problem:
        fix = "check that it is a file and that you may read it"
        raise error(f"cannot be read: {problem.strerror or problem}", at=Place(shown), fix=fix) from problem


def decoded(data: bytes, shown: str, error: type[ArchiveError]) -> str:
    """The text in the bytes of a file, as `text` gives it."""
    try:
        read = data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as problem:
        raise error("not UTF-8 text", at=Place(shown), fix="save the file as UTF-8") from problem
    return read.replace("\r\n", "\n").replace("\r", "\n") if "\r" in read else read


def _alias_line(source: str) -> int | None:
    """The line of the first alias, counted from 0; None where there is none."""
    if "*" not in source or "&" not in source:
        return None
    marks = (event.start_mark for event in yaml.parse(source, Loader=_Loader) if isinstance(event, yaml.AliasEvent))
    return next((mark.line for mark in marks if mark), None)


def _no_file(shown: str, error: type[ArchiveError]) -> ArchiveError:
    return error("not a file", at=Place(shown), fix="move it away: this is the name of a file of the archive")


def _without_waiting(path: str, flags: int) -> int:
    """A pipe would be waited for without end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def values(source: str, shown: str, error: type[ArchiveError], first_line: int = 1) -> Any:
    """YAML as tables, lists and texts; None if there is nothing. Raises `error` with the line, counted from `first_line`.

    Aliases are refused: nine lines of them can stand for a thousand million values.
    """
    try:
        if (line := _alias_line(source)) is not None:
            fix = "write out what it stands for; a text with & or * at its beginning needs 'single quotes'"
            raise error("an alias, which the archive does not use", at=Place(shown, line + first_line), fix=fix)
        return yaml.load(source, Loader=_Loader) or None  # noqa: S506 - makes texts, lists and tables, nothing else
    except (yaml.YAMLError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        at = Place(shown, mark.line + first_line if mark else None)
        what = " ".join((getattr(problem, "problem", None) or str(problem)).split())
        raise error(f"not valid YAML: {what}", at=at, fix="put a value with a colon or a quote in it in 'single quotes'") from problem
