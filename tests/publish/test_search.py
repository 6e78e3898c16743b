"""The search index: what is in it, that its bytes hang on its documents alone, and what is said when it cannot be made."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cbor2
import pytest

from bindery.errors import SiteError
from bindery.publish import bigrams, search
from bindery.publish.search import chunks, documents, frequent, merged, parts
from bindery.publish.search.documents import Document
from bindery.publish.search.kept import Kept
from bindery.publish.views.search_data import SearchData

CITIES = ("Wuxi", "Chongqing", "Ōsaka", "Budapest", "成都", "Dalian", "Kitakyushu")
WORDS = ("harbour", "consul", "consuls", "consul-general", "Kádár", "kadar", "140", "C++", "NEC", "重庆两江", "economic", "economics")


def document(number: int, words: str = "") -> Document:
    """A briefing with words drawn by its number; every fifth has no date, every seventh is a record."""
    drawn = random.Random(number)
    said = [words or " ".join(drawn.choices(WORDS, k=60)) for _ in range(4)]
    place, date = CITIES[number % 7], f"20{10 + number % 9}-{1 + number % 12:02}-11"
    facts = SearchData(
        filters=(("city", place), ("city", CITIES[number % 5]), ("source", f"Source, {number % 4}"), ("year", date[:4])),
        meta=(
            ("title", f"Page {number}"),
            ("date", date),
            ("aliases", f"{place} · Mori {number % 3}"),
            ("bigrams", bigrams.index_words(said)),
        ),
    )
    body = "".join(f'<div id="p-{place}"{documents.USUAL}><p>{text}\n</p></div>' for place, text in enumerate(said))

    def html() -> str:
        return documents._html(facts, f"Page {number}", body)

    digest = chunks.digest(html().encode()).hex()
    if number % 7 == 6:
        return documents.of_record(f"cities/{number}.html", digest, html)
    return documents.of_briefing(f"briefings/{number}.html", date if number % 5 else None, digest, html)


def some(count: int) -> list[Document]:
    return [document(number) for number in range(count)]


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many parts and many chunks, of few documents."""
    monkeypatch.setattr(parts, "LARGEST", 7)
    monkeypatch.setattr(merged, "TYPICAL", 300)


def index(root: Path, found: list[Document], language: str = "en", workers: int | None = None) -> search.SearchIndex:
    """A site of its own each time, with what was kept of the one before."""
    site = root / "site"
    if site.exists():
        site.rename(root / f"old-{len(list(root.iterdir()))}")
    kept = Kept(root / "cache")
    made = search.index(found, language, kept, workers)
    for name, key in made.files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).hardlink_to(kept.path(key))
    kept.drop_unused()
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def decoded(path: Path) -> Any:
    return cbor2.loads(gzip.decompress(path.read_bytes()).removeprefix(chunks.SIGNATURE))


def read(bundle: Path) -> dict[str, Any]:
    """All that an index says, by addresses of pages and not by their numbers."""
    (facts,) = json.loads((bundle / parts.ENTRY).read_text(encoding="utf-8"))["languages"].values()
    _, pages, chunks_, filters, _, fields = decoded(bundle / f"pagefind.{facts['hash']}.pf_meta")
    texts = [json.loads(gzip.decompress((bundle / f"fragment/{name}.pf_fragment").read_bytes())[12:]) for name, _ in pages]
    urls = [text["url"] for text in texts]

    def places(postings: list[Any]) -> Iterator[tuple[str, Any]]:
        number = 0
        for distance, places, in_fields in postings:
            number += distance
            if urls[number] != f"/{parts.FIELDS_PAGE}":
                yield urls[number], (places, in_fields)

    words = {}
    for _, _, name in chunks_:
        for word, postings, spelt in decoded(bundle / f"index/{name}.pf_index")[0]:
            words[word] = dict(places(postings)), {form: found for form, others in spelt if (found := dict(places(others)))}
    lengths = {text["url"]: (text, length) for text, (_, length) in zip(texts, pages, strict=True)}
    return {
        "texts": {url: found for url, found in lengths.items() if url != f"/{parts.FIELDS_PAGE}"},
        "words": {word: found for word, found in words.items() if any(found)},
        "filters": {
            name: {value: sorted(urls[number] for number in numbers) for value, numbers in decoded(bundle / f"filter/{key}.pf_filter")[1]}
            for name, key in filters
        },
        "fields": fields,
    }


