"""The tables → one SQLite database: keys, views, and full text where the SQLite of this Python has FTS5. The same rows, the same bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import lru_cache

from bindery.publish import bigrams
from bindery.publish.data import tables
from bindery.publish.data.holdings import Holdings
from bindery.publish.data.tables import Column, Row, Table

VERSION = 1
"""`PRAGMA user_version`: to be raised when a table or column goes or changes its meaning."""
SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT", "array": "TEXT"}
TOKENIZER = "porter unicode61 remove_diacritics 2"
"""Words without case, accents and English endings, as the search of the site takes them."""
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
FULL_TEXT = {"briefings": "title", "paragraphs": "text"}
"""Table → the column whose words are found in <table>_fts."""
_CHANGE_COUNTER, _VERSION_VALID_FOR, _WRITER = slice(24, 28), slice(92, 96), slice(96, 100)
"""Of the header (https://sqlite.org/fileformat.html): which edition of which SQLite wrote the file. Nobody reads the last."""
_FIRST_EDITION = (1).to_bytes(4, "big")
_ANY_WRITER = (3_037_000).to_bytes(4, "big")


@lru_cache
def has_full_text() -> bool:
    """Whether the SQLite of this Python can make and read full text."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute("CREATE VIRTUAL TABLE words USING fts5 (word)")
        except sqlite3.OperationalError:
            return False
    return True


def view_names() -> tuple[str, ...]:
    return tuple(view.split()[2] for view in VIEWS)


def database(holdings: Holdings) -> bytes:
    """The file."""
    made = tables.tables(holdings.site)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("BEGIN")
        for table in made:
            _fill(connection, table, table.rows(holdings))
        connection.execute(NAMES)
        connection.executemany("INSERT INTO names VALUES (?, ?)", _names(holdings))
        for statement in (*INDEXES, *VIEWS):
            connection.execute(statement)
        if has_full_text():
            for name, column in FULL_TEXT.items():
                _index_words(connection, name, column)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        return _signed_by_nobody(connection.serialize())


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


def _fill(connection: sqlite3.Connection, table: Table, rows: Iterable[Row]) -> None:
    connection.execute(schema(table))
    places = ", ".join("?" * len(table.columns))
    connection.executemany(f"INSERT INTO {table.name} VALUES ({places})", rows)  # noqa: S608  # our own names


def _name(name: str) -> str:
    return f'"{name}"'  # the facts of a kind may be called whatever site.yaml says: "order" and "group" are words of SQL


def _names_of(names: Iterable[str]) -> str:
    return ", ".join(map(_name, names))


def _told(column: Column) -> str:
    return " ".join(column.description.split())


def _names(holdings: Holdings) -> Iterator[tuple[str, str]]:
    for record in holdings.catalogue.authorities.values():
        yield from ((record.id, name) for name in dict.fromkeys((record.name, *record.variants)))


def _index_words(connection: sqlite3.Connection, table: str, column: str) -> None:
    """An index beside the table, which holds the words. By `content` Datasette finds it, and offers a search of the table."""
    connection.execute(f"""CREATE VIRTUAL TABLE {table}_fts USING fts5 ({column}, content="{table}", tokenize="{TOKENIZER}")""")
    found = connection.execute(f"SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY rowid")  # noqa: S608
    rows = ((number, words(text)) for number, text in found)
    connection.executemany(f"INSERT INTO {table}_fts (rowid, {column}) VALUES (?, ?)", rows)  # noqa: S608
    connection.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('optimize')")  # noqa: S608


def words(text: str) -> str:
    """What is indexed of a text: itself, and the pairs of its East Asian characters, which have no spaces between words."""
    return text if text.isascii() else f"{text} {bigrams.plain_words(text)}"


def _signed_by_nobody(data: bytes) -> bytes:
    """Without the version of SQLite that wrote it, by which alone the files of two machines would differ."""
    made = bytearray(data)
    made[_CHANGE_COUNTER] = made[_VERSION_VALID_FOR] = _FIRST_EDITION
    made[_WRITER] = _ANY_WRITER
    return bytes(made)
