"""build.py query: words, names and days, asked of the data of the published site."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

import build
from bindery import config, query
from bindery.publish.data import database, files

ROOT = Path(__file__).resolve().parent.parent
RECORDS = {
    "cities/kobe": "name: Kobe\nvariants: [神戸, 神戶市]\ncountry: Japan",
    "officials/mori": "name: Yoichiro Mori\nvariants: [森洋一郎]",
    "companies/nec": "name: NEC\nvariants: [日本電気]",
}
BRIEFINGS = {
    "harbour": (
        "date: 2016-05-03\nsource: www.gazette.example",
        (
            "The harbour of [Kobe](../cities/kobe.md) was opened by the mayor.\n\n"
            '[Mr. Mori](../officials/mori.md "Consul-General") came to Kádár.'
        ),
    ),
    "fair": (
        "date: 2019-11-30\nsource: Evening Post",
        "A fair.\n\n[NEC](../companies/nec.md) invested in [Kobe](../cities/kobe.md), as [Mori](../officials/mori.md) said.",
    ),
    "meeting": (
        "date: 2023-01-14\nsource: Evening Post\nlanguage: ja",
        "[神戸](../cities/kobe.md)で新幹線の会議が開かれた。NEC日本は参加した。",
    ),
    "undated": ("source: gazette.example", "=1+1 is what the mayor’s harbour consul wrote."),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("query")
    for name, facts in RECORDS.items():
        write(folder / f"content/{name}.md", f"---\n{facts}\n---\n")
    for name, (facts, text) in BRIEFINGS.items():
        write(folder / f"content/briefings/{name}.md", f"---\nid: {name}\ntitle: The {name}\n{facts}\n---\n\n{text}\n")
    assert build.main(["publish", "--quiet", "--root", str(folder)]) == build.CLEAN
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def asked(root: Path, arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    status = build.main(["query", "--root", str(root), *arguments])
    return status, capsys.readouterr().out


def ids(root: Path, arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    _, out = asked(root, [*arguments, "--json"], capsys)
    return [one["id"] for one in json.loads(out)["briefings"]]


QUESTIONS = {
    "everything, newest first": ([], ["meeting", "fair", "harbour", "undated"]),
    "a word": (["harbour"], ["harbour", "undated"]),
    "words in one briefing, whatever the paragraph": (["harbour", "consul"], ["undated"]),
    "its stem": (["investing"], ["fair"]),
    "case and accents do not count": (["kadar"], ["harbour"]),
    "a beginning": (["harb*"], ["harbour", "undated"]),
    "a phrase": (['"opened by the mayor"'], ["harbour"]),
    "words that are no phrase": (['"mayor opened"'], []),
    "a word of the title": (["meeting"], ["meeting"]),
    "pairs of Japanese": (["新幹線"], ["meeting"]),
    "any part of it": (["幹線の会議"], ["meeting"]),
    "one character": (["議"], ["meeting"]),
    "what does not stand there": (["線新"], []),
    "letters that touch it": (["NEC日本"], ["meeting"]),
    "a name in another script": (["神戶市"], ["meeting", "fair", "harbour"]),
    "a city": (["--city", "神戸"], ["meeting", "fair", "harbour"]),
    "a slug": (["--official", "mori"], ["fair", "harbour"]),
    "two names": (["--city", "kobe", "--company", "日本電気"], ["fair"]),
    "a word and a name": (["opened", "--official", "Yoichiro Mori"], ["harbour"]),
    "a kind": (["--kind", "company"], ["fair"]),
    "a kind and a name": (["--kind", "officials/森洋一郎"], ["fair", "harbour"]),
    "a host": (["--source", "gazette.example"], ["harbour", "undated"]),
    "a source": (["--source", "evening post"], ["meeting", "fair"]),
    "since a month": (["--since", "2019-11"], ["meeting", "fair"]),
    "until a month, all of it": (["--until", "2019-11"], ["fair", "harbour"]),
    "until a year": (["--since", "2016", "--until", "2016"], ["harbour"]),
    "what FTS5 takes for its own": (["mayor AND NOT ( harbour"], []),
    "nothing but marks": (["—"], []),
}


@pytest.mark.parametrize(("arguments", "found"), QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_finds(root: Path, arguments: list[str], found: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert ids(root, arguments, capsys) == found


def test_what_is_found_is_shown_with_the_paragraphs_that_say_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = asked(root, ["--official", "mori", "--until", "2016"], capsys)
    lines = out.splitlines()

    assert status == build.CLEAN
    assert lines[0] == "2016-05-03  The harbour  (www.gazette.example)"
    assert lines[1] == "    site/briefings/harbour.html"
    assert lines[2] == "    ¶ Mr. Mori came to Kádár."
    assert lines[3].startswith("      site/briefings/harbour.html#p-mr-mori-came-")
    assert lines[-1] == "1 briefing"


def test_an_address_that_is_shown_is_in_the_site(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = asked(root, ["NEC", "--json"], capsys)
    for one in json.loads(out)["briefings"]:
        for paragraph in one["paragraphs"]:
            page, _, anchor = paragraph["url"].partition("#")
            assert f'id="{anchor}"' in (root / "site" / page).read_text(encoding="utf-8")


def test_a_table_has_a_row_for_each_paragraph_and_computes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = asked(root, ["harbour", "--csv"], capsys)
    listed = list(csv.DictReader(io.StringIO(out)))

    assert [row["id"] for row in listed] == ["harbour", "undated"]
    assert listed[1]["text"].startswith("'=1+1")


def test_a_list_may_be_short(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = asked(root, ["--limit", "1"], capsys)

    assert out.splitlines()[-1] == "4 briefings, 3 more with --limit 0"
    assert ids(root, ["--limit", "2"], capsys) == ["meeting", "fair"]


def test_nothing_found_ends_with_one(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(root, ["zeppelin"], capsys) == (build.FINDINGS, "")
    assert asked(root, ["zeppelin", "--json"], capsys)[0] == build.FINDINGS


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--city", "Kobbe"], "no city is called 'Kobbe'\n    fix: did you mean Kobe?", id="city"),
        pytest.param(["--kind", "firm"], "no kind is called 'firm'\n    fix: write one of city, official, company", id="kind"),
        pytest.param(["--source", "Evening Pots"], "no source is called 'Evening Pots'\n    fix: did you mean Evening Post?", id="source"),
    ],
)
def test_what_nobody_is_called_is_said(root: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["query", "--root", str(root), *arguments]) == build.COULD_NOT_RUN
    assert said in capsys.readouterr().err


def test_without_a_site_there_is_nothing_to_ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["query", "--root", str(tmp_path), "harbour"]) == build.COULD_NOT_RUN
    assert capsys.readouterr().err == "site/data/archive.sqlite: no data to ask\n    fix: run build.py publish\n"


def test_a_damaged_database_and_one_of_another_version_say_what_to_do(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "site" / files.DATABASE
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database" * 100)
    assert build.main(["query", "--root", str(tmp_path)]) == build.COULD_NOT_RUN
    assert "delete the file, then run build.py publish" in capsys.readouterr().err
    shutil.copyfile(root / "site" / files.DATABASE, path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert build.main(["query", "--root", str(tmp_path)]) == build.COULD_NOT_RUN
    assert "of another version of the program" in capsys.readouterr().err


def test_without_full_text_words_are_refused_and_filters_work(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "has_full_text", lambda: False)
    site = config.load(root)

    with pytest.raises(query.SiteError, match="no full text"):
        query.find(site, query.Question("harbour"))
    assert len(query.find(site, query.Question(kinds=("city",)))) == 3
