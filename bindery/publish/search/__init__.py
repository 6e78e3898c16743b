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

from bindery.publish.search import bundle, packs, parts
from bindery.publish.search.documents import Document
from bindery.publish.search.kept import Kept

FOLDER = "pagefind"
"""Where the index stands in the site."""


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
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        groups = list(parts.split(documents))
        found = list(pool.map(lambda group: parts.indexed(group, tag, kept), groups))
        made = bundle.bundle(found, [document.shelf for group in groups for document in group], tag, kept, pool)
        packed = packs.packs(made.files, kept, pool)
    files = {f"{folder}/{name}": key for folder, found in ((FOLDER, made.files), (packs.FOLDER, packed)) for name, key in found.items()}
    sizes = [(kept.folder / key).stat().st_size for key in made.files.values()]
    return SearchIndex(len(documents), made.value_count_by_filter, len(sizes), sum(sizes), files)
