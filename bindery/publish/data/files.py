"""Every file of site/data/ that is made of the whole archive: what it holds, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Literal, NamedTuple

import msgspec

from bindery.config import Site
from bindery.publish import exports
from bindery.publish.data import database, graph, linked, places, spreadsheet, tables
from bindery.publish.data.holdings import Holdings
from bindery.publish.data.tables import Table
from bindery.publish.pieces import Patched, Pieced

FOLDER = "data"
PACKAGE = "data/datapackage.json"
DATABASE = "data/archive.sqlite"
PLACES = "data/places.geojson"
GRAPH = "data/together.graphml"
BRIEFING_LINES, RECORD_LINES = "data/briefings.jsonl", "data/authorities.jsonl"


class DataFile(NamedTuple):
    """A file of the archive as data."""

    permalink: str
    title: str
    description: str
    media_type: str
    make: Callable[[Holdings], bytes | Pieced | Patched]
    made_of: Literal["records", "everything"] = "everything"
    """`records`: of these, and who is named how often, but of no text."""
    table: Table | None = None

    @property
    def file(self) -> str:
        return self.permalink.rpartition("/")[2]


def files(site: Site) -> tuple[DataFile, ...]:
    """Each but archive.json, which pages are made with (bindery/publish/exports.py), and datapackage.json, which tells of these."""
    return (*_tables(site), *WHOLE)


def _tables(site: Site) -> Iterator[DataFile]:
    for table in tables.tables(site):
        made_of: Literal["records", "everything"] = "records" if table.name == "authorities" else "everything"
        make = partial(_csv, table)
        yield DataFile(f"{FOLDER}/{table.name}.csv", table.title, table.description, "text/csv", make, made_of, table)


def _csv(table: Table, holdings: Holdings) -> bytes | Pieced:
    """With a header."""
    head = spreadsheet.text((column.name for column in table.columns), ()).encode()
    if isinstance(of_each := table.rows, tables.OfEach):
        rows = of_each.of
        return Pieced(head, holdings.said, lambda key: spreadsheet.lines(rows(holdings.briefing(key), holdings)).encode())
    return head + spreadsheet.lines(table.rows(holdings)).encode()


def _briefing_lines(holdings: Holdings) -> Pieced:
    return Pieced(b"", holdings.said, lambda key: f"{holdings.line(key)}\n".encode())


def _record_lines(holdings: Holdings) -> bytes:
    records = holdings.catalogue.authorities.values()
    return b"".join(msgspec.json.encode(exports.record(record, holdings.site)) + b"\n" for record in records)


WHOLE = (
    DataFile(
        BRIEFING_LINES,
        "Briefings, an object a line",
        "The same objects as in archive.json, to be read one by one however many there are.",
        "application/jsonl",
        _briefing_lines,
    ),
    DataFile(
        RECORD_LINES,
        "Records, an object a line",
        "The records of archive.json in the same way.",
        "application/jsonl",
        _record_lines,
        "records",
    ),
    DataFile(
        DATABASE,
        "Database",
        "All tables with keys, views and full text, to be asked with SQL: open it in Datasette, DB Browser or the sqlite3 shell.",
        "application/vnd.sqlite3",
        database.database,
    ),
    DataFile(
        PLACES,
        "Places",
        "Every record with coordinates as a point, with how often and since when it is named: for QGIS, Leaflet and geojson.io.",
        "application/geo+json",
        places.geojson,
        "records",
    ),
    DataFile(
        GRAPH,
        "Who is named with whom",
        "A node for each record a briefing names, an edge for each two in one sentence, its weight the number of sentences: "
        "for Gephi, Cytoscape and networkx.",
        "application/graphml+xml",
        lambda holdings: graph.graphml(holdings).encode(),
    ),
    DataFile(
        linked.PERMALINK,
        "Linked data",
        "RDF in the words of schema.org: what each briefing is and whom it names, what each record is, with ids of Wikidata and GeoNames.",
        "application/ld+json",
        linked.jsonld,
    ),
)
