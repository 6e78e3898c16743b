"""site/data/archive.sqlite → the briefings that were asked for, and the paragraphs that say so."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date as Date
from difflib import get_close_matches
from typing import Any, NamedTuple

from bindery.config import Site
from bindery.errors import ContentError, SiteError
from bindery.model import Authority, AuthorityId, Place
from bindery.publish import bigrams, names, sources
from bindery.publish.data import database, files, spreadsheet

AT = Place(f"site/{files.DATABASE}")
PUBLISH = "run build.py publish"
FOREMOST = 3
"""Paragraphs of a briefing that are printed."""
IN_PARAGRAPHS = """SELECT p.briefing, p.key FROM paragraphs_fts JOIN paragraphs p ON p.rowid = paragraphs_fts.rowid
WHERE paragraphs_fts MATCH ?"""
IN_TITLES = "SELECT b.id FROM briefings_fts JOIN briefings b ON b.rowid = briefings_fts.rowid WHERE briefings_fts MATCH ?"
CSV_COLUMNS = ("id", "date", "title", "source", "rights", "url", "text")
_QUOTED = re.compile(r"[\"“”„«»「」『』]([^\"“”„«»「」『』]*)[\"“”„«»「」『』]")
_QUOTES = re.compile(r"[\"“”„«»「」『』]")


@dataclass(frozen=True, slots=True)
class Question:
    """Each of these narrows what is found; nothing given: everything."""

    words: str = ""
    """All of them in a briefing; those in quotation marks next to each other. Or a name in any of its forms."""
    names: tuple[tuple[str, str], ...] = ()
    """Kind and name, variant or slug of those a briefing has to name."""
    kinds: tuple[str, ...] = ()
    """Kinds of which it has to name somebody."""
    source: str | None = None
    """As the pages print it, or a host."""
    since: Date | None = None
    until: Date | None = None
    """The last day."""


class Paragraph(NamedTuple):
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A briefing that answers."""

    id: str
    date: str | None
    title: str | None
    source: str | None
    url: str
    rights: str
    paragraphs: tuple[Paragraph, ...]
    """Those that answer best, in order; none where a title, a date or a source does."""

    def address(self, paragraph: Paragraph) -> str:
        return f"{self.url}#p-{paragraph.key}"


class Words(NamedTuple):
    """What the words of a question lead to."""

    briefings: frozenset[str]
    parts_by_paragraph: Counter[tuple[str, str]]
    """Briefing and key → how many parts of the question the paragraph answers."""


def find(site: Site, question: Question) -> list[Found]:
    """Newest first. Raises SiteError where there is no database, ContentError for a name, kind or source that nobody has."""
    path = site.output / files.DATABASE
    if not path.is_file():
        raise SiteError("no data to ask", at=AT, fix=PUBLISH)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            if connection.execute("PRAGMA user_version").fetchone() != (database.VERSION,):
                raise SiteError("the data are of another version of the program", at=AT, fix=PUBLISH)
            return list(_Asked(connection, site).found(question))
    except sqlite3.DatabaseError as error:
        raise SiteError(f"the data cannot be read: {error}", at=AT, fix=f"delete the file, then {PUBLISH}") from error


def parts(words: str) -> list[str]:
    """What a reader typed → what FTS5 is asked: all of these have to be there.

    >>> parts('"Consul General" 重庆市 invest*')
    ['"Consul General"', '"重庆 庆市"', '"invest" *']
    """
    text = unicodedata.normalize("NFKC", words)
    phrases = [phrase.split() for phrase in _QUOTED.findall(text)]
    loose = [[word] for word in _QUOTES.sub(" ", _QUOTED.sub(" ", text)).split()]
    return [part for stretch in (*phrases, *loose) for part in _stretch(stretch)]


def _stretch(stretch: Iterable[str]) -> Iterator[str]:
    """Words next to each other: a phrase; East Asian text in it is a phrase of its own."""
    run: list[str] = []
    ending = ""
    for word in stretch:
        pieces, ending = bigrams.pieces(word), " *" if word.endswith("*") else ""
        if any(map(bigrams.is_east_asian, pieces)):
            yield from _phrase(run)
            yield from _phrase(_pairs(pieces), ending or (" *" if len(pieces[-1]) == 1 and bigrams.is_east_asian(pieces[-1]) else ""))
            run = []
        else:
            run += pieces
    yield from _phrase(run, ending)


