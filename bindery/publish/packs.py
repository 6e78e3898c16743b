"""site/pagefind/ → site/packs/: the same index as classic scripts, for pages that are read from disk.

From file: browsers refuse fetch, modules and workers, but load `<script src>`. So Pagefind's module becomes a script whose
`fetch` is a parameter, and every chunk stands in a script that hands over its bytes (static/js/search-disk.js asks for them).
Over http nothing of this is used.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import shutil
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bindery.errors import SiteError
from bindery.model import Place
from bindery.publish import pagefind_output, search

FOLDER = "packs"
"""Where the scripts stand in the site."""
MODULE = "pagefind.js"
ENGINE = "engine.js"
START = "start"
"""The pack with what every search needs: entry, meta and the one WASM."""
FRAGMENTS_A_PACK = 12
"""On average. A page's text alone is a small file; twelve to a script halve the files of a large archive and cost a search little."""
HASH_DIGITS = 6
"""Of a fragment's name that choose its pack: "en_628aad8" → 0x628aad. static/js/search-disk.js counts the same."""

EDITS = (
    (re.compile(r"import\.meta\.url"), "address", 4),
    (re.compile(r"export\s*\{([\w, ]+)\};?\s*\Z"), r"return{\1};", 1),
)
"""What makes the module of Pagefind 1.5.2 a function body: pattern, replacement, how often it must occur."""
ASSUMED = ("await fetch(queued.input)", "noWorker", "new Worker(workerUrl)", '"pagefind_dcd"')
"""What the module must contain: where it meets the world outside, and that it takes a chunk which is not packed."""
ESCAPES = re.compile(r"\bimport\s*[.({\"'*]|\bexport\s*[{*]|XMLHttpRequest|importScripts|(?:self|window|globalThis)\.(?:fetch|Worker)\b")
"""Ways around the parameters; none may stand in the edited module."""


def write(site_folder: Path) -> list[Path]:
    """Make `packs/` from a finished `pagefind/`; without one there is none. The same index gives the same bytes.

    Raises SiteError if Pagefind's module is not the known one.
    """
    folder, bundle = site_folder / FOLDER, site_folder / search.FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    if not bundle.is_dir():
        return []
    folder.mkdir()
    chunks = {path.relative_to(bundle).as_posix(): path for path in sorted(bundle.rglob("*")) if path.is_file()}
    fragment_packs = -(-sum(name.startswith("fragment/") for name in chunks) // FRAGMENTS_A_PACK)
    texts = {ENGINE: _engine((bundle / MODULE).read_text(encoding="utf-8"))}
    for pack, names in _packed(chunks, fragment_packs).items():
        head = f"searchDisk.fragmentPacks={fragment_packs};\n" if pack == START else ""
        texts[f"{pack}.js"] = head + _script(pack, {name: chunks[name] for name in names})
    return [_write(folder / name, text) for name, text in texts.items()]


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _packed(names: Iterable[str], fragment_packs: int) -> Mapping[str, list[str]]:
    """Pack → the chunks in it."""
    packs: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        if name not in pagefind_output.CODE:
            packs[_pack(name, fragment_packs)].append(name)
    return packs


def _pack(name: str, fragment_packs: int) -> str:
    """The pack a chunk stands in: "index/en_5055444.pf_index" → "index-en_5055444"."""
    folder, _, file = name.rpartition("/")
    key = file.rpartition(".")[0]
    if not folder:
        return START
    if folder == "fragment":
        return f"fragment-{int(key.rpartition('_')[2][:HASH_DIGITS], 16) % fragment_packs}"
    return f"{folder}-{key}"


def _script(pack: str, chunks: Mapping[str, Path]) -> str:
    """A call that hands over each chunk with the checksum of its bytes: a copy that was cut short must not pass for a smaller index."""
    lines = []
    for name, path in chunks.items():
        text: Callable[[bytes], str] = _fragment if name.startswith("fragment/") else _base64
        content = gzip.decompress(path.read_bytes()) if text is _fragment else path.read_bytes()
        lines.append(f"{json.dumps(name)}:[{zlib.adler32(content)},{text(content)}]")
    return f"searchDisk.pack({json.dumps(pack)},{{\n" + ",\n".join(lines) + "\n});\n"


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
        at=Place(f"{search.FOLDER}/{MODULE}"),
        fix=f"install pagefind_bin=={pagefind_output.VERSION}, the release this program knows: pip install -r requirements.txt",
    )
