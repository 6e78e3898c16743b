"""The figures of a briefing, and those in sentences that name somebody, as rows of a table."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from markupsafe import Markup

from bindery.model import AuthorityId
from bindery.publish import languages
from bindery.publish.figures.told import Told

if TYPE_CHECKING:
    from bindery.publish.entry import Entry
    from bindery.publish.figures import Figure
    from bindery.publish.views.catalogue import Catalogue

OPEN, MOST = 6, 12
"""Sentences with figures that a page shows at once, and behind a fold: on top of 34 quoted briefings, at most 10 KB."""


class Row(msgspec.Struct, frozen=True):
    """A figure, in two halves: how much, and of what."""

    quantity: Markup
    """ "over $12 billion", "nearly 400"."""
    subject: Markup
    """ "invested", "Japanese enterprises"; empty where the words beside it do not say."""
    anchor: str
    """Of its paragraph."""


class Quoted(msgspec.Struct, frozen=True):
    """A sentence with its figures, of a briefing."""

    entry: Entry
    rows: tuple[Row, ...]
    html: Markup
    anchor: str


@dataclass(frozen=True, slots=True)
class Quotations:
    """The first sentences with figures, in the order of their briefings."""

    first: tuple[Quoted, ...]
    folded: tuple[Quoted, ...]
    left_out: int
    """Sentences of the same briefings that are in neither."""


def rows(found: Iterable[Told], language: str | None, around: str) -> tuple[Row, ...]:
    """All of some sentences. `language` is the briefing's, `around` that of the page."""
    return tuple(_row(figure, told.anchor, language, around) for told in found for figure in told.figures)


def quotations(members: Container[AuthorityId], briefings: Iterable[Entry], catalogue: Catalogue, most: int = MOST) -> Quotations | None:
    """Of sentences that name one of some, in the order of the briefings, `most` of them; None if none has a figure."""
    found = list(_quoted(members, briefings, catalogue))
    if not found:
        return None
    shown = [_shown(entry, told, catalogue.site.language) for entry, told in found[:most]]
    return Quotations(tuple(shown[:OPEN]), tuple(shown[OPEN:]), len(found) - len(shown))


def _quoted(members: Container[AuthorityId], briefings: Iterable[Entry], catalogue: Catalogue) -> Iterator[tuple[Entry, Told]]:
    for entry in briefings:
        for told in catalogue.leaves[entry.id].figures:
            if any(name in members for name in told.whom):
                yield entry, told


def _shown(entry: Entry, told: Told, around: str) -> Quoted:
    return Quoted(entry, rows([told], entry.language, around), told.html(entry.language, around), told.anchor)


def _row(figure: Figure, anchor: str, language: str | None, around: str) -> Row:
    quantity = figure.printed
    if figure.measure == "count" and figure.subject and quantity.endswith(figure.subject):
        quantity = quantity.removesuffix(figure.subject).rstrip()
    return Row(languages.printed(quantity, language, around), languages.printed(figure.subject, language, around), anchor)
