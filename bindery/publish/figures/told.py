"""A briefing's blocks → its sentences that have figures: what other pages quote, and what the data say."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby

import msgspec
from markupsafe import Markup
from msgspec.structs import replace

from bindery.model import AuthorityId, Briefing
from bindery.publish import languages
from bindery.publish.block import Block
from bindery.publish.figures import Figure, figures
from bindery.publish.figures.figure import Span
from bindery.publish.views import concordance
from bindery.publish.views.concordance import Sentences

RUNNING_TEXT = frozenset({"p", "ul", "ol"})
"""Blocks whose text is read: what a heading counts the text says too, a table runs together, and a quotation is another's."""
LONGEST = 420
"""Code points of a sentence that are quoted; a longer one is cut around its figures."""
AROUND = 140
"""Code points left on either side of them in such a sentence."""


class Told(msgspec.Struct, frozen=True, array_like=True):
    """A sentence that has figures."""

    text: str
    anchor: str
    """Of its paragraph: "p-tang-noted-that-a41"."""
    whom: list[AuthorityId]
    """Those it names, in order; nobody where no full stop says what a sentence is."""
    figures: list[Figure]
    """Their offsets are those of `text`."""

    def html(self, language: str | None, around: str) -> Markup:
        """The sentence as printed, its figures in bold. `language` is the briefing's, `around` that of the page."""
        whole = Sentences([0], [len(self.text)])
        spans = [(figure.start, figure.end) for figure in self.figures]
        return languages.printed_markup(concordance.emphasised(self.text, (0, len(self.text)), spans, whole), language, around)


def told(briefing: Briefing, blocks: Iterable[Block], counted: Container[AuthorityId]) -> list[Told]:
    """All of a briefing, in order, but for what people rejected. `counted` are those it names; a link in a note counts for nothing."""
    return [one for block in blocks if block.tag in RUNNING_TEXT for one in _of_block(block, briefing, counted)]


def found(block: Block, language: str | None) -> list[Figure]:
    """All of a block, those among them that people rejected."""
    return figures(block.text, language, _sentences) if block.tag in RUNNING_TEXT else []


def _sentences(text: str) -> Sequence[Span]:
    """Those that quotations have asked for already."""
    known = concordance.sentences_of(text)
    return [*zip(known.starts, known.ends, strict=True)]


def _of_block(block: Block, briefing: Briefing, counted: Container[AuthorityId]) -> Iterator[Told]:
    kept = (figure for figure in found(block, briefing.language) if figure.printed not in briefing.not_figures)
    for (start, end), here in groupby(kept, key=lambda figure: figure.sentence):
        is_sentence = end - start <= concordance.LONGEST  # else a page without full stops, which says nothing of whom
        names = (one.authority for one in block.mentions if is_sentence and start <= one.start < end)
        whom = [name for name in dict.fromkeys(names) if name in counted]
        for close in _close([*here]):
            begin, stop = _quoted(block.text, (start, end), close)
            yield _cut(block, (start, end), (begin, stop), whom, close)


def _close(figures: list[Figure]) -> Iterator[list[Figure]]:
    """Those of a sentence, so many at a time as one quotation holds."""
    close: list[Figure] = []
    for figure in figures:
        if close and figure.end - close[0].start > LONGEST - 2 * AROUND:
            yield close
            close = []
        close.append(figure)
    yield close


def _quoted(text: str, sentence: Span, close: Sequence[Figure]) -> Span:
    """What of a sentence is quoted: all of it, or a run of words around some of its figures."""
    start, end = sentence
    if end - start <= LONGEST:
        return sentence
    first, last = close[0].start, close[-1].end
    begin = start if first - AROUND <= start else text.find(" ", first - AROUND, first) + 1 or first - AROUND
    stop = end if last + AROUND >= end else text.rfind(" ", last, last + AROUND)
    return begin, stop if stop >= 0 else last + AROUND


def _cut(block: Block, sentence: Span, quoted: Span, whom: list[AuthorityId], close: Iterable[Figure]) -> Told:
    before, behind = (concordance.ELLIPSIS if cut else "" for cut in (quoted[0] > sentence[0], quoted[1] < sentence[1]))
    text, by = f"{before}{block.text[slice(*quoted)]}{behind}", len(before) - quoted[0]
    moved = [replace(figure, start=figure.start + by, end=figure.end + by, sentence=(0, len(text))) for figure in close]
    return Told(text, f"p-{block.key}", whom, moved)
