"""Every text in a site, however deep: files, what is in the ZIP file and in the database, Pagefind's chunks, and the bytes in its packs."""

from __future__ import annotations

import base64
import gzip
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

GZIP, ZIP, SQLITE = b"\x1f\x8b", b"PK\x03\x04", b"SQLite format 3\0"
_BASE64 = re.compile(rb'"([A-Za-z0-9+/]{40,}={0,2})"')
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_TAG = re.compile(r"<[^<>]*>")
_NOT_LETTERS = re.compile(r"[\W_]+")


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and text of everything, the name with what it was found in: "archive.zip/archive/index.html"."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from _texts(path.relative_to(folder).as_posix(), path.read_bytes())


def _texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    if content.startswith(GZIP):
        yield from _texts(f"{name}/unzipped", gzip.decompress(content))
    elif content.startswith(ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from _texts(f"{name}/{inner}", archive.read(inner))
    elif content.startswith(SQLITE):
        yield from ((f"{name}/{table}", text) for table, text in _tables(content))
    else:
        yield name, content.decode("utf-8", errors="replace")
        if name.endswith(".js"):
            for number, packed in enumerate(_BASE64.findall(content)):
                yield from _texts(f"{name}/packed-{number}", base64.b64decode(packed))


def _tables(content: bytes) -> Iterator[tuple[str, str]]:
    """Every value of every table, and the words of every index."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        for name in names:
            if f"{name}_data" in names:
                connection.execute(f"CREATE VIRTUAL TABLE temp.{name}_words USING fts5vocab (main, {name}, row)")
                yield name, "\n".join(word for (word,) in connection.execute(f"SELECT term FROM temp.{name}_words"))
            elif "_fts_" not in name:
                yield name, "\n".join(str(value) for row in connection.execute(f"SELECT * FROM {name}") for value in row)


def letters(text: str) -> str:
    """Only letters and figures, in small letters and without markup: a sentence is found whatever links stand in it."""
    plain = unescape(_TAG.sub("", _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)))
    return _NOT_LETTERS.sub("", plain.casefold())
