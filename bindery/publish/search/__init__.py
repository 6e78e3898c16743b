"""documents → site/pagefind/, the index that a reader's browser searches, and site/packs/, the same for pages read from disk.

Pagefind indexes the documents in parts, each again only when one of its documents changed; the parts become one index, and of
that only the chunks whose content is new are compressed again. The same documents give the same bytes, whatever was kept from
earlier builds and on however many processors.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import msgspec

from bindery.publish.search import bundle, chunks, packs, parts
from bindery.publish.search.documents import Document
from bindery.publish.search.kept import Kept

FOLDER = "pagefind"
"""Where the index stands in the site."""
WHOLE = ".whole"
"""How the name ends under which a finished index is kept."""


class _Whole(msgspec.Struct, frozen=True, array_like=True):
    """An index that is finished, by the names of what is kept of it."""

    parts: list[str]
    files: dict[str, str]
    """Name below pagefind/ → name among what is kept."""
    packs: dict[str, str]
    value_count_by_filter: dict[str, int]
    page_count: int


STEMMED = "en"
"""Language of the index, whatever the pages speak around the briefings: one for all of them, so that a search crosses languages.
Only words in Latin script are stemmed, and what is in the index does not change with `language:` in site.yaml."""


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """What can be searched, in figures, and the files that it is made of."""

    page_count: int
    value_count_by_filter: Mapping[str, int]
    """How many values each facet has: {"city": 120, "year": 9}. Empty when no page has any."""
    file_count: int
    size: int
    """Of all files of the index, in bytes."""
    files: Mapping[str, str]
    """Permalink → the name under which its content is kept; another content has another name."""


def index(documents: Sequence[Document], language: str, kept: Kept, workers: int | None = None) -> SearchIndex:
    """Make pagefind/ and packs/; `kept.path` says where a file stands. Without documents there are none.

    `workers` is how many parts are indexed at once: as many as there are processors unless told otherwise.
    Raises SiteError if Pagefind is not there, fails, or writes a format that is not known.
    """
    if not documents:
        return SearchIndex(0, {}, 0, 0, {})
    tag = language.partition("-")[0].lower()
    groups = list(parts.split(documents))
    names = [parts.part_name(group, tag) for group in groups]
    key = f"{chunks.made_from(*names)}{WHOLE}"
    whole = _kept_whole(key, kept)
    if whole is None:
        whole = _made(groups, names, tag, kept, workers)
        kept.write(key, msgspec.msgpack.encode(whole))
    folders = ((FOLDER, whole.files), (packs.FOLDER, whole.packs))
    files = {f"{folder}/{name}": file for folder, found in folders for name, file in found.items()}
    sizes = [(kept.folder / file).stat().st_size for file in whole.files.values()]
    return SearchIndex(whole.page_count, whole.value_count_by_filter, len(sizes), sum(sizes), files)


def _made(groups: Sequence[Sequence[Document]], names: list[str], language: str, kept: Kept, workers: int | None) -> _Whole:
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        last = _last_names(names, kept)
        found = list(pool.map(lambda group, name, before: parts.indexed(group, name, language, kept, before), groups, names, last))
        shelves = [
            document.shelf
            for group, part in zip(groups, found, strict=True)
            for place, document in enumerate(group)
            if place not in part.left_out
        ]
        made = bundle.bundle(found, shelves, language, kept, pool)
        packed = packs.packs(made.files, kept, pool)
    return _Whole(names, dict(made.files), packed, dict(made.value_count_by_filter), len(shelves))


def _last_names(names: Sequence[str], kept: Kept) -> Sequence[str]:
    """Of the part that stood in the place of each when the last index was made; empty where nobody knows."""
    for key in kept.named(WHOLE):
        whole = _decoded(kept.read_last(key))
        if whole and len(whole.parts) == len(names):
            return whole.parts
    return [""] * len(names)


def _kept_whole(key: str, kept: Kept) -> _Whole | None:
    """The index of exactly these documents; None if any of its files is not there."""
    whole = _decoded(kept.read(key))
    if whole and all(file in kept for file in (*whole.parts, *whole.files.values(), *whole.packs.values())):
        return whole
    return None


def _decoded(content: bytes | None) -> _Whole | None:
    try:
        return msgspec.msgpack.decode(content, type=_Whole) if content else None
    except msgspec.DecodeError:
        return None  # cut short
