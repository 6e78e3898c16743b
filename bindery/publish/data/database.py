"""The tables → one SQLite database: keys, views, and full text where the SQLite of this Python has FTS5.

The same rows give the same bytes, whether all were written or those of briefings that changed into the database that stands there: rows
have numbers that follow from the archive, and VACUUM writes a database in their order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache, partial

from bindery import stamps
from bindery.publish import bigrams
from bindery.publish.data import full_text, tables
from bindery.publish.data.holdings import Briefing, Holdings
from bindery.publish.data.tables import Column, OfEach, Row, Table
from bindery.publish.pieces import Patched

VERSION = 1
"""`PRAGMA user_version`: to be raised when a table or column goes or changes its meaning."""
SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT", "array": "TEXT"}
CLUSTERED = frozenset({"named", "mentions", "together", "offices", "figures_of"})
"""Small rows that are looked up by their keys: they stand in order of these, without an index beside them."""
NAMES = """CREATE TABLE names (
  authority TEXT NOT NULL REFERENCES authorities (id), -- Id of the record
  name TEXT NOT NULL, -- The name it is listed under, or another form of it
  PRIMARY KEY (authority, name)
) WITHOUT ROWID"""
INDEXES = (
    "CREATE INDEX briefings_by_date ON briefings (date)",
    "CREATE INDEX named_by_authority ON named (authority)",
    "CREATE INDEX mentions_by_authority ON mentions (authority)",
    "CREATE INDEX figures_of_by_authority ON figures_of (authority)",
    "CREATE INDEX together_by_other ON together (other)",
)
VIEWS = (
    """CREATE VIEW mentions_in_context AS
SELECT b.date, a.kind, a.name, m.role, m.form, p.text AS paragraph, b.title, b.source, b.url || '#p-' || m.paragraph AS url,
  m.briefing, m.authority
FROM mentions m JOIN briefings b ON b.id = m.briefing JOIN authorities a ON a.id = m.authority
  JOIN paragraphs p ON p.briefing = m.briefing AND p.key = m.paragraph""",
    """CREATE VIEW roles_over_time AS
SELECT a.name, m.role, min(b.date) AS first, max(b.date) AS last, count(DISTINCT b.story) AS briefings, m.authority
FROM mentions m JOIN briefings b ON b.id = m.briefing JOIN authorities a ON a.id = m.authority
WHERE m.role IS NOT NULL GROUP BY m.authority, m.role""",
    """CREATE VIEW names_by_year AS
SELECT a.kind, a.name, substr(n.date, 1, 4) AS year, count(*) AS briefings, sum(n.count) AS mentions, n.authority
FROM (SELECT *, row_number() OVER (PARTITION BY authority, story ORDER BY is_copy, date IS NULL, date, briefing) AS place
  FROM (SELECT n.*, b.story, b.date, b.id != b.story AS is_copy FROM named n JOIN briefings b ON b.id = n.briefing)) n
  JOIN authorities a ON a.id = n.authority WHERE n.place = 1 GROUP BY n.authority, year""",
    """CREATE VIEW named_together AS
SELECT a.kind AS one_kind, a.name AS one_name, o.kind AS other_kind, o.name AS other_name, t.sentences, t.one, t.other
FROM together t JOIN authorities a ON a.id = t.one JOIN authorities o ON o.id = t.other""",
    """CREATE VIEW figures_over_time AS
SELECT b.date, f.printed, f.value, f.most, f.bound, f.unit, f.subject, f.measure, f.sentence, a.kind, a.name, b.title, b.source,
  b.url || '#p-' || f.paragraph AS url, f.briefing, o.authority
