"""Two changes of one text → one text, laid side by side where they disagree, as diff3 and git do it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MARK_SIZE = 7
"""Of each of the four marks, by which editors and git know a conflict."""


class Version(NamedTuple):
    """A text, and what a reader of the merge calls it."""

    name: str
    lines: Sequence[str]


def merged(base: Version, mine: Version, theirs: Version) -> Iterator[str]:
    """What only one side changed is as that side has it; what both changed in different ways stands there three times."""
    kept_by_mine, kept_by_theirs = _kept(base.lines, mine.lines), _kept(base.lines, theirs.lines)
    start = in_mine = in_theirs = 0
    for at in sorted(kept_by_mine.keys() & kept_by_theirs.keys()):
        yield from _settled(
            base._replace(lines=base.lines[start:at]),
            mine._replace(lines=mine.lines[in_mine : kept_by_mine[at]]),
            theirs._replace(lines=theirs.lines[in_theirs : kept_by_theirs[at]]),
        )
        yield base.lines[at]
        start, in_mine, in_theirs = at + 1, kept_by_mine[at] + 1, kept_by_theirs[at] + 1
    yield from _settled(
        base._replace(lines=base.lines[start:]),
        mine._replace(lines=mine.lines[in_mine:]),
        theirs._replace(lines=theirs.lines[in_theirs:]),
    )


def _kept(base: Sequence[str], text: Sequence[str]) -> dict[int, int]:
    """Number of a line of `base` → its number in `text`, of the lines that are in both in the same order."""
    blocks = SequenceMatcher(None, base, text, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _settled(base: Version, mine: Version, theirs: Version) -> Iterator[str]:
    """Lines between two that all have."""
    if theirs.lines in (mine.lines, base.lines):
        yield from mine.lines
    elif mine.lines == base.lines:
        yield from theirs.lines
    else:
        for sign, version in (("<", mine), ("|", base)):
            yield f"{sign * MARK_SIZE} {version.name}"
            yield from version.lines
        yield "=" * MARK_SIZE
        yield from theirs.lines
        yield f"{'>' * MARK_SIZE} {theirs.name}"
