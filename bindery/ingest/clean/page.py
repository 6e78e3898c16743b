"""Seed → Draft: the steps of cleaning, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date as Date

from bindery.ingest.clean import credit, dateline, dates, formulas, metaline
from bindery.ingest.clean import title as headline
from bindery.ingest.clean.credit import Meta
from bindery.ingest.clean.formulas import Marks
from bindery.ingest.clean.language import language
from bindery.ingest.clean.lexicon import Formula
from bindery.ingest.clean.paragraphs import paragraphs
from bindery.ingest.clean.sequence import Sheet, verdicts
from bindery.ingest.clean.shape import Shape, of_text, shape
from bindery.ingest.clean.suspects import suspects
from bindery.ingest.clean.title import Title, squash
from bindery.ingest.clean.wrapping import logical_lines
from bindery.ingest.draft import Draft, Verdict
from bindery.ingest.metadata import metadata
from bindery.model import Seed

NEVER_META = frozenset({"footer", "junk", "related", "caption"})
"""Labels of formulas that forbid reading a line as metadata: the date in a copyright line is not the page's."""

OPENING = 300
"""Characters of a line in which a date may stand that tells how the page writes dates: its datelines."""

LONGEST_VALUE_LINE = 12
"""Words of a value that stands on the line below its label ('News provided by')."""

LONGEST_SIGNATURE = 8
"""Words of a line that signs a text."""

_UNWRAPPED = re.compile(r"^[-–—(（【\[]\s?|[)）】\]]$")
_PREFIXED = re.compile(r"^([^:：]{2,60})[:：]\s*(.+)$")


def draft(seed: Seed) -> Draft:
    """Clean one page. Never raises on any text; every non-blank line gets exactly one verdict."""
    shapes, stamp = _unstamped(tuple(shape(lines) for lines in logical_lines(seed.lines)))
    marks = formulas.marks(shapes)
    tongue = language("\n".join(shape.text[:1_000] for shape in shapes if shape.prose) or "\n".join(shape.text[:200] for shape in shapes))
    month_first = tongue == "en" and not dates.day_first("\n".join(shape.text[:OPENING] for shape in shapes))
    metas = _with_values_below(shapes, marks, _metas(shapes, marks, month_first))
    title = headline.find(shapes, marks, metas)
    metas = _with_signature(shapes, marks, _with_names(shapes, marks, _with_prefix(shapes, metas, title), title))
    sheet = Sheet(shapes, marks, metas, title, stamp)
    named = verdicts(sheet)
    body = paragraphs(shapes, named)
    return Draft(
        seed=seed,
        verdicts=tuple(_each_line(shapes, named)),
        metadata=metadata(sheet, named, body, tongue, month_first),
        paragraphs=body,
        suspects=suspects(body, tongue),
    )


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
        metaline.parse(shape.raw, month_first=month_first) if _may_be_meta(marks[index]) else None for index, shape in enumerate(shapes)
    ]


def _may_be_meta(mark: Formula | None) -> bool:
    return not (mark and mark.label in NEVER_META)


def _with_values_below(shapes: Sequence[Shape], marks: Marks, metas: Sequence[Meta | None]) -> list[Meta | None]:
    """Give a label that ends its line the text of the next one: 'News provided by', below it the office."""
    filled = list(metas)
    for index in range(len(shapes) - 1):
        meta, below = filled[index], shapes[index + 1]
        field = meta.pending if meta else None
        if field in ("source", "byline") and marks[index + 1] is None and metas[index + 1] is None and _is_value(below):
            filled[index + 1] = _value_meta(field, below.text)
    return filled


def _value_meta(field: str, text: str) -> Meta | None:
    source, byline = (credit.outlet(text), None) if field == "source" else (None, credit.name(text))
    return Meta(source=source, byline=byline, labels=frozenset({field})) if source or byline else None


def _is_value(shape: Shape) -> bool:
    return not shape.prose and not shape.menu and shape.words <= LONGEST_VALUE_LINE


