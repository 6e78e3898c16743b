"""Texts → an index of their words in SQLite's FTS5, in parts of which each is made of its own texts alone.

FTS5 keeps an index in segments, and reads any number of them as one. Left to itself it merges them by what was written when; here each
part of the texts has a segment of its own, made in a database of its own and put in its place. So the same texts give the same bytes
whatever stood there before, and a text that changes costs its part and not the whole.

The tables of an index (https://www.sqlite.org/fts5.html#fts5_data_structures and the comments in fts5_index.c; the form is that of every
SQLite since 3.9): `_data` has the pages of segment s at ids from s << 37 on, at 1 how many texts and words there are, at 10 which segments;
`_idx` leads from words to pages; `_docsize` has how many words each text has.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""Words without case, accents and English endings, as the search of the site takes them."""
MOST = 1000
"""Parts; FTS5 reads up to 2,000 segments."""
_AVERAGES, _STRUCTURE = 1, 10
_SEGMENT = 37
"""Bits of an id below the number of its segment."""
_COOKIE = bytes(4)
"""Of an index whose settings were never changed."""


class Index:
    """The index beside a table, which holds the texts: by `content` Datasette finds it, and offers a search of the table."""

    def __init__(self, connection: sqlite3.Connection, table: str, column: str) -> None:
        self._connection = connection
        self._table, self._column = table, column
        self._name = f"{table}_fts"

    def create(self) -> None:
        words = f'{self._column}, content="{self._table}", tokenize="{TOKENIZER}"'
        self._connection.execute(f"CREATE VIRTUAL TABLE {self._name} USING fts5 ({words})")

    def put(self, part: int, first: int, end: int, texts: Iterable[tuple[int, str]]) -> None:
        """Make a part, in place of what was there. Its texts have row numbers from `first` to before `end`; parts count from 1."""
        data, words, sizes = (f"{self._name}_{name}" for name in ("data", "idx", "docsize"))
        was = self._word_counts(first, end)
        run, many = self._connection.execute, self._connection.executemany
        run(f"DELETE FROM {data} WHERE id >= ? AND id < ?", (part << _SEGMENT, part + 1 << _SEGMENT))  # noqa: S608 - our own names, here and below
        run(f"DELETE FROM {words} WHERE segid = ?", (part,))  # noqa: S608
        run(f"DELETE FROM {sizes} WHERE id >= ? AND id < ?", (first, end))  # noqa: S608
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as own:
            _index(own, texts)
            segments = _segments(_blob(own, "words_data", _STRUCTURE))
            for segment in segments:
                moved = (part - segment) << _SEGMENT
                pages = own.execute("SELECT id + ?, block FROM words_data WHERE id >= ?", (moved, 1 << _SEGMENT))
                many(f"INSERT INTO {data} VALUES (?, ?)", pages)  # noqa: S608
                many(f"INSERT INTO {words} VALUES (?, ?, ?)", own.execute("SELECT ?, term, pgno FROM words_idx", (part,)))  # noqa: S608
            many(f"INSERT INTO {sizes} VALUES (?, ?)", own.execute("SELECT id, sz FROM words_docsize"))  # noqa: S608
        self._told(part, max(segments.values(), default=0), was, self._word_counts(first, end))

    def _told(self, part: int, last_page: int, was: list[int], now: list[int]) -> None:
        """Write down which segments there are, how many texts, and how many words in all."""
        data = f"{self._name}_data"
        others = {number: page for number, page in _segments(_blob(self._connection, data, _STRUCTURE)).items() if number != part}
        segments = others | ({part: last_page} if last_page else {})
        texts, words = [*_numbers(_blob(self._connection, data, _AVERAGES)), 0, 0][:2]
        total = _number(texts + len(now) - len(was)) + _number(words + sum(now) - sum(was))
        update = f"UPDATE {data} SET block = ? WHERE id = ?"  # noqa: S608
        self._connection.executemany(update, [(_structure(segments), _STRUCTURE), (total, _AVERAGES)])

    def _word_counts(self, first: int, end: int) -> list[int]:
        found = self._connection.execute(f"SELECT sz FROM {self._name}_docsize WHERE id >= ? AND id < ?", (first, end))  # noqa: S608
        return [next(_numbers(sizes)) for (sizes,) in found]


def is_there() -> bool:
    """Whether the SQLite of this Python can make and read such an index."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute("CREATE VIRTUAL TABLE words USING fts5 (word)")
        except sqlite3.OperationalError:
            return False
    return True


def _index(database: sqlite3.Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Into a table `words`, in one segment; in none where there is no text."""
    database.execute(f"""CREATE VIRTUAL TABLE words USING fts5 (word, content="", tokenize="{TOKENIZER}")""")
    database.execute("BEGIN")
    database.executemany("INSERT INTO words (rowid, word) VALUES (?, ?)", texts)
    database.execute("COMMIT")
    database.execute("INSERT INTO words (words) VALUES ('optimize')")


def _blob(database: sqlite3.Connection, table: str, identifier: int) -> bytes:
    ((found,),) = database.execute(f"SELECT block FROM {table} WHERE id = ?", (identifier,))  # noqa: S608 - as above
    return bytes(found)


def _segments(structure: bytes) -> dict[int, int]:
    """Number of each segment → that of its last page."""
    numbers = _numbers(structure[len(_COOKIE) :])
    level_count, _, _ = next(numbers), next(numbers), next(numbers)
    found: dict[int, int] = {}
    for _ in range(level_count):
        _, count = next(numbers), next(numbers)
        for _ in range(count):
            segment, _ = next(numbers), next(numbers)
            found[segment] = next(numbers)
    return found


def _structure(segments: Mapping[int, int]) -> bytes:
    """All on one level: none was merged of others."""
    listed = [number for segment, last in sorted(segments.items()) for number in (segment, 1, last)]
    level = [0, len(segments), *listed] if segments else []
    return _COOKIE + b"".join(map(_number, (bool(segments), len(segments), sum(segments.values()), *level)))


def _numbers(data: bytes) -> Iterator[int]:
    """Numbers as SQLite writes them, seven bits in each byte, the last without a mark. None here takes its nine bytes."""
    value = 0
    for byte in data:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            yield value
            value = 0


def _number(value: int) -> bytes:
    found = [value & 0x7F]
    while value := value >> 7:
        found.append(value & 0x7F | 0x80)
    return bytes(reversed(found))
