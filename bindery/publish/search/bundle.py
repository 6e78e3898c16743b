"""The parts of an index, merged → its files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from bindery.publish.search import chunks, frequent, merged, parts
from bindery.publish.search.documents import FIELDS, RECORD, UNDATED
from bindery.publish.search.kept import Kept
from bindery.publish.search.part import Part


@dataclass(frozen=True, slots=True)
class Bundle:
    """A finished index."""

    files: Mapping[str, str]
    """Name below pagefind/ → name among what is kept."""
    value_count_by_filter: Mapping[str, int]


def bundle(found: Sequence[Part], shelves: Sequence[str], language: str, kept: Kept, pool: Executor) -> Bundle:
    """`shelves` are the shelf marks of all documents in the order of the parts."""
    files = dict(found[0].code)
    pages: dict[str, int] = {}
    for part in found:
        for digest, word_count in part.pages:
            name = chunks.name(digest, pages)
            pages[name] = word_count
            files[f"fragment/{name}.pf_fragment"] = parts.fragment_name(digest)

    cut = list(merged.index_chunks(merged.words(found)))
    values = merged.filters(found)
    index_names = _add(files, "index/{}.pf_index", (content for _, _, content in cut), kept, pool)
    often = {name: chunk[2] for name, chunk in zip(index_names, cut, strict=True) if frequent.is_frequent(*chunk)}
    frequent_names = _add(files, "frequent/{}.pf_frequent", map(frequent.without_places, often.values()), kept, pool)
    numbers = [chunks.head(0, number) for number in range(len(pages))]
    filter_names = _add(files, "filter/{}.pf_filter", (_filter(name, rows, numbers) for name, rows in values.items()), kept, pool)
    meta = _list(
        chunks.text(chunks.VERSION),
        _list(*(_list(chunks.text(name), chunks.head(0, word_count)) for name, word_count in pages.items())),
        _list(*(_list(*map(chunks.text, row)) for row in merged.index_rows(cut, index_names))),
        _list(*(_list(chunks.text(name), chunks.text(key)) for name, key in zip(values, filter_names, strict=True))),
        _list(),  # no sort keys: pages are numbered by date, see the entry
        _list(*map(chunks.text, FIELDS)),
    )
    (meta_name,) = _add(files, f"pagefind.{language}_{{}}.pf_meta", [meta], kept, pool)
    entry = {
        "version": chunks.VERSION,
        "languages": {language: {"hash": f"{language}_{meta_name}", "wasm": found[0].wasm, "page_count": len(pages)}},
        "include_characters": found[0].included,
        # Pagefind passes over this, our worker reads it: the first pages are records, the next have no date, then come the oldest.
        "order": {mark: sum(shelf.startswith(begin) for shelf in shelves) for mark, begin in (("records", RECORD), ("undated", UNDATED))},
        # So is this: index chunks with a word that most pages say, and the name of what is enough to weigh them.
        "frequent": dict(zip(often, frequent_names, strict=True)),
    }
    content = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    files[parts.ENTRY] = f"{chunks.digest(content).hex()}.json"
    if files[parts.ENTRY] not in kept:
        kept.write(files[parts.ENTRY], content)
    return Bundle(files, {name: len(rows) for name, rows in values.items()})


def _add(files: dict[str, str], file: str, contents: Iterable[bytes], kept: Kept, pool: Executor) -> list[str]:
    """Add chunks to the files, compressing those that are new. Gives their names."""
    names: dict[str, None] = {}
    new = []
    for content in contents:
        digest = chunks.digest(content)
        name = chunks.name(digest, names)
        names[name] = None
        files[file.format(name)] = key = f"{digest.hex()}.chunk"
        if key not in kept:
            new.append((key, content))
    for key, content in zip((key for key, _ in new), pool.map(chunks.packed, (content for _, content in new)), strict=True):
        kept.write(key, content)
    return list(names)


def _filter(name: str, rows: Mapping[str, Sequence[int]], numbers: Sequence[bytes]) -> bytes:
    values = (_list(chunks.text(value), _list(*[numbers[page] for page in pages])) for value, pages in rows.items())
    return _list(chunks.text(name), _list(*values))


def _list(*items: bytes) -> bytes:
    return chunks.list_head(len(items)) + b"".join(items)
