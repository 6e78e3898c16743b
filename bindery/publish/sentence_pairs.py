"""A body → who is named with whom in one sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from bindery.model import AuthorityId
from bindery.publish.block import Block
from bindery.publish.views.concordance import sentences_of

Pair = tuple[AuthorityId, AuthorityId]
"""Two records in order of their ids."""


def sentence_pairs(blocks: Iterable[Block]) -> Counter[Pair]:
    """In how many sentences each two are named together, however often a sentence names them."""
    found: Counter[Pair] = Counter()
    for block in blocks:
        if len({mention.authority for mention in block.mentions}) < 2:
            continue
        starts = sentences_of(block.text).starts
        named: dict[int, set[AuthorityId]] = {}
        for mention in block.mentions:
            named.setdefault(bisect_right(starts, mention.start), set()).add(mention.authority)
        for authorities in named.values():
            found.update(combinations(sorted(authorities), 2))
    return found