def _with_prefix(shapes: Sequence[Shape], metas: Sequence[Meta | None], title: Title | None) -> list[Meta | None]:
    """Read the outlet before a second printing of the headline: 'Financial Times: …'."""
    filled = list(metas)
    if title:
        for index in range(min(title.index + 4, len(shapes))):
            match = _PREFIXED.match(shapes[index].text) if shapes[index].short else None
            if match and index != title.index and squash(match[2]) == squash(title.text):
                filled[index] = Meta(source=credit.outlet(match[1]), labels=frozenset({"source"}))
    return filled


def _with_names(shapes: Sequence[Shape], marks: Marks, metas: Sequence[Meta | None], title: Title | None) -> list[Meta | None]:
    """Read a name that stands alone under the headline as the author: beside a date or a source, or printed alone twice."""
    filled = list(metas)
    start = title.index + 1 if title else 0
    for index in range(start, next((i for i in range(start, len(shapes)) if shapes[i].prose), start)):
        text = shapes[index].text
        if metas[index] is not None or marks[index] is not None or not _is_author(text):
            continue
        below = next((i for i in range(index + 1, min(index + 4, len(shapes))) if not _between(shapes[i], marks[i])), index + 1)
        beside = [metas[i] for i in (index - 1, below) if 0 <= i < len(metas)]
        copies = [i for i, other in enumerate(shapes) if other.text == text]
        attested = any(meta and (meta.date or meta.source) for meta in beside) or len(copies) > 1
        author = credit.name(text) if attested else None
        for copy in copies if author else ():
            filled[copy] = Meta(byline=author, labels=frozenset({"byline"}))
        if author and below > index + 1 and metas[index + 1] is None and credit.is_outlet(shapes[index + 1].text):
            filled[index + 1] = Meta(source=credit.outlet(shapes[index + 1].text), labels=frozenset({"source"}))
    return filled


def _between(shape: Shape, mark: Formula | None) -> bool:
    """What may stand between an author and the date: office, outlet, buttons."""
    return credit.is_profile(shape.text) or credit.is_outlet(shape.text) or (mark is not None and mark.label == "nav")


def _is_author(text: str) -> bool:
    person, _, office = text.partition(",")
    named = text if not credit.OFFICE.search(office) else person
    return credit.is_desk(text) or (credit.is_person(named) and not credit.OFFICE.search(named))


def _with_signature(shapes: Sequence[Shape], marks: Marks, metas: Sequence[Meta | None]) -> list[Meta | None]:
    """Read a short line under the last sentence as who signs it: 'Anna Berg/ Omar Said', 'Nguyễn Văn An', 'Assecom/PMT'."""
    filled = list(metas)
    for index in range(1, len(shapes)):
        free = marks[index] is None and metas[index] is None and not shapes[index].prose and not shapes[index].menu
        if free and (shapes[index - 1].prose or filled[index - 1] is not metas[index - 1]):
            filled[index] = _signature(shapes[index].text, last=_ends(shapes, marks, metas, index))
    return filled


def _ends(shapes: Sequence[Shape], marks: Marks, metas: Sequence[Meta | None], index: int) -> bool:
    """Whether nothing but furniture and metadata follows, as far as the next two lines tell."""
    after = range(index + 1, min(index + 3, len(shapes)))
    return not any(shapes[i].prose for i in after) and (
        index + 1 == len(shapes) or marks[index + 1] is not None or metas[index + 1] is not None
    )


def _signature(text: str, *, last: bool) -> Meta | None:
    names = text.split("/")
    if 1 < len(names) <= 4 and all(credit.is_person(name.strip()) for name in names):
        return Meta(byline=text, labels=frozenset({"byline"}))
    if not last or len(text.split()) > LONGEST_SIGNATURE:
        return None
    dashed, bare = text[0] in "-–—", _UNWRAPPED.sub("", text)
    if credit.is_japanese_name(bare) or (credit.is_person(text) and credit.is_known_name(text)):
        return Meta(byline=credit.name(bare), labels=frozenset({"byline"}))
    signs = credit.is_press_office(text) or (dashed and credit.is_outlet(bare))
    return Meta(source=credit.outlet(bare), labels=frozenset({"source"})) if signs else None
