"""The files of a Pagefind index, as bytes: gzip over a signature and CBOR.

What stands in them, written as lists (Pagefind 1.5.2, read from its output and its sources):

- index: `[[[word, postings, [[spelling, postings], …]], …]]`; spellings are those with accents, which the word has not
- postings: `[[page, places, places in metadata], …]`; a page number is counted from the one before it, and so is a place; a
  negative number among the places sets the weight of those after it (-1 - weight; 25 stands for 1), in metadata the field
- frequent, which Pagefind does not know: an index of one word, with how many places there are instead of those that have no weight
- filter: `[name, [[value, [page number, …]], …]]`
- meta: `[version, [[id, number of words], …], [[first word, last word, hash], …], [[filter, hash], …], [[sort key, [page number, …]],
  …], [metadata field, …]]`; the id of a page is the name of its fragment
- fragment: JSON, what is shown of a page
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import zlib
from collections.abc import Container, Iterator
from pathlib import Path

import cbor2

from bindery.errors import SiteError
from bindery.model import Place

VERSION = "1.5.2"
"""The release whose format this is."""
FORM = 3
"""Of all that is made here and kept: to be raised when it is made otherwise."""
SIGNATURE = b"pagefind_dcd"
"""Stands before the content of every chunk, inside the gzip."""
LEVEL = 6
"""Of compression: the highest takes four times as long for 3 % (measured on the index of 2,000 briefings)."""
NAME_LENGTH = 5
"""Characters of a name made from a content; a longer one where two are alike. Names of ten thousand pages are half of the meta file."""
_GZIP_HEADER = bytes.fromhex("1f8b08000000000000ff")
"""No time and no operating system, which Python's gzip writes on some machines."""
_LIST, _TEXT = 4, 3
"""Major types of CBOR: https://www.rfc-editor.org/rfc/rfc8949#section-3.1"""
_INTEGER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a]....)"
_PAGE = rb"(?:[\x00-\x17]|\x18.|\x19..|\x1a....)"
_HEAD = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)"
_POSTING = re.compile(rb"\x83(%s)(%s%s*+%s%s*+)" % (_PAGE, _HEAD, _INTEGER, _HEAD, _INTEGER), re.DOTALL)
_POSTINGS = re.compile(rb"(?:\x83%s%s%s*+%s%s*+)*+" % (_PAGE, _HEAD, _INTEGER, _HEAD, _INTEGER), re.DOTALL)
"""A list of numbers ends where no number follows, so that a run of postings is recognised without counting."""

Postings = list[tuple[bytes, bytes]]
"""Page number, counted from the one before, and the places as they stand; both still CBOR."""


def packed(content: bytes) -> bytes:
    """A chunk of this content: the same bytes on every machine that has the same zlib."""
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    whole = SIGNATURE + content
    trailer = zlib.crc32(whole).to_bytes(4, "little") + (len(whole) & 0xFFFFFFFF).to_bytes(4, "little")
    return _GZIP_HEADER + deflate.compress(whole) + deflate.flush() + trailer


def content(path: Path) -> bytes:
    """What stands in a chunk that Pagefind wrote. Raises SiteError if it is none."""
    try:
        whole = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise unknown(path.name, f"cannot be read ({error})") from error
    if not whole.startswith(SIGNATURE):
        raise unknown(path.name, "does not begin with the signature")
    return whole[len(SIGNATURE) :]


def value(path: Path) -> object:
    """The CBOR of a chunk, and only if encoding it again gives the same bytes: then nothing in it was missed."""
    found = content(path)
    try:
        read: object = cbor2.loads(found)
    except cbor2.CBORDecodeError as error:
        raise unknown(path.name, f"cannot be read ({error})") from error
    if cbor2.dumps(read) != found:
        raise unknown(path.name, "is not plain CBOR")
    return read


