"""A database into which what changed was written is that in which all was."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

import pytest

from bindery.model import Briefing
from bindery.publish.data import database, full_text
from bindery.publish.data.holdings import Holdings
from tests.publish import archive

WUXI, TANG = "[Wuxi](../cities/wuxi.md)", "[Tang Zongwei](../officials/tang-zongwei.md)"
FIRST = tuple(
    archive.briefing(f"b{number}", f"Report {number}", Date(2020, 1, number), f"Talks {number} in {WUXI}.\n\nA 会談 of {number * 7} firms.")
    for number in range(9, 0, -1)
)
"""Newest first."""


def changed(number: int, text: str) -> tuple[Briefing, ...]:
    return tuple(archive.briefing(one.id, one.title or "", one.date, text) if one.id == f"b{number}" else one for one in FIRST)


def holdings(root: Path, briefings: tuple[Briefing, ...]) -> Holdings:
    return archive.holdings(archive.catalogue_of(replace(archive.library(), briefings=briefings), archive.site(root)))


def digests(of: Holdings) -> Mapping[str, int]:
    return database.database(of).digests


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PART", 2)


@pytest.fixture
def begun_anew(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Databases that were written whole."""
    found: list[object] = []
    fill = database._Filled.fill

    def noted(filled: database._Filled) -> None:
        found.append(filled)
        fill(filled)

    monkeypatch.setattr(database._Filled, "fill", noted)
    return found


@pytest.mark.parametrize(
    ("now", "is_patched"),
    [
        pytest.param(FIRST, True, id="nothing changed"),
        pytest.param(changed(4, f"Talks of {TANG}.\n\nSaid {TANG} in {WUXI}: 12 firms.\n\nOthers."), True, id="one says something else"),
        pytest.param(changed(4, ""), True, id="one says nothing any more"),
        pytest.param((archive.briefing("new", "New", Date(2021, 1, 1), f"News of {TANG}."), *FIRST), True, id="one is newer than all"),
        pytest.param(FIRST[1:], False, id="the newest is gone"),
        pytest.param((*FIRST[:3], *FIRST[4:]), False, id="one is gone"),
        pytest.param((*FIRST, archive.briefing("und", "Undated", None, "Words.")), False, id="one is older than all"),
        pytest.param(changed(4, "\n\n".join(f"Paragraph {number}." for number in range(40))), False, id="one has more paragraphs than fit"),
        pytest.param((), False, id="none is left"),
    ],
)
def test_what_changed_is_written_into_the_database_that_stands_there(
    tmp_path: Path, now: tuple[Briefing, ...], is_patched: bool, begun_anew: list[object]
) -> None:
    before, after = holdings(tmp_path, FIRST), holdings(tmp_path, now)
    old = database.database(before).make(b"", {})
    begun_anew.clear()

    found = database.database(after).make(old, digests(before))

    assert is_patched == (not begun_anew)
    assert found == database.database(after).make(b"", {})


def test_an_index_in_parts_finds_what_a_single_one_finds(tmp_path: Path) -> None:
    before, after = holdings(tmp_path, FIRST), holdings(tmp_path, changed(4, f"Talks of {TANG}.\n\nSaid again, in winter: 28 firms."))
    made = database.database(after).make(database.database(before).make(b"", {}), digests(before))

    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(made)
        for table, column in database.FULL_TEXT.items():
            connection.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('integrity-check')")
            connection.execute(f'CREATE VIRTUAL TABLE single USING fts5 ({column}, content="", tokenize="{full_text.TOKENIZER}")')
            texts = connection.execute(f"SELECT rowid, {column} FROM {table} ORDER BY rowid").fetchall()
            connection.executemany(
                f"INSERT INTO single (rowid, {column}) VALUES (?, ?)", [(one, database.words(text)) for one, text in texts]
            )
            for word in ("talk", "report", "firms", "winter", '"28 firms"', "会談", "7", "tang", "nowhere"):
                asked = [
                    f"SELECT rowid, bm25({name}) FROM {name} WHERE {name} MATCH ? ORDER BY rowid" for name in (f"{table}_fts", "single")
                ]
                in_parts, single = (connection.execute(one, (word,)).fetchall() for one in asked)
                assert in_parts == single, word
            connection.execute("DROP TABLE single")


def test_an_index_goes_on_working_for_who_writes_to_the_database(tmp_path: Path) -> None:
    made = database.database(holdings(tmp_path, FIRST)).make(b"", {})

    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(made)
        connection.execute("INSERT INTO paragraphs_fts (rowid, text) VALUES (1, 'harbour')")
        connection.execute("INSERT INTO paragraphs_fts (paragraphs_fts) VALUES ('optimize')")
        assert connection.execute("SELECT rowid FROM paragraphs_fts WHERE paragraphs_fts MATCH 'harbour'").fetchall() == [(1,)]
        assert connection.execute("SELECT count(*) FROM paragraphs_fts WHERE paragraphs_fts MATCH 'talks'").fetchone() == (9,)
