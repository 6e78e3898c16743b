"""Parts → one index, as Pagefind would have made it of all documents at once, cut into chunks for the reader.

A word's postings in the whole are those of the parts one after the other: page numbers are counted from the one before, so that
only the first of each part has to be written again.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from bindery.publish.search import chunks
from bindery.publish.search.part import Part, Run

TYPICAL = 24_000
"""Bytes of a chunk before it is compressed. A reader pays for the chunk of each word and for a line of every chunk in the meta file:
at 10,000 briefings both together are least here (measured)."""
LARGE = 4 * TYPICAL
"""Where a chunk ends at the next word, whatever that is."""
ROOT = 4
"""Letters of a word whose longer forms stand in the same chunk: who looks for "consul" gets "consulate" with it."""


def words(parts: Sequence[Part]) -> Iterator[tuple[str, bytes]]:
    """Every word in order with its entry in an index chunk."""
    bases = list(accumulate((len(part.pages) for part in parts), initial=0))
    runs: defaultdict[str, list[tuple[int, Run]]] = defaultdict(list)
    spelt: defaultdict[str, defaultdict[str, list[tuple[int, Run]]]] = defaultdict(lambda: defaultdict(list))
    for base, part in zip(bases, parts, strict=False):
        for word, run in part.words.items():
            runs[word].append((base, run))
        for word, forms in part.spellings.items():
            for form, run in forms.items():
                spelt[word][form].append((base, run))
    three, two = chunks.list_head(3), chunks.list_head(2)
    for word in sorted(runs.keys() | spelt.keys()):
        spellings = sorted(spelt[word].items()) if word in spelt else []
        written = b"".join(two + chunks.text(spelling) + _postings(found) for spelling, found in spellings)
        yield word, three + chunks.text(word) + _postings(runs.get(word, ())) + chunks.list_head(len(spellings)) + written


def _postings(runs: Sequence[tuple[int, Run]]) -> bytes:
    pieces = [b""]
    count, before = 0, 0
    for base, run in runs:
        count += run.count
        pieces += (chunks.posting(base + run.first - before), run.rest)
        before = base + run.last
    pieces[0] = chunks.list_head(count)
    return b"".join(pieces)


def index_chunks(entries: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str, bytes]]:
    """First word, last word and content of each chunk.

    Where a chunk ends hangs on its own words and hardly on those before it, so that a word more or less changes its neighbours
    and not every chunk that follows.
    """
    held: list[tuple[str, bytes]] = []
    size = 0
    root = ""
    for word, entry in entries:
        of_root = len(root) >= ROOT and word.startswith(root)
        if size > LARGE or (held and not of_root and (size + len(entry) > 2 * TYPICAL or _ends(word, size))):
            yield _chunk(held)
            held, size = [], 0
        if not of_root:
            root = word
        held.append((word, entry))
        size += len(entry)
    if held:
        yield _chunk(held)


def _ends(word: str, size: int) -> bool:
    """A word may begin a chunk by its letters alone; the fuller the chunk, the more words may."""
    return zlib.crc32(word.encode()) % 64 < 64 * size // (2 * TYPICAL) - 16


def _chunk(held: Sequence[tuple[str, bytes]]) -> tuple[str, str, bytes]:
    content = chunks.list_head(1) + chunks.list_head(len(held)) + b"".join(entry for _, entry in held)
    return held[0][0], held[-1][0], content


def index_rows(cut: Sequence[tuple[str, str, bytes]], names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What the meta file says of each chunk: from where, to where, its name. Cut as Pagefind cuts them, to the letter in which
    neighbouring chunks begin to differ."""
    rows = [[first, last, name] for (first, last, _), name in zip(cut, names, strict=True)]
    for this, following in pairwise(rows):
        last, first = this[1], following[0]
        alike = next((at for at, (a, b) in enumerate(zip(last, first, strict=False)) if a != b), min(len(last), len(first)))
        if last[: alike + 1] >= this[0]:
            this[1] = last[: alike + 1]
        following[0] = first[: alike + 1]
    yield from ((first, last, name) for first, last, name in rows)


def filters(parts: Sequence[Part]) -> Mapping[str, Mapping[str, list[int]]]:
    """Filter → value → page numbers, all in order."""
    found: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    base = 0
    for part in parts:
        for name, values in part.filters.items():
            for value, numbers in values.items():
                found[name][value] += [base + number for number in numbers]
        base += len(part.pages)
    return {name: dict(sorted(values.items())) for name, values in sorted(found.items())}
