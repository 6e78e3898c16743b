"""A part, and some of its documents indexed anew → the part as Pagefind would make it of all: a page's postings follow from it alone.

Pagefind takes a second for the 600 documents of a part, and a tenth of one for a single document.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate

import msgspec

from bindery.publish.search import chunks
from bindery.publish.search.part import Part, Run, run_of

FEW = 20
"""One document in so many is worth it: more of them take as long as all."""


def places(before: Part, digests: Sequence[str]) -> list[int]:
    """Of the documents that are not as they were when the part was made; none where all have to be indexed."""
    if before.left_out or len(before.documents) != len(digests):
        return []
    changed = [place for place, (one, other) in enumerate(zip(before.documents, digests, strict=True)) if one != other]
    return changed if len(changed) * FEW <= len(digests) else []


def patched(before: Part, fresh: Part, at: Sequence[int], digests: Sequence[str]) -> Part | None:
    """`fresh` has the documents that stand at these places, in their order. None where one of them has no page, or another Pagefind
    made it."""
    if fresh.left_out or (fresh.code, fresh.wasm, fresh.included) != (before.code, before.wasm, before.included):
        return None
    pages = list(before.pages)
    for place, page in zip(at, fresh.pages, strict=True):
        pages[place] = page
    spellings = {
        word: _runs(before.spellings.get(word, {}), fresh.spellings.get(word, {}), at)
        for word in before.spellings.keys() | fresh.spellings.keys()
    }
    filters = {
        name: _values(before.filters.get(name, {}), fresh.filters.get(name, {}), at)
        for name in before.filters.keys() | fresh.filters.keys()
    }
    return msgspec.structs.replace(
        before,
        documents=list(digests),
        pages=pages,
        words=_runs(before.words, fresh.words, at),
        spellings={word: forms for word, forms in spellings.items() if forms},
        filters={name: values for name, values in filters.items() if values},
    )


def _runs(before: Mapping[str, Run], fresh: Mapping[str, Run], at: Sequence[int]) -> dict[str, Run]:
    gone = frozenset(at)
    found = {}
    for word in before.keys() | fresh.keys():
        if run := _run(before.get(word), fresh.get(word), at, gone):
            found[word] = run
    return found


def _run(before: Run | None, fresh: Run | None, at: Sequence[int], gone: Collection[int]) -> Run | None:
    """The postings of a word without those of the pages that were there, and with those of the new ones."""
    if before and not fresh and not any(before.first <= place <= before.last for place in at):
        return before
    stay = [one for one in _postings(before) if one[0] not in gone] if before else []
    if before and not fresh and len(stay) == before.count:
        return before
    new = [(at[number], rest) for number, rest in _postings(fresh)] if fresh else []
    return run_of(sorted([*stay, *new]))


def _postings(run: Run) -> list[tuple[int, bytes]]:
    """Page number, and the places as they stand."""
    found = chunks.cut(chunks.posting(run.first) + run.rest)
    numbers = accumulate(chunks.number(distance) for distance, _ in found)
    return list(zip(numbers, (rest for _, rest in found), strict=True))


def _values(before: Mapping[str, Sequence[int]], fresh: Mapping[str, Sequence[int]], at: Sequence[int]) -> dict[str, list[int]]:
    """The pages of each value of a filter."""
    gone = frozenset(at)
    found = {}
    for value in before.keys() | fresh.keys():
        stay = [number for number in before.get(value, ()) if number not in gone]
        if numbers := sorted([*stay, *(at[number] for number in fresh.get(value, ()))]):
            found[value] = numbers
    return found