def test_documents_are_indexed_as_one_language(tmp_path: Path) -> None:
    index_ = index(tmp_path, some(40), "en-GB")

    assert index_.page_count == 40
    assert index_.value_count_by_filter == {"city": 7, "source": 4, "year": 9}
    entry = json.loads((tmp_path / "site/pagefind/pagefind-entry.json").read_text(encoding="utf-8"))
    assert list(entry["languages"]) == ["en"]
    assert entry["order"] == {"records": 5, "undated": 7}


@pytest.mark.usefixtures("small_parts")
def test_parts_make_the_index_that_pagefind_makes_of_all_at_once(tmp_path: Path) -> None:
    found = some(60)
    index(tmp_path, found)
    whole = tmp_path / "whole"
    whole.mkdir()
    parts.write_documents(found, whole)
    parts.run_pagefind(whole, "en")

    assert len(list(parts.split(found))) > 5
    assert len(list((tmp_path / "site/pagefind/index").iterdir())) > 5
    assert read(tmp_path / "site/pagefind") == read(whole / "pagefind")


def test_the_weight_of_a_text_is_not_written_down_and_that_of_a_title_is(tmp_path: Path) -> None:
    index(tmp_path, [document(1, "harbour")])
    words = read(tmp_path / "site/pagefind")["words"]

    assert all(number >= 0 for number in words["harbour"][0]["/briefings/1.html"][0])
    assert min(words["page"][0]["/briefings/1.html"][0]) < -100


def test_pages_are_numbered_records_first_then_by_date(tmp_path: Path) -> None:
    index(tmp_path, some(30))
    texts = read(tmp_path / "site/pagefind")["texts"]
    undated = len([number for number in range(30) if number % 7 != 6 and number % 5 == 0])
    dates = [text["meta"]["date"] for text, _ in texts.values()][4 + undated :]

    assert [url.startswith("/cities/") for url in texts] == [True] * 4 + [False] * 26
    assert dates == sorted(dates)


@pytest.mark.usefixtures("small_parts")
def test_the_same_documents_give_the_same_bytes_however_many_are_indexed_at_once(tmp_path: Path) -> None:
    index(tmp_path / "one", some(40), workers=1)
    index(tmp_path / "elsewhere", some(40), workers=3)

    assert contents(tmp_path / "one/site") == contents(tmp_path / "elsewhere/site")


@pytest.mark.usefixtures("small_parts")
def test_an_index_made_from_what_was_kept_is_the_one_made_from_nothing(tmp_path: Path) -> None:
    found = some(40)
    index(tmp_path / "kept", found)
    changes = [
        [*found[:5], document(5, "harbour lights"), *found[6:]],
        [*found, document(41), document(48)],
        found[3:],
        [document(number, "a new word") for number in range(0, 40, 3)],
    ]
    for number, changed in enumerate(changes):
        index(tmp_path / "kept", changed)
        index(tmp_path / f"clean-{number}", changed)
        assert contents(tmp_path / "kept/site") == contents(tmp_path / f"clean-{number}/site"), number
        assert contents(tmp_path / "kept/cache").keys() == contents(tmp_path / f"clean-{number}/cache").keys(), number


def test_without_a_change_nothing_is_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = index(tmp_path, some(20))
    monkeypatch.delattr("bindery.publish.search.bundle.bundle")

    assert index(tmp_path, some(20)) == before


def test_a_file_that_is_not_kept_any_more_is_made_again(tmp_path: Path) -> None:
    index(tmp_path, some(20))
    before = contents(tmp_path / "site")
    for pattern in ("*.pf_fragment", "*.chunk", "*.code", "*.js", "*.json"):
        min((tmp_path / "cache").glob(pattern)).unlink()
        index(tmp_path, some(20))
        assert contents(tmp_path / "site") == before, pattern


