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
from pathlib import Path

from bindery.publish.search import bundle, packs, parts
from bindery.publish.search.documents import Document
from bindery.publish.search.kept import Kept

FOLDER = "pagefind"
"""Where the index stands in the site."""


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """What can be searched, in figures."""

    page_count: int
    value_count_by_filter: Mapping[str, int]
    """How many values each facet has: {"city": 120, "year": 9}. Empty when no page has any."""
    file_count: int
    size: int
    """Of all files of the index, in bytes."""


def index(documents: Sequence[Document], site_folder: Path, language: str, cache_folder: Path, workers: int | None = None) -> SearchIndex:
    """Write pagefind/ and packs/ into a site that has neither; without documents it gets neither.

    `workers` is how many parts are indexed at once: as many as there are processors unless told otherwise.
    Raises SiteError if Pagefind is not there, fails, or writes a format that is not known.
    """
    if not documents:
        return SearchIndex(0, {}, 0, 0)
    kept = Kept(cache_folder)
    tag = language.partition("-")[0].lower()
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        groups = list(parts.split(documents))
        found = list(pool.map(lambda group: parts.indexed(group, tag, kept), groups))
        made = bundle.bundle(found, [document.shelf for group in groups for document in group], tag, kept, pool)
        packed = packs.packs(made.files, kept, pool)
    for folder, files in ((FOLDER, made.files), (packs.FOLDER, packed)):
        for parent in {name.rpartition("/")[0] for name in files}:
            (site_folder / folder / parent).mkdir(parents=True, exist_ok=True)
        for name, key in files.items():
            kept.place(key, f"{site_folder}/{folder}/{name}")
    kept.drop_unused()
    sizes = [(kept.folder / key).stat().st_size for key in made.files.values()]
    return SearchIndex(len(documents), made.value_count_by_filter, len(sizes), sum(sizes))