def _phrase(terms: Sequence[str], ending: str = "") -> Iterator[str]:
    if terms:
        yield f'"{" ".join(terms)}"{ending}'


def _pairs(pieces: Sequence[str]) -> list[str]:
    """As `bigrams.plain_words` has them; the text may go on after the last, which is not asked for alone."""
    terms = [term for piece in pieces for term in bigrams.run_words(piece)]
    return terms[:-1] if len(pieces[-1]) > 1 and bigrams.is_east_asian(pieces[-1]) else terms


class _Asked:
    """A database and what it is asked."""

    def __init__(self, connection: sqlite3.Connection, site: Site) -> None:
        self._connection = connection
        self._site = site

    def _all(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, values).fetchall()

    def found(self, question: Question) -> Iterator[Found]:
        records = [names.record(self._kind(kind), name, self._authorities(), self._site) for kind, name in question.names]
        whom = [record.id for record in records]
        chosen = self._words(question.words) if question.words.strip() else None
        conditions, values = self._conditions(question, whom)
        rows = self._all(
            f"SELECT id, date, title, source, url, rights FROM briefings b WHERE {' AND '.join(conditions)} ORDER BY rowid",  # noqa: S608
            *values,
        )
        for identifier, date, title, source, url, rights in rows:
            if chosen is None or identifier in chosen.briefings:
                yield Found(identifier, date, title, source, url, rights, tuple(self._paragraphs(identifier, chosen, whom)))

    def _conditions(self, question: Question, whom: Iterable[AuthorityId]) -> tuple[list[str], list[str]]:
        conditions, values = ["1"], []
        for authority in whom:
            conditions.append("EXISTS (SELECT 1 FROM named WHERE briefing = b.id AND authority = ?)")
            values.append(authority)
        for kind in question.kinds:
            conditions.append(
                "EXISTS (SELECT 1 FROM named n JOIN authorities a ON a.id = n.authority WHERE n.briefing = b.id AND a.kind = ?)"
            )
            values.append(self._kind(kind))
        for operator, day in ((">=", question.since), ("<=", question.until)):
            if day:
                conditions.append(f"date {operator} ?")
                values.append(day.isoformat())
        if question.source:
            found = self._sources(question.source)
            conditions.append(f"source IN ({', '.join('?' * len(found))})")
            values += found
        return conditions, values

    def _kind(self, name: str) -> str:
        for kind in self._site.kinds:
            if name in (kind.name, kind.folder):
                return kind.name
        raise ContentError(
            f"no kind is called {name!r}", at=Place("--kind"), fix=f"write one of {', '.join(kind.name for kind in self._site.kinds)}"
        )

    def _sources(self, asked: str) -> list[str]:
        """As printed: those of that name, and those that stand on that host."""
        host = (sources.host(asked) or "").removeprefix("www.")
        known = [name for (name,) in self._all("SELECT DISTINCT source FROM briefings WHERE source IS NOT NULL ORDER BY source")]
        found = [
            name
            for name in known
            if names.folded(name) == names.folded(asked) or (host and f".{sources.host(name) or ''}".endswith(f".{host}"))
        ]
        if not found:
            near = get_close_matches(asked, known, n=3, cutoff=0.4)
            fix = f"did you mean {', '.join(near)}?" if near else "take one that a briefing's front matter has"
            raise ContentError(f"no source is called {asked!r}", at=Place("--source"), fix=fix)
        return found

    def _authorities(self) -> dict[AuthorityId, Authority]:
        variants: dict[str, list[str]] = {}
        for identifier, name in self._all("SELECT authority, name FROM names"):
            variants.setdefault(identifier, []).append(name)
        rows = self._all("SELECT id, kind, slug, name FROM authorities ORDER BY rowid")
        return {key: Authority(kind, slug, name, tuple(variants.get(key, ())), id=key) for key, kind, slug, name in rows}

    def _words(self, words: str) -> Words:
        if not self._all("SELECT 1 FROM sqlite_master WHERE name = 'paragraphs_fts'") or not database.has_full_text():
            fix = "use a Python whose SQLite has FTS5 for this command and for publish; without words the filters work"
            raise SiteError("words cannot be looked for: this SQLite has no full text", at=AT, fix=fix)
        paragraphs: Counter[tuple[str, str]] = Counter()
        answering: list[set[str]] = []
        for part in parts(words):
            hits, titles = (self._all(sql, part) for sql in (IN_PARAGRAPHS, IN_TITLES))
            paragraphs.update(hits)
            answering.append({briefing for briefing, *_ in (*hits, *titles)})
        found = set.intersection(*answering) if answering else set()
        for identifier in self._called(words):
            found |= {briefing for (briefing,) in self._all("SELECT briefing FROM named WHERE authority = ?", identifier)}
            paragraphs.update(self._all("SELECT DISTINCT briefing, paragraph FROM mentions WHERE authority = ?", identifier))
        return Words(frozenset(found), paragraphs)

    def _called(self, words: str) -> list[AuthorityId]:
        """Records that have just this name, in any script."""
        wanted = names.folded(" ".join(_QUOTES.sub(" ", words).split()))
        known = self._all("SELECT authority, name FROM names")
        return list(dict.fromkeys(identifier for identifier, name in known if names.folded(name) == wanted))

    def _paragraphs(self, briefing: str, chosen: Words | None, whom: Sequence[AuthorityId]) -> Iterator[Paragraph]:
        """Those that answer most of what was asked."""
        rows = self._all("SELECT key, text FROM paragraphs WHERE briefing = ? ORDER BY number", briefing)
        if chosen is not None:
            count = {key: chosen.parts_by_paragraph[briefing, key] for key, _ in rows}
        else:
            named = self._all("SELECT paragraph, authority FROM mentions WHERE briefing = ?", briefing)
            count = Counter(key for key, authority in dict.fromkeys(named) if authority in whom)
        most = max(count.values(), default=0)
        return (Paragraph(key, text) for key, text in rows if most and count.get(key) == most)