@pytest.mark.usefixtures("small_parts")
def test_one_change_indexes_one_part_and_none_indexes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = some(60)
    index(tmp_path, found)
    runs: list[int] = []
    run = parts.run_pagefind

    def counting(folder: Path, language: str) -> None:
        runs.append(len(list(folder.rglob("*.html"))))
        run(folder, language)

    monkeypatch.setattr(parts, "run_pagefind", counting)
    index(tmp_path, found)
    assert runs == []
    index(tmp_path, [document(0, "harbour lights"), *found[1:]])

    assert len(runs) == 1
    assert runs[0] <= parts.LARGEST + 1  # and the page of fields


def test_a_word_more_leaves_most_chunks_as_they_were() -> None:
    drawn = random.Random(1)
    entries = sorted(("".join(drawn.choices("abcdefghijklmnopqrstuvwxyz", k=6)), bytes(drawn.randint(50, 3000))) for _ in range(2000))
    before = set(merged.index_chunks(entries))

    assert len(before) > 50
    for word in ("aaaaaa", "mmmmmm", "zzzzzz"):
        assert len(set(merged.index_chunks(sorted([*entries, (word, bytes(2000))]))) - before) < 12


def test_longer_forms_of_a_word_stand_in_its_chunk() -> None:
    entries = [(word, b"x" * 3000) for word in ("const", "consul", *(f"consul{letter}" for letter in "abcdefghijklmn"), "contact")]
    cut = list(merged.index_chunks(entries))

    assert any(first <= "consul" and last >= "consuln" for first, last, _ in cut)


@pytest.mark.usefixtures("small_parts")
def test_of_a_word_that_most_pages_say_there_is_a_chunk_without_its_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merged, "LARGE", 600)
    monkeypatch.setattr(frequent, "LARGEST", 900)
    index(tmp_path, some(60))
    folder = tmp_path / "site/pagefind"
    named = json.loads((folder / parts.ENTRY).read_text(encoding="utf-8"))["frequent"]
    words = []
    for whole, short in named.items():
        ((word, postings, forms),), ((same, counted, same_forms),) = (
            decoded(folder / name)[0] for name in (f"index/{whole}.pf_index", f"frequent/{short}.pf_frequent")
        )
        words.append(word)
        assert (same, [form for form, _ in same_forms]) == (word, [form for form, _ in forms])
        for (distance, places, fields), (same_distance, (count, *rest), same_fields) in zip(postings, counted, strict=True):
            assert (same_distance, same_fields) == (distance, fields)
            assert places[count:] == rest
            assert all(place >= 0 for place in places[:count])
            assert not rest or rest[0] < 0

    assert "harbour" in words
    assert {path.stem for path in (folder / "frequent").iterdir()} == set(named.values())


def test_what_was_kept_and_is_damaged_is_made_again(tmp_path: Path) -> None:
    index(tmp_path, some(10))
    before = contents(tmp_path / "site")
    for path in (tmp_path / "cache").glob("*.part"):
        path.write_bytes(path.read_bytes()[:-5])
    index(tmp_path, some(10))

    assert contents(tmp_path / "site") == before


def test_only_what_the_site_uses_is_there(tmp_path: Path) -> None:
    index_ = index(tmp_path, some(40))
    folder = tmp_path / "site/pagefind"
    names = {re.sub(r"(?<=/)\w{5,}|en_\w+", "NAME", path.relative_to(folder).as_posix()) for path in folder.rglob("*.*")}

    assert names == {
        "pagefind.js",
        "pagefind-entry.json",
        "pagefind.NAME.pf_meta",
        "wasm.en.pagefind",
        "filter/NAME.pf_filter",
        "fragment/NAME.pf_fragment",
        "index/NAME.pf_index",
    }
    assert index_.file_count == len(contents(folder))
    assert index_.size == sum(map(len, contents(folder).values()))


def test_a_language_pagefind_has_no_stemmer_for_gets_the_general_one(tmp_path: Path) -> None:
    index(tmp_path, some(2), "ja")

    assert [path.name for path in (tmp_path / "site/pagefind").glob("wasm.*")] == ["wasm.unknown.pagefind"]


def test_without_documents_there_is_no_index(tmp_path: Path) -> None:
    assert index(tmp_path, []) == search.SearchIndex(0, {}, 0, 0, {})
    assert not (tmp_path / "site").exists()


