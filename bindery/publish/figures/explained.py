"""A briefing → why each of its figures is one, and the line that takes it back: what `build.py explain` prints of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bindery.content import yaml_edits
from bindery.content.decisions import DECISIONS_FILE
from bindery.model import Briefing
from bindery.publish.block import Block
from bindery.publish.figures.figure import Figure, Measure
from bindery.publish.figures.told import found

EVIDENCE: dict[Measure, str] = {
    "count": "a number before things or people that are counted, more of them than a text counts in passing",
    "money": "a number with the sign or the name of a currency",
    "share": "a number of percent, or of points of one",
}
MEASURED = "a number before a unit of {}"


def explained(briefing: Briefing, blocks: Iterable[Block]) -> Iterator[str]:
    """Its figures, those among them that people rejected, in order."""
    yield "Figures"
    none = True
    for block in blocks:
        for figure in found(block, briefing.language):
            none = False
            yield from _explained(figure, block, briefing)
    if none:
        yield "  none was found"
    yield ""


def _explained(figure: Figure, block: Block, briefing: Briefing) -> Iterator[str]:
    if figure.printed in briefing.not_figures:
        yield f"  {figure.printed}  (rejected in {DECISIONS_FILE})"
        return
    bound = "" if figure.bound == "exactly" else f"{figure.bound} "
    value = f"{figure.value:,} to {figure.most:,}" if figure.most is not None else f"{figure.value:,}"
    yield f"  {figure.printed}  ({figure.measure}: {bound}{value} {figure.unit})"
    if figure.subject:
        yield f"      of: {figure.subject}"
    yield f"      in: {block.text[slice(*figure.sentence)]}"
    yield f"      {EVIDENCE.get(figure.measure, MEASURED.format(figure.measure))}"
    yield f"      no: in {DECISIONS_FILE} under not-figures: - {yaml_edits.flow({'figure': figure.printed, 'briefing': briefing.id})}"
