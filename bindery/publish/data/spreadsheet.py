"""A table → CSV (RFC 4180), in UTF-8."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from bindery.publish.data.tables import Row, Value

COMPUTED = re.compile(r"[=+\-@\t\r]")
"""A spreadsheet would compute a cell that begins so."""


def text(names: Iterable[str], rows: Iterable[Row]) -> str:
    """A header and a line for each row."""
    return lines([tuple(names)]) + lines(rows)


def lines(rows: Iterable[Row]) -> str:
    """A line for each row; an absent value is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([inert(value) for value in row] for row in rows)
    return out.getvalue()


def inert(value: Value) -> Value:
    """A text that a spreadsheet would compute, after an apostrophe: what stands in a captured page is never run."""
    return f"'{value}" if isinstance(value, str) and COMPUTED.match(value) else value
