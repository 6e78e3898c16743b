"""pagefind/ as Pagefind wrote it → the same index, the same bytes on every run.

Pagefind 1.5.2 keeps filters and sorts in hash maps of random order, so the filter files, the meta file and the names of
both differ from run to run. Here they are put in order and named by their content again, the way Pagefind names them.

A chunk is gzip over the signature and CBOR. A filter file holds `[name, [[value, [page number, …]], …]]`, the meta file
`[version, pages, index chunks, [[filter, hash], …], [[sort key, [page number, …]], …], meta fields]`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import cbor2

from bindery.errors import SiteError
from bindery.model import Place

VERSION = "1.5.2"
"""The release whose format this module was written against."""
SIGNATURE = b"pagefind_dcd"
"""Stands before the CBOR of every chunk, inside the gzip."""
GZIP_HEADER = bytes.fromhex("1f8b08000000000002ff")
"""No time and no operating system: what Pagefind writes, and what Python's gzip writes only on some machines."""
CHUNK_HASH_LENGTH = 7
META_HASH_LENGTH = 10

ENTRY = "pagefind-entry.json"
CODE = ("pagefind.js",)
"""Pagefind's own script that the site uses, in a worker of the site's; its interfaces (pagefind-ui.js …) are not."""
CHUNK_FOLDERS = ("filter", "fragment", "index")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A finished index."""

    page_count: int
    value_count_by_filter: Mapping[str, int]
    """How many values each filter has: {"city": 120, "year": 9}."""


def make_reproducible(folder: Path) -> Bundle:
    """Order and rename what varies, drop what the site does not use. Raises SiteError where the format is not the known one."""
    entry = _entry(folder)
    ((language, facts),) = entry["languages"].items()
    meta_file = folder / f"pagefind.{facts['hash']}.pf_meta"
    meta = _meta(meta_file)
    filters = [_order_filter(folder / "filter", language, name, key) for name, key in meta[3]]
    meta[3] = sorted([name, key] for name, key, _ in filters)
    meta[4] = sorted(meta[4])
    facts["hash"] = _replace(meta_file, meta, "pagefind.{}.pf_meta", language, META_HASH_LENGTH)
    (folder / ENTRY).write_text(json.dumps(entry, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    _drop_unused(folder, {*CODE, ENTRY, f"pagefind.{facts['hash']}.pf_meta", f"wasm.{facts['wasm'] or 'unknown'}.pagefind"})
    return Bundle(len(meta[1]), {name: count for name, _, count in sorted(filters)})


def _entry(folder: Path) -> dict[str, dict[str, dict[str, str]]]:
    """The entry file: {"version": …, "languages": {"en": {"hash", "wasm", "page_count"}}, …}."""
    path = folder / ENTRY
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unknown(path, "is missing or not JSON") from error
    if entry.get("version") != VERSION:
        raise _unknown(path, f"is of version {entry.get('version')!r}")
    if len(entry.get("languages", {})) != 1:
        raise _unknown(path, "names more than one language, or none")
    return entry  # type: ignore[no-any-return]  # JSON comes in here; the two keys that matter were looked at


def _order_filter(folder: Path, language: str, name: str, key: str) -> tuple[str, str, int]:
    """Put one filter's values in order. Gives its name, its new hash and how many values it has."""
    path = folder / f"{key}.pf_filter"
    value = _decode(path)
    if not (isinstance(value, list) and len(value) == 2 and value[0] == name and isinstance(value[1], list)):
        raise _unknown(path, "is not a filter")
    return name, _replace(path, [name, sorted(value[1])], "{}.pf_filter", language, CHUNK_HASH_LENGTH), len(value[1])


def _meta(path: Path) -> list[list[list[str]]]:
    value = _decode(path)
    if not (isinstance(value, list) and len(value) == 6 and value[0] == VERSION and all(isinstance(part, list) for part in value[1:])):
        raise _unknown(path, "is not a meta file")
    return value


def _decode(path: Path) -> object:
    """The CBOR of a chunk, and only if encoding it again gives the same bytes: then nothing in it was missed."""
    try:
        content = gzip.decompress(path.read_bytes())
        value: object = cbor2.loads(content.removeprefix(SIGNATURE))
    except (OSError, EOFError, zlib.error, cbor2.CBORDecodeError) as error:
        raise _unknown(path, f"cannot be read ({error})") from error
    if content != SIGNATURE + cbor2.dumps(value):
        raise _unknown(path, "is not plain CBOR behind the signature")
    return value


def _replace(path: Path, value: object, name: str, language: str, length: int) -> str:
    """Write a chunk under the name its content gives it. Returns the hash, as the meta file writes it: "en_5055444"."""
    content = cbor2.dumps(value)
    key = f"{language}_{hashlib.sha1(content, usedforsecurity=False).hexdigest()[:length]}"
    path.unlink()
    path.with_name(name.format(key)).write_bytes(_gzip(SIGNATURE + content))
    return key


def _gzip(content: bytes) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(content) + deflate.flush()
    trailer = zlib.crc32(content).to_bytes(4, "little") + (len(content) & 0xFFFFFFFF).to_bytes(4, "little")
    return GZIP_HEADER + body + trailer


def _drop_unused(folder: Path, used: set[str]) -> None:
    for name in used:
        if not (folder / name).is_file():
            raise _unknown(folder / name, "is missing")
    for path in folder.iterdir():
        if path.is_file() and path.name not in used:
            path.unlink()
        elif path.is_dir() and path.name not in CHUNK_FOLDERS:
            raise _unknown(path, "is not a folder of the known format")


def _unknown(path: Path, problem: str) -> SiteError:
    return SiteError(
        f"Pagefind's output {problem}",
        at=Place(f"pagefind/{path.name}"),
        fix=f"install pagefind_bin=={VERSION}, the release this program knows: pip install -r requirements.txt",
    )
