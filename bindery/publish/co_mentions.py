"""A briefing's blocks → its sentences that name two or more: what it is shown by that they are named together."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import combinations

import msgspec
from markupsafe import Markup

from bindery.model import AuthorityId
from bindery.publish import languages
from bindery.publish.block import Block
from bindery.publish.permalinks import Pair
from bindery.publish.views import concordance
from bindery.publish.views.concordance import LONGEST, Sentences, Span

MOST = 20
"""Names of a sentence; one that has more is a list, and says nothing of two of them."""


class Name(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A name in a sentence: code points from its beginning."""

    start: int
    end: int
    whom: AuthorityId


class Shared(msgspec.Struct, frozen=True, array_like=True):
    """A sentence that names two or more."""

    text: str
    names: list[Name]
    anchor: str
    """Of its paragraph."""

    @property
    def whom(self) -> list[AuthorityId]:
        """Each once, in order of first mention."""
        return list(dict.fromkeys(name.whom for name in self.names))

    def html(self, of: Container[AuthorityId], language: str | None, around: str) -> Markup:
        """The sentence as printed, those names in bold. `language` is the briefing's, `around` that of the page."""
        names = [(name.start, name.end) for name in self.names if name.whom in of]
        whole = Sentences([0], [len(self.text)])
        return languages.printed_markup(concordance.emphasised(self.text, (0, len(self.text)), names, whole), language, around)


def sentences(blocks: Iterable[Block], counted: Container[AuthorityId]) -> list[Shared]:
    """All of a briefing, in order. `counted` are those it names; a link in a note counts for nothing.

    A sentence longer than a quotation may be is a page without full stops, and no sentence.
    """
    return [shared for block in blocks for shared in _of_block(block, counted)]


def pairs(whom: Iterable[AuthorityId]) -> Iterator[Pair]:
    """Every two of a sentence."""
    return combinations(sorted(whom), 2)


def _of_block(block: Block, counted: Container[AuthorityId]) -> Iterator[Shared]:
    mentions = [mention for mention in block.mentions if mention.authority in counted]
    if len(mentions) < 2 or len({mention.authority for mention in mentions}) < 2:
        return
    for start, end in _spans(block.text, [(mention.start, mention.end) for mention in mentions]):
        names = [Name(one.start - start, one.end - start, one.authority) for one in mentions if start <= one.start < end]
        if 2 <= len({name.whom for name in names}) <= MOST:
            yield Shared(block.text[start:end], names, f"p-{block.key}")


def _spans(text: str, names: list[Span]) -> list[Span]:
    """The sentences that hold these names, but for those that had to be cut."""
    found = concordance.sentences_of(text)
    return [
        (start, end)
        for start, end in concordance.quoted(text, names, found)
        if start in found.starts and end in found.ends and end - start <= LONGEST
    ]
