"""data/organisations/listed.tsv → well-known bodies, where a paragraph names them in any of their forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from bindery.ingest.annotate.gazetteer import fold
from bindery.ingest.annotate.organisation_names import Found
from bindery.ingest.annotate.words import Text
from bindery.ingest.draft import Span
from bindery.rules import active

LONGEST = 12
"""Words of a form."""


class Body(NamedTuple):
    """A row of the list."""

    name: str
    country: str
    """English short name; empty for bodies of several."""


class _Forms(NamedTuple):
    latin: dict[str, Body]
    """By folded form."""
    capitals: dict[str, Body]
    """Acronyms, as they are printed."""
    native: re.Pattern[str]
    by_native: dict[str, Body]
    beginnings: frozenset[str]


def forms() -> list[tuple[str, Body]]:
    """Every form, as it is printed, with its body."""
    source = resources.files("bindery.ingest").joinpath("data", "organisations", "listed.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in source.splitlines() if not line.startswith("#"))
    return [(form, Body(name, country)) for name, country, others in rows for form in (name, *filter(None, others.split("|")))]


@cache
def _forms() -> _Forms:
    latin: dict[str, Body] = {}
    capitals: dict[str, Body] = {}
    native: dict[str, Body] = {}
    for form, body in forms():
        where, key = (capitals, form) if form.isupper() else (latin, fold(form)) if form.isascii() else (native, form)
        where[key] = body
    longest_first = sorted(native, key=lambda form: (-len(form), form))
    beginnings = frozenset(form.split()[0] for form in latin)
    return _Forms(latin, capitals, re.compile("|".join(map(re.escape, longest_first))), native, beginnings)


def find(text: Text) -> Iterator[Found]:
    """In order, Latin before East Asian."""
    if not active("organisation-listed"):
        return
    yield from _latin(text)
    if not text.text.isascii():
        for match in _forms().native.finditer(text.text):
            yield _found(text, match.start(), match.end(), _forms().by_native[match[0]])


def _latin(text: Text) -> Iterator[Found]:
    known, free = _forms(), 0
    for index in text.capitals:
        word = text.words[index]
        if index < free:
            continue
        if body := known.capitals.get(word.text):
            yield _found(text, text.starts[index], text.ends[index], body)
            free = index + 1
        elif word.folded.split(" ")[0] in known.beginnings:
            for last in range(min(index + LONGEST, len(text.words)) - 1, index - 1, -1):
                end = text.ends[last]
                body = known.latin.get(fold(text.text[text.starts[index] : end]))
                if body and (text.words[last].capital or last > index):
                    yield _found(text, text.starts[index], end, body)
                    free = last + 1
                    break


def _found(text: Text, start: int, end: int, body: Body) -> Found:
    return Found(Span(text.paragraph, start, end), body.name, "organisation-listed", body.country)
