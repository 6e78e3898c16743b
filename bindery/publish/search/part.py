"""What is kept of some documents' index."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from operator import sub

import msgspec

from bindery.publish.search import chunks


class Run(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Postings of a word in a part, ready to be put behind those of the part before: page numbers count from the part's beginning."""

    count: int
    first: int
    last: int
    """Number of the last page."""
    rest: bytes
    """Everything but the number of the first page."""


class Part(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The index of some documents, in their order."""

    documents: list[str]
    """Digest of each."""
    pages: list[tuple[bytes, int]]
    """Digest of a fragment, which is kept, and how many words the document has. Pages are numbered by their place here."""
    left_out: list[int]
    """Documents without a single word: Pagefind has no page for them."""
    words: dict[str, Run]
    spellings: dict[str, dict[str, Run]]
    """Word → spelling with accents → its postings."""
    filters: dict[str, dict[str, list[int]]]
    """Filter → value → numbers of its documents."""
    code: dict[str, str]
    """Name of each of Pagefind's programs → its name among what is kept."""
    wasm: str | None
    """The language of the one that stems; None for a language it has none for."""
    included: list[str]
    """Signs that Pagefind takes for letters."""


def run_of(postings: Sequence[tuple[int, bytes]]) -> Run | None:
    """Of page numbers, in order, and what stands after each; None where there are none."""
    if not postings:
        return None
    numbers, rests = zip(*postings, strict=True)
    heads = map(chunks.posting, map(sub, numbers[1:], numbers))
    return Run(len(postings), numbers[0], numbers[-1], b"".join(chain(rests[:1], *zip(heads, rests[1:], strict=True))))
