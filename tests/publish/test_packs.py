"""The index as scripts: every chunk is there once, whole, and the same on every run; an engine that is not known stops the build."""

from __future__ import annotations

import base64
import gzip
import json
import re
import zlib
from pathlib import Path
from typing import Any

import pytest

from bindery.errors import SiteError
from bindery.publish import packs, pagefind_output, search
from tests.publish.test_search import contents, site

CALL = re.compile(r'(?:searchDisk\.fragmentPacks=\d+;\n)?searchDisk\.pack\(("[\w-]+"),(\{.*\})\);\n', re.DOTALL)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = site(tmp_path / "site")
    search.index(folder, "en")
    return folder


def chunks(folder: Path) -> dict[str, Any]:
    """Chunk → [checksum, content] over all packs."""
    found: dict[str, Any] = {}
    for path in (folder / "packs").glob("*.js"):
        if path.name != packs.ENGINE:
            call = CALL.fullmatch(path.read_text(encoding="utf-8"))
            assert call, path.name
            assert json.loads(call[1]) == path.stem
            found |= json.loads(call[2])
    return found


def test_every_chunk_stands_in_a_pack_byte_for_byte(built: Path) -> None:
    packs.write(built)
    found = chunks(built)
    bundle = contents(built / "pagefind")

    assert found.keys() == bundle.keys() - set(pagefind_output.CODE)
    for name, (checksum, content) in found.items():
        is_text = name.startswith("fragment/")
        expected = gzip.decompress(bundle[name]) if is_text else bundle[name]
        assert (content["text"].encode() if is_text else base64.b64decode(content)) == expected
        assert checksum == zlib.adler32(expected)


def test_fragments_share_packs(built: Path) -> None:
    packs.write(built)

    assert len(list((built / "packs").glob("fragment-*.js"))) == 4  # 40 pages, about twelve a pack


def test_two_runs_give_the_same_bytes(built: Path) -> None:
    packs.write(built)
    first = contents(built / "packs")
    (built / "packs/of-a-former-build.js").touch()
    packs.write(built)

    assert contents(built / "packs") == first


def test_a_site_without_an_index_has_no_packs(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", pages=0)

    assert packs.write(folder) == []
    assert not (folder / "packs").exists()


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
def test_an_unknown_module_stops_the_build(built: Path, old: str, new: str, problem: str) -> None:
    module = built / "pagefind/pagefind.js"
    module.write_text(module.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(SiteError, match=re.escape(problem)) as caught:
        packs.write(built)
    assert f"pagefind_bin=={pagefind_output.VERSION}" in caught.value.fix
