"""Named lines → Metadata: which of the page's dates, sources and names are the page's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from itertools import pairwise
from typing import TypeVar

from bindery.ingest.clean import dateline, metaline, signature, whole_line
from bindery.ingest.clean.credit import Meta
from bindery.ingest.clean.lexicon import folded, word_set
from bindery.ingest.clean.own_names import spoken_of
from bindery.ingest.clean.sequence import FEWEST_INSET_WORDS, Sheet
from bindery.ingest.clean.title import FIRM, INSTITUTION
from bindery.ingest.clean.title_text import squash
from bindery.ingest.draft import Metadata, Paragraph, Verdict
from bindery.rules import active

FIELD_LABELS = frozenset({"date", "byline", "source", "meta"})

DATELINE_DEPTH = 3
"""Paragraphs in which a dateline may stand: a heading or a summary may come before it."""

OTHERS = frozenset({"related-heading", "comment-box"})
"""Rules of lines below which days and names are those of other articles and of readers."""

_ADDRESS = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+){1,4}")
"""'harbourworks.com' under a text: where its sender is found; in brackets it is a credit."""

MASTHEAD_DEPTH = 3
"""Lines from the top among which a page has its masthead."""

_BEFORE_COLON = re.compile(r"([A-Z][\w .&'-]{3,24}): (?=[A-Z\"“])")

LETTERHEAD_LINES = 3
"""Lines over 'For Immediate Release' that a letterhead may have."""

LETTERHEAD_DEPTH = 8
"""Lines from the top among which a press release has its letterhead."""

_NUMBERED_RELEASE = re.compile(r"^(?:PRESS|MEDIA|NEWS|Press|Media|News) (?:RELEASE|NOTE|STATEMENT|Release|Note|Statement)\b")
_SECTION = re.compile(r"\b(?:news|releases?|notices)$", re.IGNORECASE)
"""'GOVERNMENT NEWS'"""
LONGEST_CLOSING = 80
"""Characters."""

_CLOSING = re.compile(r"[(（][^()（）]{4,70}[)）]$")
_OWN_DOMAIN = re.compile(r"(?:@|://|www\.)(?:www\.)?([a-z0-9-]{5,40})\.[a-z]{2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """A line of metadata and how near it stands to the headline."""

    line: int
    meta: Meta


def metadata(
    sheet: Sheet, verdicts: Sequence[Verdict], paragraphs: Sequence[Paragraph], language: str | None, month_first: bool
) -> Metadata:
    """Every field with the number of the line it was read from.

    Lines above the text win over its dateline, the dateline over lines below the text; only a source named below the
    text ('SOURCE iChongqing') wins over the wire that the dateline names ('/PRNewswire/').
    """
    above, below = _readings(sheet, verdicts)
    lead = [Reading(p.lines[0], dateline.read(p.text, month_first=month_first)) for p in paragraphs[:DATELINE_DEPTH]]
    lines: dict[str, int] = {}
    title = _title(sheet, lines)
    closing = _closing(paragraphs, month_first)
    date = _pick(lines, "date", _dates((above, _beside_title(sheet), lead, below, closing)))
    lead += _self_credit(sheet, paragraphs)
    source = (
        _pick(lines, "source", _sources((above, below, lead, closing)))
        or _letterhead(sheet, lines)
        or _masthead(sheet, verdicts, lines)
        or _pick(lines, "source", _spoken_of(sheet.own, paragraphs))
    )
    byline = _pick(lines, "byline", _texts("byline", (above, lead, below, closing)))
    return Metadata(_plain(title), date, _plain(source), _plain(byline), language, lines)


def _plain(text: str | None) -> str | None:
    """With plain spaces, as content/ has it: a page prints no-break and ideographic ones, too."""
    return " ".join(text.split()) if text else None


def _title(sheet: Sheet, lines: dict[str, int]) -> str | None:
    if not sheet.title or not active("title"):
        return None
    lines["title"] = sheet.shapes[sheet.title.index].number
    return sheet.title.text


def _readings(sheet: Sheet, verdicts: Sequence[Verdict]) -> tuple[list[Reading], list[Reading]]:
    """Lines of metadata above the text and below it; of the former first those under the headline, the nearest first.

    Above the headline a page may print the date of its capture.
    """
    body = [index for index, verdict in enumerate(verdicts) if verdict.label == "body"]
    first, last = (body[0], body[-1]) if body else (len(verdicts), len(verdicts))
    centre = sheet.title.index if sheet.title else first
    named = [(i, meta) for i, meta in enumerate(sheet.metas) if meta is not None and verdicts[i].label in FIELD_LABELS]
    above = sorted(((i, meta) for i, meta in named if i < last), key=lambda pair: (pair[0] < centre, abs(pair[0] - centre)))
    others = next((i for i in range(last + 1, len(verdicts)) if _opens_others(sheet, verdicts, i)), len(verdicts))
    below = [(i, meta) for i, meta in named if last < i < others and not _ADDRESS.fullmatch(sheet.shapes[i].text)]
    return _numbered(sheet, above), _numbered(sheet, below)


def _opens_others(sheet: Sheet, verdicts: Sequence[Verdict], index: int) -> bool:
    """'Related news' over a list; 'Related news: Bridge opens in May' names one article, and the credit may follow."""
    return verdicts[index].rule in OTHERS and sheet.shapes[index].words < FEWEST_INSET_WORDS


def _beside_title(sheet: Sheet) -> list[Reading]:
    """The date that stands on the headline's own line, or as a stamp before the first."""
    after = [Reading(sheet.shapes[sheet.title.index].number, Meta(dated=sheet.title.date))] if sheet.title else []
    return [*after, Reading(sheet.shapes[0].number, Meta(dated=sheet.stamp))] if sheet.stamp else after


