"""The files of an index → the same as classic scripts, for pages that are read from disk.

From file: browsers refuse fetch, modules and workers, but load `<script src>`. So Pagefind's module becomes a script whose
`fetch` is a parameter, and every chunk stands in a script that hands over its bytes (static/js/search-disk.js asks for them).
Over http nothing of this is used.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor

from bindery.errors import SiteError
from bindery.model import Place
from bindery.publish.search import chunks
from bindery.publish.search.kept import Kept

FOLDER = "packs"
"""Where the scripts stand in the site."""
MODULE = "pagefind.js"
ENGINE = "engine.js"
START = "start"
"""The pack with what every search needs: entry, meta and the one WASM."""
FRAGMENTS_A_PACK = 16
"""At most, on average, and half of it at least: the number of packs is a power of two, so that one page more does not shuffle them.
A page's text alone is a small file; a dozen to a script halve the files of a large archive and cost a search little."""

EDITS = (
    (re.compile(r"import\.meta\.url"), "address", 4),
    (re.compile(r"export\s*\{([\w, ]+)\};?\s*\Z"), r"return{\1};", 1),
)
"""What makes the module of Pagefind 1.5.2 a function body: pattern, replacement, how often it must occur."""
ASSUMED = ("await fetch(queued.input)", "noWorker", "new Worker(workerUrl)", '"pagefind_dcd"')
"""What the module must contain: where it meets the world outside, and that it takes a chunk which is not packed."""
ESCAPES = re.compile(r"\bimport\s*[.({\"'*]|\bexport\s*[{*]|XMLHttpRequest|importScripts|(?:self|window|globalThis)\.(?:fetch|Worker)\b")
"""Ways around the parameters; none may stand in the edited module."""


def packs(files: Mapping[str, str], kept: Kept, pool: Executor) -> dict[str, str]:
    """Name below packs/ → name among what is kept, for the files of an index (bundle.py), which are kept.

    Raises SiteError if Pagefind's module is not the known one.
    """
    count = 1
    while sum(name.startswith("fragment/") for name in files) > FRAGMENTS_A_PACK * count:
        count *= 2
    made = {ENGINE: _kept_text(_key("engine", files[MODULE]), kept, lambda: _engine(_read(files[MODULE], kept).decode()))}
    jobs = {
        pack: pool.submit(_script, pack, {name: files[name] for name in names}, count, kept)
        for pack, names in _packed(files, count).items()
    }
    return made | {f"{pack}.js": job.result() for pack, job in jobs.items()}


def _packed(names: Iterable[str], fragment_packs: int) -> Mapping[str, list[str]]:
    """Pack → the chunks in it."""
    packs: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        if name != MODULE:
            packs[_pack(name, fragment_packs)].append(name)
    return packs


def _pack(name: str, fragment_packs: int) -> str:
    """The pack a chunk stands in: "index/k3x9a.pf_index" → "index-k3x9a"."""
    folder, _, file = name.rpartition("/")
    key = file.rpartition(".")[0]
    if not folder:
        return START
    if folder == "fragment":
        return f"fragment-{int(key[: chunks.NAME_LENGTH], 32) % fragment_packs}"
    return f"{folder}-{key}"


def _script(pack: str, files: Mapping[str, str], fragment_packs: int, kept: Kept) -> str:
    """A call that hands over each chunk with the checksum of its bytes: a copy that was cut short must not pass for a smaller index.

    Gives its name among what is kept.
    """

    def made() -> str:
        lines = []
        for name, file in files.items():
            text: Callable[[bytes], str] = _fragment if name.startswith("fragment/") else _base64
            content = gzip.decompress(_read(file, kept)) if text is _fragment else _read(file, kept)
            lines.append(f"{json.dumps(name)}:[{zlib.adler32(content)},{text(content)}]")
        head = f"searchDisk.fragmentPacks={fragment_packs};\n" if pack == START else ""
        return f"{head}searchDisk.pack({json.dumps(pack)},{{\n" + ",\n".join(lines) + "\n});\n"

    told = (f"{name}={file}" for name, file in files.items())
    return _kept_text(_key(pack, *told, str(fragment_packs) if pack == START else ""), kept, made)


def _key(*told: str) -> str:
    return f"{chunks.made_from(*told)}.js"


def _kept_text(key: str, kept: Kept, make: Callable[[], str]) -> str:
    if key not in kept:
        kept.write(key, make().encode())
    return key


def _read(file: str, kept: Kept) -> bytes:
    content = kept.read(file)
    assert content is not None, file  # whoever names a file of the index has kept it
    return content


def _fragment(content: bytes) -> str:
    """A page's text as text: gzip over base64 over gzip would make the archive to take away a fifth larger."""
    return json.dumps({"text": content.decode("utf-8")}, ensure_ascii=False, separators=(",", ":"))


def _base64(content: bytes) -> str:
    return f'"{base64.b64encode(content).decode("ascii")}"'


def _engine(module: str) -> str:
    """Pagefind's module as a function of the address it thinks it has and of the `fetch` it gets.

    It finds neither `Worker` nor `document`, as in the worker that runs it over http: it must not cut a query into the words of
    the page's language.
    """
    body = module
    for pattern, replacement, count in EDITS:
        body, made = pattern.subn(replacement, body)
        if made != count:
            raise _unknown(f"has {pattern.pattern!r} {made} times, not {count}")
    for words in ASSUMED:
        if words not in body:
            raise _unknown(f"does not contain {words!r}")
    if escape := ESCAPES.search(body):
        raise _unknown(f"contains {escape[0]!r}")
    return f'searchDisk.engine=function(address,fetch,Worker,document){{"use strict";\n{body}\n}};\n'


def _unknown(problem: str) -> SiteError:
    return SiteError(
        f"Pagefind's module {problem}, so that it cannot be made to work from disk",
        at=Place(f"pagefind/{MODULE}"),
        fix=f"install pagefind_bin=={chunks.VERSION}, the release this program knows: pip install -r requirements.txt",
    )
