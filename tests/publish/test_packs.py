"""The index as scripts: every chunk is there once, whole, and the same on every run; an engine that is not known stops the build."""

from __future__ import annotations

import base64
import gzip
import json
import re
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bindery.errors import SiteError
from bindery.publish.search import chunks, packs, parts
from bindery.publish.search.kept import Kept
from tests.publish.test_search import contents, index, some

CALL = re.compile(r'(?:searchDisk\.fragmentPacks=\d+;\n)?searchDisk\.pack\(("[\w-]+"),(\{.*\})\);\n', re.DOTALL)


def packed(folder: Path) -> dict[str, Any]:
    """Chunk → [checksum, content] over all packs."""
    found: dict[str, Any] = {}
    for path in (folder / "packs").glob("*.js"):
        if path.name != packs.ENGINE:
            call = CALL.fullmatch(path.read_text(encoding="utf-8"))
            assert call, path.name
            assert json.loads(call[1]) == path.stem
            assert not found.keys() & json.loads(call[2]).keys()
            found |= json.loads(call[2])
    return found


def test_every_chunk_stands_in_a_pack_byte_for_byte(tmp_path: Path) -> None:
    index(tmp_path, some(40))
    found = packed(tmp_path / "site")
    bundle = contents(tmp_path / "site/pagefind")

    assert found.keys() == bundle.keys() - {parts.CODE}
    for name, (checksum, content) in found.items():
        is_text = name.startswith("fragment/")
        expected = gzip.decompress(bundle[name]) if is_text else bundle[name]
        assert (content["text"].encode() if is_text else base64.b64decode(content)) == expected
        assert checksum == zlib.adler32(expected)


@pytest.mark.parametrize(("pages", "count"), [(16, 1), (17, 2), (40, 4), (64, 4)])
def test_fragments_share_packs(tmp_path: Path, pages: int, count: int) -> None:
    index(tmp_path, some(pages))

    assert len(list((tmp_path / "site/packs").glob("fragment-*.js"))) == count


def test_a_page_more_changes_few_packs(tmp_path: Path) -> None:
    index(tmp_path, some(100))
    before = contents(tmp_path / "site/packs")
    index(tmp_path, some(101))
    changed = {name for name, content in contents(tmp_path / "site/packs").items() if before.get(name) != content}

    assert len([name for name in changed if name.startswith("fragment")]) == 1


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """Pagefind's own."""
    index(tmp_path, some(1))
    return tmp_path / "site/pagefind" / parts.CODE


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        pytest.param("export{", "export default{", "export", id="exports otherwise"),
        pytest.param("import.meta.url", "document.baseURI", "4", id="asks for its address otherwise"),
        pytest.param("await fetch(queued.input)", "await load(queued.input)", "await fetch", id="fetches otherwise"),
        pytest.param("var asyncSleep", 'import("./more.js");var asyncSleep', "import", id="imports more"),
        pytest.param("var asyncSleep", "var x=window.fetch;var asyncSleep", "window.fetch", id="fetches around us"),
        pytest.param("noWorker", "workerless", "noWorker", id="has lost an option"),
    ],
)
def test_an_unknown_module_stops_the_build(module: Path, tmp_path: Path, old: str, new: str, problem: str) -> None:
    kept = Kept(tmp_path / "other")
    kept.write("code", module.read_text(encoding="utf-8").replace(old, new).encode())

    with ThreadPoolExecutor(1) as pool, pytest.raises(SiteError, match=re.escape(problem)) as caught:
        packs.packs({parts.CODE: "code"}, kept, pool)
    assert f"pagefind_bin=={chunks.VERSION}" in caught.value.fix
