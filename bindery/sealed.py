"""A value ⇄ a file below .cache/ that is whole or as good as not there."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TypeVar

import msgspec

Value = TypeVar("Value")
HEAD = b"bindery 1\n"
DIGEST_SIZE = 16


def load(path: Path, form: type[Value]) -> Value | None:
    """None where there is no such file, or it is damaged, or of another form."""
    try:
        data = path.read_bytes()
        body = data[len(HEAD) + DIGEST_SIZE :]
        if not data.startswith(HEAD) or data[len(HEAD) : len(HEAD) + DIGEST_SIZE] != _checksum(body):
            return None
        return msgspec.msgpack.decode(body, type=form)
    except (OSError, msgspec.MsgspecError):
        return None


def save(path: Path, value: object) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = msgspec.msgpack.encode(value)
    half = path.with_name(f"{path.name}.part")
    half.write_bytes(HEAD + _checksum(body) + body)
    half.replace(path)


def _checksum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=DIGEST_SIZE).digest()
