"""A value ⇄ a file below .cache/ that is whole or as good as not there."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from bindery.errors import SiteError
from bindery.model import Place

Value = TypeVar("Value")
HEAD = b"bindery 2\n"
CHECKSUM_SIZE = 4


def load(path: Path, form: type[Value]) -> Value | None:
    """None where there is no such file, or it is damaged, or of another form."""
    try:
        body = opened(path.read_bytes())
        return None if body is None else msgspec.msgpack.decode(body, type=form)
    except (OSError, msgspec.MsgspecError):
        return None


def save(path: Path, value: object) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.part")
    half.write_bytes(closed(msgspec.msgpack.encode(value)))
    half.replace(path)


@contextmanager
def kept(folder: str) -> Iterator[None]:
    """What the block writes goes into a folder of .cache/. Raises SiteError where that cannot be."""
    try:
        yield
    except OSError as error:
        raise SiteError(
            f"what the next run could use cannot be kept: {error.strerror or error}",
            at=Place(f".cache/{folder}"),
            fix="check the free space and that you may write there",
        ) from error


def closed(body: bytes) -> bytes:
    """With a checksum before it."""
    return HEAD + _checksum(body) + body


def opened(data: bytes) -> bytes | None:
    """What was closed; None if it is not as it was."""
    start = len(HEAD) + CHECKSUM_SIZE
    return data[start:] if data[:start] == HEAD + _checksum(data[start:]) else None


def _checksum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(CHECKSUM_SIZE)
