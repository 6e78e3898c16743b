"""Every text in a site, however deep: files, what is in the ZIP file, Pagefind's chunks, and the bytes in its packs."""

from __future__ import annotations

import base64
import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
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
    else:
        yield name, content.decode("utf-8", errors="replace")
        if name.endswith(".js"):
            for number, packed in enumerate(_BASE64.findall(content)):
                yield from _texts(f"{name}/packed-{number}", base64.b64decode(packed))


def letters(text: str) -> str:
    """Only letters and figures, in small letters and without markup: a sentence is found whatever links stand in it."""
    plain = unescape(_TAG.sub("", _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)))
    return _NOT_LETTERS.sub("", plain.casefold())