def _closing(paragraphs: Sequence[Paragraph], month_first: bool) -> list[Reading]:
    """A credit that closes the last paragraph: '(China Daily September 20, 2003)'."""
    if not paragraphs:
        return []
    match = _CLOSING.search(paragraphs[-1].text[-LONGEST_CLOSING:])
    meta = (metaline.parse(match[0], month_first=month_first) if match else None) or signature.closing(paragraphs[-1].text)
    return [Reading(paragraphs[-1].lines[-1], meta)] if meta else []


def _numbered(sheet: Sheet, named: Sequence[tuple[int, Meta]]) -> list[Reading]:
    return [Reading(sheet.shapes[index].number, meta) for index, meta in named]


def _dates(zones: Sequence[Sequence[Reading]]) -> Iterator[tuple[int, Date]]:
    """Zone by zone: a date said to be of publication, a date alone, a date of update."""
    for zone in zones:
        for kind in ("published", "dated", "updated"):
            yield from ((reading.line, date) for reading in zone if (date := getattr(reading.meta, kind)))


def _texts(field: str, zones: Sequence[Sequence[Reading]]) -> Iterator[tuple[int, str]]:
    """Zone by zone; in each a labelled value before one that only looks like it."""
    for zone in zones:
        for labelled in (True, False):
            for reading in zone:
                value: str | None = getattr(reading.meta, field)
                if value and (field in reading.meta.labels) is labelled:
                    yield reading.line, value


def _sources(zones: Sequence[Sequence[Reading]]) -> Iterator[tuple[int, str]]:
    """Who distributes a release comes after the one that it is said to be from."""
    found = list(_texts("source", zones))
    named = {reading.meta.source for zone in zones for reading in zone if "source" in reading.meta.labels}
    distributors = word_set("distributors")
    if found and folded(found[0][1]) in distributors:
        yield from ((line, value) for line, value in found if value in named and folded(value) not in distributors)
    yield from found


T = TypeVar("T")


def _pick(lines: dict[str, int], field: str, candidates: Iterator[tuple[int, T]]) -> T | None:
    """The first candidate, its line noted."""
    line, value = next(candidates, (None, None)) if active(field) else (None, None)
    if line is not None:
        lines[field] = line
    return value


def _self_credit(sheet: Sheet, paragraphs: Sequence[Paragraph]) -> list[Reading]:
    """The masthead again before the first words: 'Sharjah 24: The chamber opened its doors …'."""
    match = _BEFORE_COLON.match(paragraphs[0].text) if paragraphs else None
    head = sheet.shapes[: min(MASTHEAD_DEPTH, sheet.title.index if sheet.title else 0)]
    if not match or not any(squash(shape.text).startswith(squash(match[1])) for shape in head if shape.short):
        return []
    return [Reading(paragraphs[0].lines[0], Meta(source=match[1]))]


def _spoken_of(own: Mapping[str, str], paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, str]]:
    """The outlet by whose name a text speaks of itself."""
    for paragraph in paragraphs if own else ():
        if name := spoken_of(own, paragraph.text):
            yield paragraph.lines[0], name


def _letterhead(sheet: Sheet, lines: dict[str, int]) -> str | None:
    """The office whose name stands right above 'Press Release No. …' or below it, the firm's between a date and the headline."""
    if not active("source"):
        return None
    for index, shape in enumerate(sheet.shapes[: min(LETTERHEAD_DEPTH, sheet.title.index if sheet.title else 0)]):
        if (mark := whole_line.RELEASE.match(shape.text)) and not mark[1]:
            above = reversed(sheet.shapes[max(0, index - LETTERHEAD_LINES) : index])
            if office := next((line for line in above if INSTITUTION.match(line.text) and not _SECTION.search(line.text)), None):
                lines["source"] = office.number
                return office.text
    for upper, lower in pairwise(sheet.shapes[:LETTERHEAD_DEPTH]):
        for office, release in ((upper, lower), (lower, upper)):
            if _NUMBERED_RELEASE.match(release.text) and INSTITUTION.match(office.text) and not _SECTION.search(office.text):
                lines["source"] = office.number
                return office.text
    for index in range(1, sheet.title.index if sheet.title else 0):
        dated = any((meta := sheet.metas[i]) and meta.date for i in (index - 1, index + 1))
        if dated and FIRM.match(sheet.shapes[index].text):
            lines["source"] = sheet.shapes[index].number
            return sheet.shapes[index].text
    return None


def _masthead(sheet: Sheet, verdicts: Sequence[Verdict], lines: dict[str, int]) -> str | None:
    """The outlet whose name heads the page and is its own domain below: 'iChongqing' over service@ichongqing.info."""
    below = "\n".join(v.line.text for v in verdicts if v.label in ("footer", "about"))
    own = {squash(match) for match in _OWN_DOMAIN.findall(below)}
    last = sheet.title.index if sheet.title else 0
    for shape in sheet.shapes[:last] if own and active("source") else ():
        words = shape.text.split()[:5]
        for count in range(len(words), 0, -1):
            if squash("".join(words[:count])) in own:
                lines["source"] = shape.number
                return " ".join(words[:count])
    return None
