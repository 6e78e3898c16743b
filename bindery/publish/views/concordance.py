"""Every mention as the sentence it stands in: quotations, newest first, each with the way to its paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec
from markupsafe import Markup, escape

from bindery.model import AuthorityId, Briefing
from bindery.publish import languages
from bindery.publish.block import Block
from bindery.publish.sentences import sentence_spans

if TYPE_CHECKING:
    from bindery.publish.entry import Entry
    from bindery.publish.events import Event
    from bindery.publish.views.catalogue import Catalogue

LONGEST = 1200
"""Code points of a quotation; a longer sentence (a page without full stops) is cut around each mention."""
AROUND = 300
"""Code points left on either side of a mention in such a sentence."""
ELLIPSIS = "…"
NAME_BEGINS, NAME_ENDS = '<b class="hit__name">', "</b>"
_ESCAPED = re.compile("[&<>'\"]")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Where the sentences of a text begin and where they end, in order."""

    starts: list[int]
    ends: list[int]


class Quotation(msgspec.Struct, frozen=True, array_like=True, gc=False):
    marked: str
    """The sentence as printed, as HTML, the name in bold."""
    anchor: str
    """Of its paragraph: "p-tang-noted-that-a41"."""

    @property
    def html(self) -> Markup:
        return Markup(self.marked)  # noqa: S704  # made by `quotations`


class Citation(msgspec.Struct, frozen=True):
    """A briefing and what it says of somebody."""

    entry: Entry
    mention_count: int
    quotations: tuple[Quotation, ...]
    events: tuple[Event, ...] = ()
    """Days that these sentences print."""


class Year(msgspec.Struct, frozen=True):
    """The citations of one year; `year` is None for briefings without a date."""

    year: int | None
    citations: tuple[Citation, ...]


def by_year(identifier: AuthorityId, named_in: Iterable[Entry], catalogue: Catalogue) -> tuple[Year, ...]:
    """What some briefings, newest first, print about somebody, by year."""
    citations = (
        Citation(
            entry,
            entry.named[identifier],
            tuple(catalogue.leaves[entry.id].quotations.get(identifier, ())),
            entry.told(lambda whom: identifier in whom),
        )
        for entry in named_in
    )
    return tuple(Year(year, tuple(found)) for year, found in groupby(citations, key=lambda citation: citation.entry.year))


def quotations(briefing: Briefing, blocks: Iterable[Block], around: str) -> dict[AuthorityId, list[Quotation]]:
    """All that a briefing prints about everybody it names, in order. `around` is the language of the page they are to stand in."""
    found: defaultdict[AuthorityId, list[Quotation]] = defaultdict(list)
    for block in blocks:
        names: defaultdict[AuthorityId, list[Span]] = defaultdict(list)
        for mention in block.mentions:
            names[mention.authority].append((mention.start, mention.end))
        sentences = sentences_of(block.text) if names else Sentences([], [])
        for authority, spans in names.items():
            found[authority] += _quotations(block, spans, sentences, briefing, around)
    return dict(found)


def _quotations(block: Block, names: list[Span], sentences: Sentences, briefing: Briefing, around: str) -> Iterator[Quotation]:
    for span in quoted(block.text, names, sentences):
        html = emphasised(block.text, span, names, sentences)
        yield Quotation(str(languages.printed_markup(html, briefing.language, around)), f"p-{block.key}")


@lru_cache(maxsize=256)
def sentences_of(text: str) -> Sentences:
    """Kept for the paragraphs of a briefing or two: they are asked for by each who looks at them."""
    spans = sentence_spans(text)
    return Sentences([start for start, _ in spans], [end for _, end in spans])


def quoted(text: str, names: list[Span], sentences: Sentences) -> list[Span]:
    """The sentences of a paragraph that hold these names (in order), each once. A name is never cut, whatever full stops are in it."""
    spans: list[Span] = []
    for name in names:
        start, end = _around(text, name, sentences)
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _around(text: str, name: Span, sentences: Sentences) -> Span:
    start = min(name[0], sentences.starts[max(bisect_right(sentences.starts, name[0]) - 1, 0)])
    end = max(name[1], sentences.ends[max(bisect_left(sentences.starts, name[1]) - 1, 0)])
    if end - start <= LONGEST:
        return start, end
    return max(start, text.rfind(" ", 0, max(name[0] - AROUND, 1)) + 1), min(end, _word_end(text, name[1] + AROUND))


def _word_end(text: str, position: int) -> int:
    found = text.find(" ", position, position + AROUND)
    return found if found >= 0 else position


def emphasised(text: str, span: Span, names: list[Span], sentences: Sentences) -> Markup:
    """The sentence with its names in bold; an ellipsis where it was cut."""
    position, end = span
    html = escape if _ESCAPED.search(text, position, end) else str  # most sentences have nothing to escape
    pieces: list[str] = [] if position in sentences.starts else [ELLIPSIS]
    for start, stop in names:
        if position <= start < end:
            pieces += (html(text[position:start]), NAME_BEGINS, html(text[start:stop]), NAME_ENDS)
            position = stop
    pieces.append(html(text[position:end]))
    if end not in sentences.ends:
        pieces.append(ELLIPSIS)
    return Markup("".join(pieces))  # noqa: S704  # each piece is escaped