FROM figures f JOIN briefings b ON b.id = f.briefing LEFT JOIN figures_of o ON o.briefing = f.briefing AND o.number = f.number
  LEFT JOIN authorities a ON a.id = o.authority""",
)
NUMBERED: Mapping[str, Callable[[Briefing], int]] = {"paragraphs": lambda one: len(one.paragraphs), "figures": lambda one: len(one.figures)}
"""Table of which a briefing has several rows, which stand in the order of its own → how many it has."""
FULL_TEXT = {"briefings": "title", "paragraphs": "text"}
"""Table → the column whose words are found in <table>_fts."""
NEWEST = 1 << 24
"""Row number before which those of briefings stand, newest first: the oldest has the last, so that a new one moves no other."""
PART = 512
"""Briefings whose words are indexed together."""
_CHANGE_COUNTER, _SCHEMA_COOKIE, _VERSION_VALID_FOR, _WRITER = slice(24, 28), slice(40, 44), slice(92, 96), slice(96, 100)
"""Of the header (https://sqlite.org/fileformat.html): how often which SQLite wrote the file and its schema. Nobody reads the last."""
_FIRST_EDITION = (1).to_bytes(4, "big")
_ANY_WRITER = (3_037_000).to_bytes(4, "big")


@lru_cache
def has_full_text() -> bool:
    """Whether the SQLite of this Python can make and read full text."""
    return full_text.is_there()


def edition() -> int:
    """Digest of what decides, beside the rows, how a database is written."""
    return stamps.digest(f"{sqlite3.sqlite_version} {has_full_text()}".encode())


def view_names() -> tuple[str, ...]:
    return tuple(view.split()[2] for view in VIEWS)


def database(holdings: Holdings) -> Patched:
    """The file. Another SQLite writes all of it."""
    digests = {identifier: digest ^ edition() for identifier, digest in holdings.said.items()}
    return Patched(digests, partial(_database, holdings, digests))


def _database(holdings: Holdings, digests: Mapping[str, int], old: bytes, before: Mapping[str, int]) -> bytes:
    """`old` is the database of the last build, and `before` has the digests of its briefings."""
    changed = _changed(digests, before)
    if changed is not None:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            connection.deserialize(old)
            if _Filled(connection, holdings).is_brought_up(changed):
                return _closed(connection)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        _Filled(connection, holdings).fill()
        return _closed(connection)


def _changed(digests: Mapping[str, int], before: Mapping[str, int]) -> list[str] | None:
    """Briefings that are new or not as they were, in the order of the archive; None where rows of others would have other numbers, and
    where so much changed that it is quicker to begin anew."""
    then, now = list(before)[::-1], list(digests)[::-1]
    if not then or then != now[: len(then)] or _part_size(len(then)) != _part_size(len(now)):
        return None
    changed = [key for key, digest in digests.items() if before.get(key) != digest]
    return changed if len(changed) <= len(now) // 2 else None


def _part_size(count: int) -> int:
    """How many of so many briefings share a part of the index."""
    return PART if count <= PART * full_text.MOST else 2 * _part_size(count // 2)


def _closed(connection: sqlite3.Connection) -> bytes:
    connection.execute("PRAGMA temp_store = MEMORY")  # of what VACUUM writes beside it
    connection.execute("VACUUM")
    return _signed_by_nobody(connection.serialize())


class _Filled:
    """A database, and what belongs into it."""

    def __init__(self, connection: sqlite3.Connection, holdings: Holdings) -> None:
        self._connection = connection
        self._holdings = holdings
        self._tables = tables.tables(holdings.site)
        self._of_each = [(table, table.rows) for table in self._tables if isinstance(table.rows, OfEach)]
        self._rank = {key: rank for rank, key in enumerate(reversed(list(holdings.said)))}
        """Briefing id → how many are older."""
        self._gaps: dict[str, int] = {}
        """Table → how many row numbers a briefing has there."""

    def fill(self) -> None:
        """An empty one."""
        run = self._connection.execute
        run("PRAGMA page_size = 4096")
        run(f"PRAGMA user_version = {VERSION}")
        run("BEGIN")
        for table in self._tables:
            run(schema(table))
        run(NAMES)
        for statement in (*INDEXES, *VIEWS):
            run(statement)
        indexes = [full_text.Index(self._connection, *names) for names in FULL_TEXT.items()] if has_full_text() else []
        for index in indexes:
            index.create()
        self._gaps = self._needed_gaps(self._holdings.briefings)
        self._put_briefings(self._holdings.said)
        self._put_rest()
        self._index(self._holdings.said)
        run("COMMIT")

    def is_brought_up(self, changed: Sequence[str]) -> bool:
        """Put what belongs there in place of what is there. Not so, and to be made anew, where numbers of other rows would change."""
        run, many = self._connection.execute, self._connection.executemany
        run("BEGIN")
        before = {name: _gap(self._most(name)) for name in NUMBERED}
        for table, _ in reversed(self._of_each):
            own = "id" if table.name == "briefings" else "briefing"
            many(f"DELETE FROM {table.name} WHERE {own} = ?", [(key,) for key in changed])  # noqa: S608  # our own names
        here = self._needed_gaps(map(self._holdings.briefing, changed))
        self._gaps = {name: max(gap, _gap(self._most(name))) for name, gap in here.items()}
        if self._gaps != before:
            return False
        self._put_briefings(changed)
        for table in self._tables:
            if not isinstance(table.rows, OfEach):
                run(f"DELETE FROM {table.name}")  # noqa: S608  # our own names
        run("DELETE FROM names")
        self._put_rest()
        self._index(changed)
        run("COMMIT")
        return True

    def _most(self, table: str) -> int:
        """Rows that a briefing has at most, by those that are there."""
        ((found,),) = self._connection.execute(f"SELECT max(number) FROM {table}")  # noqa: S608  # our own names
        return found or 0

    def _needed_gaps(self, briefings: Iterable[Briefing]) -> dict[str, int]:
        most = dict.fromkeys(NUMBERED, 0)
        for one in briefings:
            for name, count in NUMBERED.items():
                most[name] = max(most[name], count(one))
        return {name: _gap(count) for name, count in most.items()}

    def _put_briefings(self, keys: Collection[str]) -> None:
        """In the order of the archive."""
        for table, rows in self._of_each:
            each = ((key, row) for key in keys for row in rows.of(self._holdings.briefing(key), self._holdings))
            if table.name in CLUSTERED:
                _insert(self._connection, table, (row for _, row in each))
            else:
                _insert(self._connection, table, self._numbered(table.name, each), "rowid")

    def _numbered(self, table: str, each: Iterable[tuple[str, Row]]) -> Iterator[Row]:
        """Rows after their numbers. The second value of a row is its own number among those of its briefing, if there are several."""
        gap = self._gaps.get(table)
        for key, row in each:
            place = NEWEST - self._rank[key]
            yield (place if gap is None else place * gap + int(row[1] or 0), *row)

    def _put_rest(self) -> None:
        for table in self._tables:
            if not isinstance(table.rows, OfEach):
                _insert(self._connection, table, table.rows(self._holdings))
        self._connection.executemany("INSERT INTO names VALUES (?, ?)", _names(self._holdings))

    def _index(self, keys: Iterable[str]) -> None:
        """The words of the parts in which these briefings are."""
        if not has_full_text():
            return
        size = _part_size(len(self._rank))
        parts = {self._rank[key] // size for key in keys}
        for name, column in FULL_TEXT.items():
            index, gap = full_text.Index(self._connection, name, column), self._gaps.get(name, 1)
            for part in sorted(parts):
                first, end = (NEWEST - (part + 1) * size + 1) * gap, (NEWEST - part * size + 1) * gap
                found = self._connection.execute(
                    f"SELECT rowid, {column} FROM {name} WHERE rowid >= ? AND rowid < ? AND {column} IS NOT NULL ORDER BY rowid",  # noqa: S608
                    (first, end),
                )
                index.put(part + 1, first, end, ((number, words(text)) for number, text in found))


def _gap(most: int) -> int:
    """Row numbers for so many rows, and as many more."""
    return 1 << (2 * most).bit_length()


def schema(table: Table) -> str:
    """CREATE TABLE, each column with what it is as a comment: Datasette and the sqlite3 shell show them."""
    lines = [f"  {_name(column.name)} {SQL_TYPES[column.type]}{' NOT NULL' if column.is_required else ''}" for column in table.columns]
    rules = [f"  PRIMARY KEY ({_names_of(table.key)})"]
    rules += [
        f"  FOREIGN KEY ({_names_of(reference.columns)}) REFERENCES {reference.table} ({_names_of(reference.keys)})"
        for reference in table.references
    ]
    told = [f"{line}, -- {_told(column)}" for line, column in zip(lines, table.columns, strict=True)]
    body = "\n".join((*told, ",\n".join(rules)))
    return f"CREATE TABLE {table.name} (\n{body}\n){' WITHOUT ROWID' if table.name in CLUSTERED else ''}"


def _insert(connection: sqlite3.Connection, table: Table, rows: Iterable[Row], *before: str) -> None:
    """`before` are columns whose values stand before those of the table."""
    names = [*before, *(_name(column.name) for column in table.columns)]
    places = ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places})", rows)  # noqa: S608  # our own names


def _name(name: str) -> str:
    return f'"{name}"'  # the facts of a kind may be called whatever site.yaml says: "order" and "group" are words of SQL


def _names_of(names: Iterable[str]) -> str:
    return ", ".join(map(_name, names))


def _told(column: Column) -> str:
    return " ".join(column.description.split())


def _names(holdings: Holdings) -> Iterator[tuple[str, str]]:
    for record in holdings.catalogue.authorities.values():
        yield from ((record.id, name) for name in dict.fromkeys((record.name, *record.variants)))


def words(text: str) -> str:
    """What is indexed of a text: itself, and the pairs of its East Asian characters, which have no spaces between words."""
    return text if text.isascii() else f"{text} {bigrams.plain_words(text)}"


def _signed_by_nobody(data: bytes) -> bytes:
    """Without the version of SQLite that wrote it, and how often it was written."""
    made = bytearray(data)
    made[_CHANGE_COUNTER] = made[_VERSION_VALID_FOR] = made[_SCHEMA_COOKIE] = _FIRST_EDITION
    made[_WRITER] = _ANY_WRITER
    return bytes(made)