def words(path: Path) -> Iterator[tuple[str, Postings, list[tuple[str, Postings]]]]:
    """The words of an index chunk: each with its postings, and with those of its spellings. Raises SiteError for anything else.

    Postings are cut out and not decoded: an index of ten thousand pages has millions of numbers, and none of them is looked at.
    """
    found = content(path)
    try:
        one, at = _head(found, 0, _LIST)
        count, at = _head(found, at, _LIST)
        for _ in range(count):
            three, at = _head(found, at, _LIST)
            word, at = _text(found, at)
            postings, at = _postings(found, at)
            spelling_count, at = _head(found, at, _LIST)
            spellings = []
            for _ in range(spelling_count):
                two, at = _head(found, at, _LIST)
                spelling, at = _text(found, at)
                spelt, at = _postings(found, at)
                spellings.append((spelling, spelt))
                _expect(two == 2)
            _expect(three == 3)
            yield word, postings, spellings
        _expect(one == 1 and at == len(found))
    except (ValueError, IndexError) as error:
        raise unknown(path.name, "is not an index of words") from error


def cut(postings: bytes) -> Postings:
    """Postings that stand one after the other."""
    return _POSTING.findall(postings)


def head(major: int, size: int) -> bytes:
    """The beginning of a CBOR item: a number (major type 0), or the length of a list or text."""
    kind = major << 5
    if size < 24:
        return bytes((kind | size,))
    for info, length in ((24, 1), (25, 2), (26, 4)):
        if size < 1 << 8 * length:
            return bytes((kind | info,)) + size.to_bytes(length)
    raise ValueError(size)


def list_head(size: int) -> bytes:
    return head(_LIST, size)


class _Numbers(dict[bytes, int]):
    """Numbers of CBOR that are not negative, as they are met: few are, and often."""

    def __missing__(self, encoded: bytes) -> int:
        self[encoded] = found = encoded[0] if len(encoded) == 1 else int.from_bytes(encoded[1:])
        return found


class _Postings(dict[int, bytes]):
    def __missing__(self, distance: int) -> bytes:
        self[distance] = made = list_head(3) + head(0, distance)
        return made


number = _Numbers().__getitem__
posting = _Postings().__getitem__
"""The beginning of a posting so many pages after the one before it."""


def text(written: str) -> bytes:
    encoded = written.encode()
    return head(_TEXT, len(encoded)) + encoded


def name(digest: bytes, taken: Container[str] = ()) -> str:
    """A short name from the digest of a content: figures and small letters, since some disks do not tell capitals from them."""
    whole = base64.b32hexencode(digest).decode("ascii").lower().rstrip("=")
    return next(whole[:length] for length in range(NAME_LENGTH, len(whole) + 1) if whole[:length] not in taken)


def digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=20).digest()


def made_from(*told: str) -> str:
    """A name for what is made of this, here."""
    return digest("\0".join((str(FORM), *told)).encode()).hex()


def unknown(file: str, problem: str) -> SiteError:
    return SiteError(
        f"Pagefind's output {problem}",
        at=Place(f"pagefind/{file}"),
        fix=f"check the free space; else install pagefind_bin=={VERSION}, the release this program knows: pip install -r requirements.txt",
    )


def _head(found: bytes, at: int, major: int) -> tuple[int, int]:
    """The length that begins here, and where what follows it stands."""
    first = found[at]
    _expect(first >> 5 == major)
    short = first & 31
    if short < 24:
        return short, at + 1
    _expect(short < 27)
    end = at + 1 + (1 << short - 24)
    return int.from_bytes(found[at + 1 : end]), end


def _text(found: bytes, at: int) -> tuple[str, int]:
    size, at = _head(found, at, _TEXT)
    return found[at : at + size].decode(), at + size


def _postings(found: bytes, at: int) -> tuple[Postings, int]:
    count, at = _head(found, at, _LIST)
    whole = _POSTINGS.match(found, at)
    end = whole.end() if whole else at
    postings = _POSTING.findall(found, at, end)
    _expect(len(postings) == count)
    return postings, end


def _expect(claim: bool) -> None:
    if not claim:
        raise ValueError
