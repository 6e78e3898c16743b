"""An id that another catalogue gave → its page there."""

from __future__ import annotations

import re

ADDRESSES = {
    "geonames": (re.compile(r"[0-9]+"), "https://www.geonames.org/"),
    "wikidata": (re.compile(r"Q[0-9]+"), "https://www.wikidata.org/wiki/"),
    "viaf": (re.compile(r"[0-9]+"), "https://viaf.org/viaf/"),
}
"""By fact: what such an id looks like, and where it leads."""


def address(fact: str, value: str) -> str | None:
    """None for a fact that is no such id."""
    pattern, before = ADDRESSES.get(fact, (None, ""))
    return f"{before}{value}" if pattern and pattern.fullmatch(value) else None