def test_settings_of_the_machine_do_not_reach_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGEFIND_OUTPUT_SUBDIR", "elsewhere")
    (tmp_path / "pagefind.toml").write_text('output_subdir = "elsewhere"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert index(tmp_path, some(3)).page_count == 3


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """Pagefind's own output for three documents."""
    folder = tmp_path / "part"
    folder.mkdir()
    parts.write_documents(some(3), folder)
    parts.run_pagefind(folder, "en")
    return folder / "pagefind"


def test_an_unknown_version_stops_the_build(bundle: Path, tmp_path: Path) -> None:
    entry = bundle / "pagefind-entry.json"
    entry.write_text(entry.read_text(encoding="utf-8").replace('"1.5.2"', '"9.0.0"'), encoding="utf-8")
    with pytest.raises(SiteError, match=r"'9\.0\.0'") as caught:
        parts._read(bundle, some(3), Kept(tmp_path / "cache"))

    assert "pagefind_bin==1.5.2" in caught.value.fix


@pytest.mark.parametrize("pattern", ["*.pf_meta", "filter/*.pf_filter", "index/*.pf_index", "fragment/*.pf_fragment"])
@pytest.mark.parametrize(
    "content",
    [b"not gzip", gzip.compress(b"other_sign12" + cbor2.dumps([])), gzip.compress(b"pagefind_dcd" + cbor2.dumps({"new": "shape"}))],
    ids=["no-gzip", "no-signature", "other-shape"],
)
def test_an_unknown_chunk_stops_the_build(bundle: Path, tmp_path: Path, pattern: str, content: bytes) -> None:
    min(bundle.glob(pattern)).write_bytes(content)

    with pytest.raises(SiteError, match="Pagefind's output"):
        parts._read(bundle, some(3), Kept(tmp_path / "cache"))


def test_a_page_of_no_document_stops_the_build(bundle: Path, tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="pages of no document"):
        parts._read(bundle, some(2), Kept(tmp_path / "cache"))


def test_a_document_without_a_word_is_left_out(tmp_path: Path) -> None:
    silent = documents.of_briefing("briefings/0-silent.html", None, "1", lambda: documents.briefing_html(SearchData((), ()), "—", ()))
    index_ = index(tmp_path, [silent, *some(20)])
    entry = json.loads((tmp_path / "site/pagefind/pagefind-entry.json").read_text(encoding="utf-8"))
    index(tmp_path / "without", some(20))

    assert (index_.page_count, entry["order"]["undated"]) == (20, 4)
    assert contents(tmp_path / "site") == contents(tmp_path / "without/site")


def test_pagefind_missing_for_this_machine_is_said_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise FileNotFoundError

    monkeypatch.setattr("pagefind_bin.get_executable", nowhere)
    with pytest.raises(SiteError, match="no program for this machine") as caught:
        index(tmp_path, some(1))

    assert "pip install" in caught.value.fix


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for Pagefind")
def test_pagefinds_last_words_are_told_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\necho 'out of space' >&2\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: program)

    with pytest.raises(SiteError, match="status 3: out of space"):
        index(tmp_path, some(1))


def test_a_program_that_cannot_be_started_is_an_error_with_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: tmp_path / "gone")

    with pytest.raises(SiteError, match="cannot be started"):
        index(tmp_path, some(1))


OTHERS = {
    "other words": "harbour café quantum naïve",
    "fewer words": "NEC",
    "a word that only it has": "zanzibar zanzibar über",
}


@pytest.mark.parametrize("words", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("at", [(0,), (59,), (7, 30, 31)], ids=str)
def test_a_part_with_some_documents_indexed_anew_is_the_part_that_pagefind_makes_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: tuple[int, ...], words: str
) -> None:
    kept = Kept(tmp_path / "cache")
    first = [document(number, "harbour über" if number in (7, 20) else "") for number in range(60)]
    then = [document(number, words) if number in at else one for number, one in enumerate(first)]
    parts.indexed(first, "first", "en", kept)
    wanted = parts.indexed(then, "wanted", "en", kept)
    run, asked = parts.run_pagefind, list[int]()

    def counting(folder: Path, language: str) -> None:
        asked.append(sum(1 for _ in folder.rglob("*.html")))
        run(folder, language)

    monkeypatch.setattr(parts, "run_pagefind", counting)
    assert parts.indexed(then, "found", "en", kept, "first") == wanted
    assert asked == [len(at) + 1]  # and the page of fields