def as_text(found: Sequence[Found], limit: int) -> Iterator[str]:
    """Lines for a terminal; a `limit` of 0 shows all."""
    for one in found[: limit or None]:
        yield f"{one.date or 'undated   '}  {one.title or '[untitled]'}{f'  ({one.source})' if one.source else ''}"
        yield f"    {_seen(one.url)}"
        for paragraph in one.paragraphs[:FOREMOST]:
            yield f"    ¶ {' '.join(paragraph.text.split())}"
            yield f"      {_seen(one.address(paragraph))}"
        if len(one.paragraphs) > FOREMOST:
            yield f"      and {len(one.paragraphs) - FOREMOST} more"
    rest = len(found) - limit if limit and len(found) > limit else 0
    yield f"{len(found)} {'briefing' if len(found) == 1 else 'briefings'}{f', {rest} more with --limit 0' if rest else ''}"


def _seen(url: str) -> str:
    """From the archive's folder, where it has no address on the web."""
    return url if "://" in url else f"site/{url}"


def as_json(found: Sequence[Found]) -> str:
    """Every field of Found; a paragraph with its address."""
    listed = [
        asdict(one) | {"paragraphs": [{"key": part.key, "text": part.text, "url": one.address(part)} for part in one.paragraphs]}
        for one in found
    ]
    return json.dumps({"count": len(found), "briefings": listed}, ensure_ascii=False, indent=1)


def as_csv(found: Sequence[Found]) -> str:
    """A row for each paragraph; one without, for a briefing that has none."""
    return spreadsheet.text(CSV_COLUMNS, (row for one in found for row in _rows(one)))


def _rows(one: Found) -> Iterator[tuple[str | None, ...]]:
    head = (one.id, one.date, one.title, one.source, one.rights)
    if not one.paragraphs:
        yield (*head, one.url, None)
    for part in one.paragraphs:
        yield (*head, one.address(part), part.text)
