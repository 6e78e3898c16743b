"""Words that most pages say → how often each page says them, without the places, for a reader who asks for such a word.

Where "the" stands in ten thousand briefings takes 280 KB, and how often, 8: as much as their order needs. The places are there
for a phrase, and the marks of the few pages that are shown are found in their texts (static/js/search-read.js).
"""

from __future__ import annotations

from collections.abc import Sequence

import cbor2

LARGEST = 128_000
"""Bytes of a word, before they are compressed, that a reader waits for; more than a chunk, so that a larger word has one of its own.
Of a newspaper's words at 10,000 briefings "the", "of", "and", "to", "in" and "a" are larger: nobody looks for them by the words
beside them."""

Posting = tuple[int, list[int], list[int]]
"""As in an index chunk, decoded: see chunks.py."""


def is_frequent(first: str, last: str, content: bytes) -> bool:
    """Does the chunk hold a single word, and more of it than a reader should wait for?"""
    return first == last and len(content) > LARGEST


def without_places(content: bytes) -> bytes:
    """The chunk with a number in place of the places in texts, for which no weight is written: how many they are.

    What has a weight (a title, a part of a compound) stays: the number is followed by it.
    """
    words = cbor2.loads(content)[0]
    return cbor2.dumps([[[word, _counted(found), [[form, _counted(spelt)] for form, spelt in forms]] for word, found, forms in words]])


def _counted(postings: Sequence[Posting]) -> list[Posting]:
    usual_counts = [_usual_count(places) for _, places, _ in postings]
    return [(distance, [usual, *places[usual:]], fields) for (distance, places, fields), usual in zip(postings, usual_counts, strict=True)]


def _usual_count(places: Sequence[int]) -> int:
    """A negative number is a weight, and those without one stand first."""
    return next((at for at, place in enumerate(places) if place < 0), len(places))
