"""A file people write → its text or its values; every way that can fail is told with place and remedy."""

from __future__ import annotations

from codecs import BOM_UTF8
from io import FileIO
from pathlib import Path
from typing import Any

import yaml

from bindery.errors import ArchiveError
from bindery.model import Place

_Loader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Every scalar as the text it is: NO stays Norway, 0123456 an id, 2016-01-19 a date as typed."""


def text(path: Path | str, shown: str, error: type[ArchiveError]) -> str:
    """The file as text, its line ends LF, without a byte order mark. `shown` is the path as people know it. Raises `error`."""
    return decoded(data(path, shown, error), shown, error)


def data(path: Path | str, shown: str, error: type[ArchiveError]) -> bytes:
    """The bytes of the file. Raises `error`."""
    try:
        with FileIO(path) as file:
            return file.readall()
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


def values(source: str, shown: str, error: type[ArchiveError], first_line: int = 1) -> Any:
    """YAML as tables, lists and texts; None if there is nothing. Raises `error` with the line, counted from `first_line`."""
    try:
        return yaml.load(source, Loader=_Loader) or None  # noqa: S506 - makes texts, lists and tables, nothing else
    except (yaml.YAMLError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        at = Place(shown, mark.line + first_line if mark else None)
        what = getattr(problem, "problem", None) or str(problem)
        raise error(f"not valid YAML: {what}", at=at, fix="put a value with a colon or a quote in it in 'single quotes'") from problem
