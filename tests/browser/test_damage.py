"""An index of which a file is missing or damaged: over http and from disk the reader is told in words, in both browsers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.browser.readers import SEARCHED, Reader
from tests.browser.serving import serving

Damage = Callable[[bytes], bytes | None]
DAMAGES: dict[str, Damage] = {
    "missing": lambda _: None,
    "empty": lambda _: b"",
    "cut-short": lambda content: content[: len(content) // 2],
    "changed": lambda content: content[:-40] + bytes([content[-40] ^ 1]) + content[-39:],
    "another-file": lambda _: b"<!DOCTYPE html><title>Not found</title>",
}
"""What becomes of a file's bytes; None: the file is gone."""
OVER_HTTP = (
    ("search-worker.js", "missing"),
    ("pagefind.js", "missing"),
    ("pagefind-entry.json", "another-file"),
    ("*.pf_meta", "cut-short"),
    ("wasm.*", "changed"),
    ("index/*", "missing"),
    ("index/*", "changed"),
    ("filter/*", "empty"),
    ("fragment/*", "another-file"),
    ("fragment/*", "cut-short"),
)
FROM_DISK = (
    ("search-find.js", "missing"),
    ("search-rank.js", "missing"),
    ("engine.js", "missing"),
    ("engine.js", "another-file"),
    ("start.js", "cut-short"),
    ("start.js", "changed"),
    ("index-*.js", "missing"),
    ("index-*.js", "changed"),
    ("fragment-*.js", "empty"),
    ("fragment-*.js", "cut-short"),
)
MESSAGE = "[...document.querySelectorAll('main [data-when]')].filter((one) => one.checkVisibility()).map((one) => one.dataset.when)"


def damaged(site_folder: Path, copy: Path, name: str, damage: str) -> Path:
    """A copy of the site with every file of that name damaged."""
    shutil.copytree(site_folder, copy, copy_function=os.link)  # files that are damaged are other files
    files = [path for folder in ("pagefind", "packs", "static/js") for path in copy.glob(f"{folder}/{name}")]
    assert files, name
    for path in files:
        content = DAMAGES[damage](path.read_bytes())
        path.unlink()
        if content is not None:
            path.write_bytes(content)
    return copy


def told(reader: Reader, address: str, words: str = "consul") -> list[str]:
    """The messages a reader sees, once the page and what is behind it have come to rest."""
    reader.goto(f"{address}search.html?q={words}")
    reader.wait_for(SEARCHED)
    reader.evaluate("new Promise((done) => setTimeout(done, 200))")  # further files of the same search fail after the first
    shown: list[str] = reader.evaluate(MESSAGE)
    return shown


def test_over_http_a_damaged_index_is_said_in_words(reader: Reader, site_folder: Path, tmp_path: Path) -> None:
    for number, (name, damage) in enumerate(OVER_HTTP):
        with serving(damaged(site_folder, tmp_path / str(number), name, damage)) as address:
            assert told(reader, address) == ["broken"], (name, damage)
            assert reader.problems, (name, damage)
            reader.problems.clear()


def test_a_damaged_copy_on_disk_says_so(reader: Reader, site_folder: Path, tmp_path: Path) -> None:
    for number, (name, damage) in enumerate(FROM_DISK):
        copy = damaged(site_folder, tmp_path / str(number), name, damage)
        assert told(reader, f"{copy.as_uri()}/") == ["disk"], (name, damage)
        assert any("missing" in problem for problem in reader.problems), (name, damage)
        reader.problems.clear()


def test_so_does_one_without_the_count_of_a_frequent_word(reader: Reader, frequent_site: Path, tmp_path: Path) -> None:
    for way, name in (("http", "frequent/*"), ("disk", "frequent-*.js")):
        copy = damaged(frequent_site, tmp_path / way, name, "cut-short")
        with serving(copy) as served:
            assert told(reader, served if way == "http" else f"{copy.as_uri()}/", "harbour") == ["broken" if way == "http" else "disk"]
        reader.problems.clear()


def test_an_index_made_whole_again_searches_without_a_reload(reader: Reader, site_folder: Path, tmp_path: Path) -> None:
    for way, pattern in (("http", "pagefind/index/*"), ("disk", "packs/index-*.js")):
        copy = Path(shutil.copytree(site_folder, tmp_path / way, copy_function=os.link))
        aside = {chunk: chunk.rename(chunk.with_suffix(".aside")) for chunk in sorted(copy.glob(pattern))}
        assert aside
        with serving(copy) as served:
            assert told(reader, served if way == "http" else f"{copy.as_uri()}/")
            for chunk, path in aside.items():
                path.rename(chunk)
            reader.problems.clear()
            reader.evaluate("Object.assign(document.querySelector('search-box input'), { value: 'japanese' }).form.requestSubmit()")
            reader.wait_for(f"location.search === '?q=japanese' && {SEARCHED}")

            assert reader.evaluate(MESSAGE) == []
            assert "briefings" in reader.evaluate("document.querySelector('[role=status]').textContent")
            assert not reader.problems
