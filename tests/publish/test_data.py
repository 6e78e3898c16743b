"""site/data/: every form of the archive, read back by a reader of that form, says what archive.json says."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date as Date
from itertools import combinations
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from bindery import config, pipeline
from bindery.model import Authority, Kind
from bindery.publish.data import database, files, graph, linked, places, spreadsheet, tables
from bindery.publish.sentences import sentence_spans
from tests.publish import archive
from tests.repository import settings

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://archive.example/press"
FOLDERS = {"city": "cities", "official": "officials", "company": "companies", "organisation": "organisations"}
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
HOSTILE = '=HYPERLINK("https://x.example") <b>\'\x01]]>'
NEARLY = "nearly 400 Japanese enterprises"
READ_BY_TYPE = {"string": str, "integer": int, "number": float, "date": Date.fromisoformat, "array": json.loads}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """site/data/ of this archive's own content."""
    root = tmp_path_factory.mktemp("data")
    shutil.copytree(ROOT / "content", root / "content")
    (root / "site.yaml").write_text(settings(title="Press & Consuls", base_url=BASE), encoding="utf-8")
    pipeline.publish(config.load(root))
    return root / "site/data"


@pytest.fixture(scope="module")
def whole(data: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((data / "archive.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def package(data: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def asked(data: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(data / "archive.sqlite")) as connection:
        yield connection


def rows(data: Path, name: str) -> list[dict[str, str]]:
    with (data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def identifier(said: Mapping[str, str]) -> str:
    return f"{FOLDERS[said['kind']]}/{said['slug']}"


def expected(whole: Mapping[str, Any]) -> dict[str, list[tuple[str | None, ...]]]:
    """Table → some columns of its rows, by archive.json."""
    briefings = whole["briefings"]
    return {
        "briefings": [(one["id"], one["url"], one["title"], one["date"], one["source"], one["rights"]) for one in briefings],
        "paragraphs": [(one["id"], part["key"], part["text"]) for one in briefings for part in one["paragraphs"]],
        "authorities": [(identifier(one), one["kind"], one["name"], one["note"]) for one in whole["authorities"]],
        "named": [(one["id"], identifier(said), str(said["count"])) for one in briefings for said in one["named"]],
        "mentions": [
            (one["id"], identifier(said), said["form"], said["role"], said["paragraph"]) for one in briefings for said in one["mentions"]
        ],
        "figures": [
            (one["id"], said["printed"], said["unit"], said["subject"], said["sentence"], said["paragraph"])
            for one in briefings
            for said in one["figures"]
        ],
        "figures_of": [
            (one["id"], str(number), identifier(name))
            for one in briefings
            for number, said in enumerate(one["figures"], 1)
            for name in said["named"]
        ],
    }


COLUMNS = {
    "briefings": ("id", "url", "title", "date", "source", "rights"),
    "paragraphs": ("briefing", "key", "text"),
    "authorities": ("id", "kind", "name", "note"),
    "named": ("briefing", "authority", "count"),
    "mentions": ("briefing", "authority", "form", "role", "paragraph"),
    "figures": ("briefing", "printed", "unit", "subject", "sentence", "paragraph"),
    "figures_of": ("briefing", "number", "authority"),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_says_what_archive_json_says(data: Path, whole: Mapping[str, Any], asked: sqlite3.Connection, name: str) -> None:
    wanted = sorted(tuple(value or "" for value in row) for row in expected(whole)[name])
    listed = sorted(tuple(row[column] for column in COLUMNS[name]) for row in rows(data, name))
    stored = asked.execute(f"SELECT {', '.join(COLUMNS[name])} FROM {name}").fetchall()

    assert len(wanted) >= 5
    assert listed == [tuple(spreadsheet.inert(value) for value in row) for row in wanted]
    assert sorted(tuple("" if value is None else str(value) for value in row) for row in stored) == wanted


@pytest.mark.parametrize("name", ["briefings", "authorities"])
def test_an_object_a_line_is_that_of_archive_json(data: Path, whole: Mapping[str, Any], name: str) -> None:
    assert [json.loads(line) for line in (data / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()] == whole[name]


def test_the_package_fits_its_profile(package: Mapping[str, Any]) -> None:
    profile = json.loads((Path(__file__).parent / "datapackage.schema.json").read_text(encoding="utf-8"))

    jsonschema.Draft7Validator(profile).validate(package)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(profile).validate({**package, "resources": []})


def test_every_file_is_what_the_package_says_of_it(data: Path, package: Mapping[str, Any]) -> None:
    described = {one["path"]: one for one in package["resources"]}

    assert described.keys() == {one.file for one in files.files(config.load(ROOT))} | {"archive.json"}
    for path, one in described.items():
        content = (data / path).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"), path


def test_every_row_keeps_to_the_types_and_keys_of_its_table(data: Path, package: Mapping[str, Any]) -> None:
    described = {one["name"]: one["schema"] for one in package["resources"] if one.get("type") == "table"}
    read = {name: rows(data, name) for name in described}

    assert len(described) == 9
    for name, schema in described.items():
        assert list(read[name][0]) == [field["name"] for field in schema["fields"]]
        for field in schema["fields"]:
            values = [row[field["name"]] for row in read[name]]
            assert all(READ_BY_TYPE[field["type"]](value) is not None for value in values if value), field
            assert all(values) or "required" not in field.get("constraints", {}), field
        assert len({tuple(row[key] for key in schema["primaryKey"]) for row in read[name]}) == len(read[name])
        for key in schema.get("foreignKeys", ()):
            there = {tuple(row[column] for column in key["reference"]["fields"]) for row in read[key["reference"]["resource"]]}
            assert {tuple(row[column] for column in key["fields"]) for row in read[name]} <= there


def test_the_database_is_sound_and_its_views_and_words_answer(asked: sqlite3.Connection, whole: Mapping[str, Any]) -> None:
    mentions = sum(len(one["mentions"]) for one in whole["briefings"])

    assert asked.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert asked.execute("PRAGMA foreign_key_check").fetchall() == []
    assert asked.execute("SELECT count(*) FROM mentions_in_context").fetchone() == (mentions,)
    roles = asked.execute("SELECT role, first FROM roles_over_time WHERE authority = 'officials/tang-zongwei'").fetchall()
    assert roles == [("deputy director of the Chongqing Administration Committee", "2016-01-19")]
    assert ("Chongqing", "2016", 1, 5) in asked.execute("SELECT name, year, briefings, mentions FROM names_by_year").fetchall()
    assert (
        asked.execute("SELECT sum(sentences) FROM named_together").fetchone()
        == asked.execute("SELECT sum(sentences) FROM together").fetchone()
    )
    told = "SELECT date, value, bound, unit, subject, name FROM figures_over_time WHERE printed = ?"
    assert asked.execute(told, ("over $12 billion",)).fetchall() == [("2023-11-23", 12e9, "over", "USD", "invested", None)]
    assert ("2023-11-23", 400.0, "under", "enterprises", "Japanese enterprises", "Wuxi") in asked.execute(told, (NEARLY,)).fetchall()
    for table, word in (("paragraphs", "companies"), ("briefings", "visits")):
        asked.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('integrity-check')")
        assert asked.execute(f"SELECT count(*) FROM {table}_fts WHERE {table}_fts MATCH ?", (word,)).fetchone()[0] >= 1


def test_a_database_without_full_text_has_all_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "has_full_text", lambda: False)
    (tmp_path / "some.sqlite").write_bytes(archive.database_of(archive.read(tmp_path)))

    with closing(sqlite3.connect(tmp_path / "some.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM briefings").fetchone() == (3,)
        assert connection.execute("SELECT name FROM sqlite_master WHERE name LIKE '%fts%'").fetchall() == []


def test_no_version_of_sqlite_is_in_the_file(tmp_path: Path) -> None:
    made = archive.database_of(archive.read(tmp_path))

    assert made == archive.database_of(archive.read(tmp_path))
    assert int.from_bytes(made[96:100], "big") == 3_037_000 != sqlite3.sqlite_version_info
    assert made[24:28] == made[92:96] == b"\0\0\0\1"


def test_every_place_is_a_point_of_geojson(data: Path, whole: Mapping[str, Any]) -> None:
    found = json.loads((data / "places.geojson").read_text(encoding="utf-8"))
    points = {feature["id"]: tuple(feature["geometry"]["coordinates"]) for feature in found["features"]}

    assert found["type"] == "FeatureCollection"
    assert {(feature["type"], feature["geometry"]["type"]) for feature in found["features"]} == {("Feature", "Point")}
    assert all(feature["properties"]["name"] for feature in found["features"])
    assert points == {
        identifier(one): (one["longitude"], one["latitude"]) for one in whole["authorities"] if one.get("latitude") is not None
    }


def test_the_graph_has_an_edge_for_every_two_in_a_sentence(data: Path, whole: Mapping[str, Any]) -> None:
    tree = etree.parse(data / "together.graphml")
    nodes = {node.get("id") for node in tree.iter(f"{GRAPHML}node")}
    weight = {
        (edge.get("source"), edge.get("target")): int(edge.findtext(f"{GRAPHML}data[@key='weight']") or "0")
        for edge in tree.iter(f"{GRAPHML}edge")
    }
    declared = {key.get("id"): key.get("attr.type") for key in tree.iter(f"{GRAPHML}key")}

    assert nodes == {identifier(said) for one in whole["briefings"] for said in one["named"]}
    assert {end for pair in weight for end in pair} <= nodes
    assert {item.get("key") for item in tree.iter(f"{GRAPHML}data")} <= declared.keys()
    assert weight == {(row["one"], row["other"]): int(row["sentences"]) for row in rows(data, "together")}
    assert weight == counted_again()


def counted_again() -> Counter[tuple[str, str]]:
    """Pair → sentences, by the mentions in content/ and where each sentence begins and ends."""
    library = pipeline.publishable(config.load(ROOT))
    found: Counter[tuple[str, str]] = Counter()
    for blocks in pipeline.bodies(library).values():
        for block in blocks:
            for start, end in sentence_spans(block.text):
                named = {mention.authority for mention in block.mentions if start <= mention.start < end}
                found.update(combinations(sorted(named), 2))
    return found


def test_linked_data_name_what_there_is(data: Path, whole: Mapping[str, Any]) -> None:
    loaded = json.loads((data / "archive.jsonld").read_text(encoding="utf-8"))
    by_type: dict[str, dict[str, Any]] = {}
    for node in loaded["@graph"]:
        by_type.setdefault(node["@type"], {})[node["@id"]] = node
    articles = by_type.pop("NewsArticle")
    known = {key for nodes in by_type.values() for key in nodes}

    assert loaded["@context"]["@vocab"] == "https://schema.org/"
    assert articles.keys() == {one["url"] for one in whole["briefings"]}
    assert {f"{BASE}/{identifier(one)}.html" for one in whole["authorities"]} == known - {f"{BASE}/index.html"}
    assert all(set(article["mentions"]) <= known and article["isPartOf"] == f"{BASE}/index.html" for article in articles.values())


def test_nothing_in_a_name_ends_what_it_stands_in(tmp_path: Path) -> None:
    found = archive.library()
    records = {**found.authorities, "companies/nec": replace(found.authorities["companies/nec"], name=HOSTILE, variants=(HOSTILE,))}
    holdings = archive.holdings(archive.catalogue_of(replace(found, authorities=records), archive.site(tmp_path)))
    tree = etree.fromstring(graph.graphml(holdings).encode())
    (authorities,) = (table for table in tables.tables(holdings.site) if table.name == "authorities")
    text = spreadsheet.text((column.name for column in authorities.columns), authorities.rows(holdings))

    assert HOSTILE.replace("\x01", "") in [item.text for item in tree.iter(f"{GRAPHML}data")]
    assert [row["name"] for row in csv.DictReader(text.splitlines()) if row["id"] == "companies/nec"] == [f"'{HOSTILE}"]
    assert json.loads(archive.whole(linked.jsonld(holdings)))
    assert json.loads(places.geojson(holdings))["features"][0]["id"] == "cities/wuxi"


def test_a_fact_may_be_called_what_a_column_or_sql_is_called(tmp_path: Path) -> None:
    kinds = (Kind("firm", "firms", "Firm", "Firms", ("url", "order", "fact_url")),)
    site = replace(archive.site(tmp_path), kinds=kinds)
    record = Authority("firm", "vega", "Vega", facts={"url": "https://vega.example/", "order": "first"}, id="firms/vega")
    found = replace(archive.library(), briefings=(), authorities={record.id: record}, mentioned_in={})
    (tmp_path / "some.sqlite").write_bytes(archive.database_of(archive.catalogue_of(found, site)))

    with closing(sqlite3.connect(tmp_path / "some.sqlite")) as connection:
        asked = connection.execute('SELECT url, fact_url, "order", fact_fact_url FROM authorities').fetchall()
    assert asked == [("firms/vega.html", "https://vega.example/", "first", None)]
