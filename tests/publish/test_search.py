"""The search index: what is in it, that its bytes do not vary, and what is said when it cannot be made."""

from __future__ import annotations

import gzip
import json
import os
import re
from pathlib import Path

import cbor2
import pytest

from bindery.errors import SiteError
from bindery.publish import pagefind_output, search

CITIES = ("Wuxi", "Chongqing", "Ōsaka", "Budapest", "成都", "Dalian", "Kitakyushu")


def page(number: int) -> str:
    filters = "".join(f'<span data-pagefind-filter="city">{CITIES[(number + step) % len(CITIES)]}</span>' for step in range(3))
    return f"""<!DOCTYPE html>
<html lang="{"zh" if number % 4 == 0 else "en"}"><title>Page {number}</title>
<p hidden>{filters}<span data-pagefind-filter="year">{2010 + number % 9}</span>
<span data-pagefind-filter="source">Source {number % 5}</span>
<span data-pagefind-sort="date">20{10 + number % 9}-01-01</span><span data-pagefind-sort="title">{number % 3}</span></p>
<main data-pagefind-body><h1 data-pagefind-meta="title">Page {number}</h1><p id="p-words">The consul general said {number}.</p></main>"""


def site(folder: Path, pages: int = 40) -> Path:
    folder.mkdir(parents=True)
    for number in range(pages):
        (folder / f"{number}.html").write_text(page(number), encoding="utf-8")
    (folder / "index.html").write_text("<!DOCTYPE html><html lang=en><title>Home</title><p>not searched</p>", encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def decoded(path: Path) -> object:
    return cbor2.loads(gzip.decompress(path.read_bytes()).removeprefix(pagefind_output.SIGNATURE))


def test_pages_with_a_body_are_indexed_as_one_language(tmp_path: Path) -> None:
    folder = site(tmp_path / "site")
    index = search.index(folder, "en-GB")

    assert index.page_count == 40
    assert index.value_count_by_filter == {"city": 7, "source": 5, "year": 9}
    entry = json.loads((folder / "pagefind/pagefind-entry.json").read_text(encoding="utf-8"))
    assert list(entry["languages"]) == ["en"]


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = site(tmp_path / "one"), site(tmp_path / "elsewhere" / "two")
    for folder in (first, second):
        search.index(folder, "en")

    assert contents(first) == contents(second)


def test_a_site_is_indexed_beside_the_old_one_in_a_folder_with_a_dot(tmp_path: Path) -> None:
    assert search.index(site(tmp_path / ".site-new"), "en").page_count == 40


def test_indexing_again_replaces_the_old_index(tmp_path: Path) -> None:
    folder = site(tmp_path / "site")
    search.index(folder, "en")
    before = contents(folder)
    (folder / "pagefind" / "index" / "en_0000000.pf_index").write_bytes(b"of a former build")
    search.index(folder, "en")

    assert contents(folder) == before


def test_only_what_the_site_uses_is_kept(tmp_path: Path) -> None:
    folder = site(tmp_path / "site")
    index = search.index(folder, "en")
    names = {re.sub(r"en_\w+", "HASH", path.relative_to(folder / "pagefind").as_posix()) for path in (folder / "pagefind").rglob("*.*")}

    assert names == {
        "pagefind.js",
        "pagefind-entry.json",
        "pagefind.HASH.pf_meta",
        "wasm.en.pagefind",
        "filter/HASH.pf_filter",
        "fragment/HASH.pf_fragment",
        "index/HASH.pf_index",
    }
    assert index.file_count == len(contents(folder / "pagefind"))
    assert index.size == sum(map(len, contents(folder / "pagefind").values()))


def test_a_language_pagefind_has_no_stemmer_for_gets_the_general_one(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", pages=2)
    search.index(folder, "ja")

    assert [path.name for path in (folder / "pagefind").glob("wasm.*")] == ["wasm.unknown.pagefind"]


def test_filters_and_their_values_stand_in_order_under_the_names_the_meta_file_gives(tmp_path: Path) -> None:
    folder = site(tmp_path / "site") / "pagefind"
    search.index(folder.parent, "en")
    (meta_file,) = folder.glob("*.pf_meta")
    meta = decoded(meta_file)

    assert isinstance(meta, list)
    assert [name for name, _ in meta[3]] == ["city", "source", "year"]
    for name, key in meta[3]:
        chunk = decoded(folder / "filter" / f"{key}.pf_filter")
        assert isinstance(chunk, list)
        assert chunk[0] == name
        assert [value for value, _ in chunk[1]] == sorted(value for value, _ in chunk[1])


def test_a_site_with_nothing_to_search_has_no_index(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", pages=0)

    assert search.index(folder, "en") == search.SearchIndex(0, {}, 0, 0)
    assert not (folder / "pagefind").exists()


def test_settings_of_the_machine_do_not_reach_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site(tmp_path / "site", pages=3)
    monkeypatch.setenv("PAGEFIND_OUTPUT_SUBDIR", "elsewhere")
    (tmp_path / "pagefind.toml").write_text('output_subdir = "elsewhere"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert search.index(folder, "en").page_count == 3
    assert (folder / "pagefind").is_dir()


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """Pagefind's own output, before anything is put in order."""
    folder = site(tmp_path / "site", pages=3)
    search._run_pagefind(folder, "en")
    return folder / "pagefind"


def replace(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_an_unknown_version_stops_the_build(bundle: Path) -> None:
    replace(bundle / "pagefind-entry.json", '"1.5.2"', '"9.0.0"')
    with pytest.raises(SiteError, match=r"'9\.0\.0'") as caught:
        pagefind_output.make_reproducible(bundle)

    assert "pagefind_bin==1.5.2" in caught.value.fix


@pytest.mark.parametrize("pattern", ["*.pf_meta", "filter/*.pf_filter"])
@pytest.mark.parametrize(
    "content",
    [b"not gzip", gzip.compress(b"other_sign12" + cbor2.dumps([])), gzip.compress(b"pagefind_dcd" + cbor2.dumps({"new": "shape"}))],
    ids=["no-gzip", "no-signature", "other-shape"],
)
def test_an_unknown_chunk_stops_the_build(bundle: Path, pattern: str, content: bytes) -> None:
    min(bundle.glob(pattern)).write_bytes(content)

    with pytest.raises(SiteError, match="Pagefind's output"):
        pagefind_output.make_reproducible(bundle)


def test_an_unknown_folder_stops_the_build(bundle: Path) -> None:
    (bundle / "shards").mkdir()

    with pytest.raises(SiteError, match="not a folder of the known format"):
        pagefind_output.make_reproducible(bundle)


def test_pagefind_missing_for_this_machine_is_said_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise FileNotFoundError

    monkeypatch.setattr("pagefind_bin.get_executable", nowhere)
    with pytest.raises(SiteError, match="no program for this machine") as caught:
        search.index(site(tmp_path / "site", pages=1), "en")

    assert "pip install" in caught.value.fix


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for Pagefind")
def test_pagefinds_last_words_are_told_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\necho 'out of space' >&2\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: program)

    with pytest.raises(SiteError, match="status 3: out of space"):
        search.index(site(tmp_path / "site", pages=1), "en")


def test_a_program_that_cannot_be_started_is_an_error_with_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: tmp_path / "gone")

    with pytest.raises(SiteError, match="cannot be started"):
        search.index(site(tmp_path / "site", pages=1), "en")
