"""Seed → Draft: the steps of cleaning, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date as Date

from bindery.ingest.clean import dateline, dates, formulas, metaline
from bindery.ingest.clean import title as headline
from bindery.ingest.clean.credit import Meta
from bindery.ingest.clean.formulas import Marks
from bindery.ingest.clean.language import language
from bindery.ingest.clean.lexicon import Formula
from bindery.ingest.clean.own_names import own_names
from bindery.ingest.clean.paragraphs import paragraphs
from bindery.ingest.clean.sequence import Sheet, verdicts
from bindery.ingest.clean.shape import Shape, of_text, shape
from bindery.ingest.clean.surroundings import Surroundings, with_values_below
from bindery.ingest.clean.suspects import suspects
from bindery.ingest.clean.wrapping import logical_lines
from bindery.ingest.draft import Draft, Verdict
from bindery.ingest.metadata import metadata
from bindery.model import Seed

NEVER_META = frozenset({"footer", "junk", "related", "caption"})
"""Labels of formulas that forbid reading a line as metadata: the date in a copyright line is not the page's."""

LONGEST_META_SENTENCE = 24
"""Words; 'Reporting by Anna Berg in Linden and Omar Said in Harbourton; editing by Li Ming.' has 13."""

OPENING = 300
"""Characters of a line in which a date may stand that tells how the page writes dates: its datelines."""


def draft(seed: Seed) -> Draft:
    """Clean one page. Never raises on any text; every non-blank line gets exactly one verdict."""
    shapes, stamp = _unstamped(tuple(shape(lines) for lines in logical_lines(seed.lines)))
    marks = formulas.marks(shapes)
    tongue = language("\n".join(shape.text[:1_000] for shape in shapes if shape.prose) or "\n".join(shape.text[:200] for shape in shapes))
    month_first = tongue == "en" and not dates.day_first(_openings(shapes), _openings(_edges(shapes)))
    metas = with_values_below(shapes, marks, _metas(shapes, marks, month_first))
    title = headline.find(shapes, marks, metas)
    own = own_names(shapes, marks, metas, title.index if title else 0)
    sheet = Sheet(shapes, marks, Surroundings(shapes, marks, title, own).read(metas), title, own, stamp)
    named = verdicts(sheet)
    body = paragraphs(shapes, named)
    return Draft(
        seed=seed,
        verdicts=tuple(_each_line(shapes, named)),
        metadata=metadata(sheet, named, body, tongue, month_first),
        paragraphs=body,
        suspects=suspects(body, tongue),
    )


EDGE_LINES = 4
"""First and last lines, where a page says whose it is."""


def _edges(shapes: Sequence[Shape]) -> Sequence[Shape]:
    return [shape for shape in (*shapes[:EDGE_LINES], *shapes[-EDGE_LINES:]) if not shape.prose]


def _openings(shapes: Sequence[Shape]) -> str:
    return "\n".join(shape.text[:OPENING] for shape in shapes)


def _unstamped(shapes: tuple[Shape, ...]) -> tuple[tuple[Shape, ...], Date | None]:
    """Take the store's stamp from a first line that is no sentence: 'date 2019-11-29 Top official to visit Seoul'."""
    stamp = dateline.STAMP.match(shapes[0].raw) if shapes else None
    if not stamp:
        return shapes, None
    bare = of_text(shapes[0].lines, shapes[0].raw[stamp.end() :])
    found = dates.find(stamp[0], month_first=False)
    return shapes if bare.prose else (bare, *shapes[1:]), found[0].date if found else None


def _each_line(shapes: Sequence[Shape], named: Sequence[Verdict]) -> Iterator[Verdict]:
    """A verdict on a wrapped paragraph, said of each of its lines."""
    for logical, verdict in zip(shapes, named, strict=True):
        yield from (Verdict(line, verdict.label, verdict.rule) for line in logical.lines)


def _metas(shapes: Sequence[Shape], marks: Marks, month_first: bool) -> list[Meta | None]:
    return [
        _of_line(shape, month_first) if _may_be_meta(marks[index]) and not _is_sentence(shape) else None
        for index, shape in enumerate(shapes)
    ]


def _of_line(shape: Shape, month_first: bool) -> Meta | None:
    """A sentence that only has an editor or a keyword in it is text: '… said the mayor. (Editor: Anna Berg)'."""
    meta = metaline.parse(shape.raw, month_first=month_first)
    return None if meta and shape.prose and meta.labels == ONLY_OTHER and not (meta.source or meta.byline) else meta


ONLY_OTHER = frozenset({"other"})


def _is_sentence(shape: Shape) -> bool:
    return shape.prose > 0 and shape.words > LONGEST_META_SENTENCE


def _may_be_meta(mark: Formula | None) -> bool:
    return not (mark and mark.label in NEVER_META)
