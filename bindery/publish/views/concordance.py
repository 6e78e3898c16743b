"""Every mention as the sentence it stands in: quotations, newest first, each with the way to its paragraph."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec
from markupsafe import Markup, escape

from bindery.model import AuthorityId, Briefing
from bindery.publish import languages
from bindery.publish.body import Block
from bindery.publish.sentences import sentence_spans

if TYPE_CHECKING:
    from bindery.publish.entries import Entry
    from bindery.publish.views.catalogue import Catalogue

LONGEST = 1200
"""Code points of a quotation; a longer sentence (a page without full stops) is cut around each mention."""
AROUND = 300
"""Code points left on either side of a mention in such a sentence."""
ELLIPSIS = Markup("…")

Span = tuple[int, int]

# A paragraph is asked for once for everybody it names, far apart in time.
_sentences = lru_cache(maxsize=100_000)(sentence_spans)


class Quotation(msgspec.Struct, frozen=True, array_like=True, gc=False):
    marked: str
    """The sentence as printed, as HTML, the name in bold."""
    anchor: str
    """Of its paragraph: "p-tang-noted-that-a41"."""

    @property
    def html(self) -> Markup:
        return Markup(self.marked)  # noqa: S704  # made by `quotations`


@dataclass(frozen=True, slots=True)
class Citation:
    """A briefing and what it says of somebody."""

    entry: Entry
    mention_count: int
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The citations of one year; `year` is None for briefings without a date."""

    year: int | None
    citations: tuple[Citation, ...]


def by_year(identifier: AuthorityId, named_in: Iterable[Entry], catalogue: Catalogue) -> tuple[Year, ...]:
    """What some briefings, newest first, print about somebody, by year."""
    citations = (
        Citation(entry, entry.named[identifier], tuple(catalogue.leaves[entry.id].quotations.get(identifier, ()))) for entry in named_in
    )
    return tuple(Year(year, tuple(found)) for year, found in groupby(citations, key=lambda citation: citation.entry.year))


def quotations(briefing: Briefing, blocks: Sequence[Block], around: str) -> dict[AuthorityId, list[Quotation]]:
    """Everybody a briefing names → the sentences that name them. `around` is the language of the page they will stand on."""
    found: dict[AuthorityId, list[Quotation]] = {}
    for block in blocks:
        names: dict[AuthorityId, list[Span]] = {}
        for mention in block.mentions:
            names.setdefault(mention.authority, []).append((mention.start, mention.end))
        for identifier, spans in names.items():
            for span in quoted(block.text, spans):
                html = languages.printed_markup(_emphasised(block.text, span, spans), briefing.language, around)
                found.setdefault(identifier, []).append(Quotation(str(html), f"p-{block.key}"))
    return found


def quoted(text: str, names: list[Span]) -> list[Span]:
    """The sentences of a paragraph that hold these names (in order), each once. A name is never cut, whatever full stops are in it."""
    spans: list[Span] = []
    for name in names:
        span = _around(text, name)
        if spans and span[0] < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(span[1], spans[-1][1]))
        else:
            spans.append(span)
    return spans


def _around(text: str, name: Span) -> Span:
    sentences = _sentences(text)
    starts = [start for start, _ in sentences]
    start = min(name[0], sentences[max(bisect_right(starts, name[0]) - 1, 0)][0])
    end = max(name[1], sentences[max(bisect_left(starts, name[1]) - 1, 0)][1])
    if end - start <= LONGEST:
        return start, end
    return max(start, text.rfind(" ", 0, max(name[0] - AROUND, 1)) + 1), min(end, _word_end(text, name[1] + AROUND))


def _word_end(text: str, position: int) -> int:
    found = text.find(" ", position, position + AROUND)
    return found if found >= 0 else position


def _emphasised(text: str, span: Span, names: list[Span]) -> Markup:
    """The sentence with its names in bold; an ellipsis where it was cut."""
    return Markup("").join(_pieces(text, span, names))


def _pieces(text: str, span: Span, names: list[Span]) -> Iterator[Markup]:
    position, end = span
    sentences = _sentences(text)
    if not any(start == position for start, _ in sentences):
        yield ELLIPSIS
    for name in names:
        if position <= name[0] < end:
            yield escape(text[position : name[0]])
            yield Markup('<b class="hit__name">{}</b>').format(text[name[0] : name[1]])
            position = name[1]
    yield escape(text[position:end])
    if not any(stop == end for _, stop in sentences):
        yield ELLIPSIS
