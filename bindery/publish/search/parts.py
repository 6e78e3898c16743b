"""Documents → parts of them that are indexed one by one, each again only when one of its documents changed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

import msgspec
import pagefind_bin  # type: ignore[import-untyped]  # a program in a wheel; of its Python we use one function

from bindery.errors import SiteError
from bindery.model import Place
from bindery.publish.search import chunks, patched
from bindery.publish.search.documents import FIELDS, Document, fields_html
from bindery.publish.search.kept import Kept
from bindery.publish.search.part import Part, Run, run_of

LARGEST = 600
"""Documents of a part. Pagefind takes 0.1 s to start and 1 ms a document: after an edit one part is made again."""
REINSTALL = f"install it again: pip install --force-reinstall pagefind_bin=={chunks.VERSION}"
CODE = "pagefind.js"
"""Pagefind's own script that the site uses; its interfaces (pagefind-ui.js …) are not."""
ENTRY = "pagefind-entry.json"
FIELDS_PAGE = "_fields.html"
NOWHERE = -1
"""Place of the page of fields: it is no document."""
_URL = re.compile(rb'\{"url":("(?:[^"\\]|\\.)*")')


_DECODER = msgspec.msgpack.Decoder(Part)


def split(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """The documents in order of their shelf marks, divided where marks begin to differ, until no part is too large.

    A document more or less changes the part it is in and no other; documents with the same mark stay together.
    """
    yield from _split(sorted(documents, key=lambda document: document.shelf), 0)


def _split(documents: list[Document], depth: int) -> Iterator[list[Document]]:
    if len(documents) <= LARGEST or all(len(document.shelf) <= depth for document in documents):
        if documents:
            yield documents
        return
    begun: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        begun[document.shelf[: depth + 1]].append(document)
    for group in begun.values():  # in their order, since the documents are
        yield from _split(group, depth + 1)


def part_name(documents: Sequence[Document], language: str) -> str:
    """Name of a part among what is kept."""
    return f"{chunks.made_from(chunks.VERSION, language, *(document.digest for document in documents))}.part"


def indexed(documents: Sequence[Document], name: str, language: str, kept: Kept, last: str = "") -> Part:
    """The part, out of what is kept under its name or by running Pagefind. `last` is the name of the part that stood in its place.

    Raises SiteError if Pagefind fails or writes a format that is not known.
    """
    if part := _kept_part(kept.read(name), kept):
        return part
    part = _patched(documents, language, kept, last) or _made(documents, language, kept)
    kept.write(name, msgspec.msgpack.encode(part))
    return part


def _patched(documents: Sequence[Document], language: str, kept: Kept, last: str) -> Part | None:
    """The last part with those documents that changed; None where they are too many."""
    before = _decoded(kept.read_last(last)) if last else None
    digests = [document.digest for document in documents]
    if before is None or not (at := patched.places(before, digests)):
        return None
    fresh = _made([documents[place] for place in at], language, kept)
    part = patched.patched(before, fresh, at, digests)
    return part if part and _has_files(part, kept) else None


def _made(documents: Sequence[Document], language: str, kept: Kept) -> Part:
    with tempfile.TemporaryDirectory(dir=kept.folder) as folder:
        write_documents(documents, Path(folder))
        run_pagefind(Path(folder), language)
        return _read(Path(folder) / "pagefind", documents, kept)


def _kept_part(content: bytes | None, kept: Kept) -> Part | None:
    """None where it is not kept, is cut short, or has lost one of its files."""
    part = _decoded(content)
    return part if part and _has_files(part, kept) else None


def _decoded(content: bytes | None) -> Part | None:
    try:
        return _DECODER.decode(content) if content else None
    except msgspec.DecodeError:
        return None


def _has_files(part: Part, kept: Kept) -> bool:
    return all(file in kept for file in (*part.code.values(), *(fragment_name(digest) for digest, _ in part.pages)))


def _keep(name: str, path: Path, kept: Kept) -> None:
    """One that is kept already stays the file it is, and with it that of the site."""
    if name not in kept:
        kept.take(name, path)


def fragment_name(digest: bytes) -> str:
    """Name of a fragment among what is kept."""
    return f"{digest.hex()}.pf_fragment"


def write_documents(documents: Sequence[Document], folder: Path) -> None:
    """As files for Pagefind, each at its permalink, and the page of fields."""
    (folder / FIELDS_PAGE).write_text(fields_html(), encoding="utf-8")
    for name in {document.permalink.rpartition("/")[0] for document in documents}:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for document in documents:
        (folder / document.permalink).write_text(document.html(), encoding="utf-8", newline="\n")


def run_pagefind(folder: Path, language: str) -> None:
    """Index every page in a folder, as one language whatever its pages say, into pagefind/ beneath it."""
    command = [str(_executable()), "--site", str(folder.resolve()), "--output-subdir", "pagefind"]
    command += ["--force-language", language, "--keep-index-url", "--quiet"]
    # Settings of this machine must not reach the index: PAGEFIND_* variables, a pagefind.toml in the current folder.
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    try:
        run = subprocess.run(  # noqa: S603  # our own program with our own arguments; no shell
            command, check=False, cwd=folder, env=surroundings, capture_output=True, encoding="utf-8", errors="replace"
        )
    except OSError as error:
        raise SiteError(f"Pagefind cannot be started: {error.strerror}", at=Place(command[0]), fix=REINSTALL) from error
    if run.returncode:
        last_words = " ".join((run.stderr or run.stdout).split())[-300:]
        raise SiteError(
            f"Pagefind stopped with status {run.returncode}: {last_words}",
            at=Place("pagefind"),
            fix="look at what it says; no index was written and the old site still stands",
        )


def _executable() -> Path:
    """Pagefind's program inside its Python package: no PATH, no download."""
    try:
        return Path(pagefind_bin.get_executable())
    except FileNotFoundError as error:
        raise SiteError("the package pagefind_bin has no program for this machine", at=Place("pagefind_bin"), fix=REINSTALL) from error


def _read(folder: Path, documents: Sequence[Document], kept: Kept) -> Part:
    """What Pagefind wrote, its pages renumbered in the order of the documents."""
    hash_, wasm, included = _entry(folder)
    pages, chunk_names, filter_names, fields = _meta(folder / f"pagefind.{hash_}.pf_meta")
    if tuple(fields) != FIELDS:
        raise chunks.unknown("pf_meta", f"has the fields {', '.join(fields)}")
    code = {}
    for name in (CODE, f"wasm.{wasm or 'unknown'}.pagefind"):
        try:
            code[name] = f"{chunks.digest((folder / name).read_bytes()).hex()}.code"
        except OSError as error:
            raise chunks.unknown(name, "is missing") from error
        _keep(code[name], folder / name, kept)
    place_by_url = {json.dumps(f"/{document.permalink}", ensure_ascii=False): place for place, document in enumerate(documents)}
    found: dict[int, tuple[bytes, int]] = {}
    documents_of_pages: list[int] = []
    for identifier, word_count in pages:
        path = folder / "fragment" / f"{identifier}.pf_fragment"
        content = chunks.content(path)
        url = _URL.match(content)
        if url is None:
            raise chunks.unknown(path.name, "does not begin with an address")
        documents_of_pages.append(place_by_url.get(url[1].decode(), NOWHERE))
        if documents_of_pages[-1] != NOWHERE:
            digest = chunks.digest(content)
            _keep(fragment_name(digest), path, kept)
            found[documents_of_pages[-1]] = (digest, word_count)
    if documents_of_pages.count(NOWHERE) != 1:
        raise chunks.unknown("pf_meta", "has pages of no document")
    numbers = {document: number for number, document in enumerate(sorted(found))}
    places = [numbers.get(document, NOWHERE) for document in documents_of_pages]
    words: dict[str, Run] = {}
    spellings: dict[str, dict[str, Run]] = {}
    for name in chunk_names:
        for word, postings, spelt in chunks.words(folder / "index" / f"{name}.pf_index"):
            if run := _run(postings, places):
                words[word] = run
            if runs := {spelling: run for spelling, others in spelt if (run := _run(others, places))}:
                spellings[word] = runs
    filters = {name: _filter(folder / "filter" / f"{key}.pf_filter", name, places) for name, key in filter_names}
    left_out = [place for place in range(len(documents)) if place not in found]
    digests = [document.digest for document in documents]
    return Part(digests, [found[place] for place in numbers], left_out, words, spellings, filters, code, wasm or None, included)


def _run(postings: chunks.Postings, places: Sequence[int]) -> Run | None:
    """The postings renumbered; None if they are those of the page of fields alone."""
    distances, rests = zip(*postings, strict=True) if postings else ((), ())
    found = sorted(zip(map(places.__getitem__, accumulate(map(chunks.number, distances))), rests, strict=True))
    if found and found[0][0] == NOWHERE:
        del found[0]
    return run_of(found)


def _filter(path: Path, name: str, places: Sequence[int]) -> dict[str, list[int]]:
    value = chunks.value(path)
    if not (isinstance(value, list) and len(value) == 2 and value[0] == name and isinstance(value[1], list)):
        raise chunks.unknown(path.name, "is not a filter")
    return {value: sorted(places[number] for number in numbers) for value, numbers in value[1]}


def _entry(folder: Path) -> tuple[str, str, list[str]]:
    """Hash of the meta file, language of the program, signs taken for letters.

    Out of {"version": …, "languages": {"en": {"hash", "wasm", "page_count"}}, "include_characters": […]}.
    """
    try:
        entry = json.loads((folder / ENTRY).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise chunks.unknown(ENTRY, "is missing or not JSON") from error
    if entry.get("version") != chunks.VERSION:
        raise chunks.unknown(ENTRY, f"is of version {entry.get('version')!r}")
    if len(entry.get("languages", {})) != 1:
        raise chunks.unknown(ENTRY, "names more than one language, or none")
    ((_, facts),) = entry["languages"].items()
    return facts["hash"], facts["wasm"] or "", entry["include_characters"]


def _meta(path: Path) -> tuple[list[tuple[str, int]], list[str], list[tuple[str, str]], list[str]]:
    """Pages, names of the index chunks, filters with the names of theirs, metadata fields."""
    value = chunks.value(path)
    if not (isinstance(value, list) and len(value) == 6 and value[0] == chunks.VERSION and all(isinstance(one, list) for one in value[1:])):
        raise chunks.unknown(path.name, "is not a meta file")
    _, pages, index, filters, _, fields = value
    return pages, [name for _, _, name in index], filters, fields
