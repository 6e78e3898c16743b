"""Cells of a line of metadata that have no label → outlet, or author and outlet: 'Zhang San | China Daily | 2020-11-06'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from bindery.ingest.clean import credit_line, whole_line
from bindery.ingest.clean.credit import (
    MOST_LEFTOVER_WORDS,
    Meta,
    is_known_name,
    is_office,
    is_person,
    is_press_office,
    is_section,
    is_town,
    name,
    outlet,
    parted,
    word_count,
)
from bindery.ingest.clean.lexicon import agency_names, folded, menu

_INITIALS = re.compile(r"(?!(?:GMT|UTC|[ECMPBAHN]?[DS]T|[A-Z]{2}T|WIB|MSK|PDF|RSS|USA)$)[A-Z]{3}")
"""'TNN | Mar 12, 2021': three capitals beside a date are an agency's."""
_AGENCY_FIRST = re.compile(r"\s?[&/]\s?")
"""'TNN & Agencies', 'apa/ab'"""
_HOLE = re.compile(r"\s{3,}")
"""What a date leaves that was taken from between two texts."""


def unlabelled(meta: Meta) -> Meta:
    """Read the cells beside a date: outlet, or person then outlet ('Zhang San | China Daily | 2020-11-06')."""
    if not meta.cells or (meta.date is None and not meta.byline):
        return meta
    signed = "byline" in meta.labels
    source, byline, names = meta.source, meta.byline, meta.byline or ""
    for place, cell in enumerate(_parted_by_date(meta.cells)):
        found = credit_line.read(cell, _nobody) if cell not in names else None
        release = whole_line.RELEASE_OF.match(cell)
        if source is None and release:
            source = outlet(release["office"])
        elif source is None and (agency := _AGENCY_FIRST.split(cell)[0]) != cell and agency in agency_names():
            source = agency
        elif source is None and _signs_as_office(cell) and cell not in names and not (found and found.byline):
            source = outlet(cell)
        elif found:
            source, byline = source or found.source, byline if signed else byline or found.byline
        elif source is None and _INITIALS.fullmatch(cell) and cell not in names:
            source = outlet(cell)
        elif source is None and signed and (agency := parted(cell)[1]):
            source = agency
        elif byline is None and not signed and place == 0 and _may_be_stranger(cell) and (len(meta.cells) > 1 or _is_rare(cell)):
            byline = name(cell)
    return replace(meta, source=source, byline=byline or (None if signed else _only_stranger(meta.cells)))


def _signs_as_office(cell: str) -> bool:
    """'Directorate of Information, Government of Gujarat', 'Service communication, Mairie de Linden'."""
    return ("," in cell and is_office(cell)) or (is_press_office(cell) and word_count(cell) <= 2 * MOST_LEFTOVER_WORDS)


def _parted_by_date(cells: Sequence[str]) -> list[str]:
    """'報道発表 2021年3月4日 経済産業省': an office behind the date is a cell of its own."""
    parts = [part for cell in cells for part in (_HOLE.split(cell) if _HOLE.search(cell) else (cell,))]
    return parts if len(parts) > len(cells) and is_office(parts[-1]) else list(cells)


def _may_be_stranger(text: str) -> bool:
    """Two or three words in capitals that are no city: perhaps a name nobody knows, 'Wiebke Harmsen'."""
    return is_person(text) and not is_town(text) and (is_known_name(text) or not is_section(text))


def _only_stranger(cells: Sequence[str]) -> str | None:
    strangers = [cell for cell in cells if _may_be_stranger(cell) and _is_rare(cell)]
    return name(strangers[0]) if len(strangers) == 1 and len(cells) > 1 else None


def _nobody(_: str) -> bool:
    """No line of its own knows the outlet's name."""
    return False


def _is_rare(text: str) -> bool:
    """No word of it is a menu word: 'Thu Giang' beside a date is a person, 'City News' is not."""
    return not any(word in menu() for word in folded(text).split())
