"""Indexes in the margin and beneath a text: names, leaders, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date as Date
from heapq import nsmallest
from itertools import chain

import msgspec
from markupsafe import Markup

from bindery.model import AuthorityId, Kind
from bindery.publish.scripts import sort_key
from bindery.publish.views.catalogue import Catalogue, Named

WHOLE = 40
"""Names of a kind that a margin holds; of more it shows the foremost."""
FOREMOST = 10
BESIDE = 20
"""Names of a kind in 'Mentioned together with'."""


class Row(msgspec.Struct, frozen=True):
    """A name and how often."""

    named: Named
    count: int
    roles: tuple[Markup, ...] = ()
    """As printed in the briefing the index stands under; empty elsewhere."""
    briefing_count: int = 0
    """Of the whole archive; given where the row describes a mention."""
    extent: tuple[Date, Date] | None = None


class Group(msgspec.Struct, frozen=True):
    """The names of one kind."""

    kind: Kind
    rows: tuple[Row, ...]
    total: int
    """Names there are; more than rows where only the foremost are shown."""

    @property
    def is_partial(self) -> bool:
        return self.total > len(self.rows)

    @property
    def permalink(self) -> str:
        """The index of the whole kind."""
        return f"{self.kind.folder}/index.html"


Choice = Callable[[list[Row]], Iterable[Row]]


def groups(rows: Iterable[Row], kinds: Iterable[Kind], choice: Choice) -> tuple[Group, ...]:
    """The rows by kind, in the order the kinds are given; kinds without a row are left out."""
    rows_by_kind: dict[str, list[Row]] = {kind.name: [] for kind in kinds}
    for row in rows:
        rows_by_kind[row.named.kind.name].append(row)
    return tuple(Group(found[0].named.kind, tuple(choice(found)), len(found)) for found in rows_by_kind.values() if found)


def whole_index(catalogue: Catalogue) -> tuple[Group, ...]:
    """Everybody the archive names; past forty of a kind the ten in most briefings."""
    rows = (Row(catalogue.named[key], len(briefings)) for key, briefings in catalogue.briefings.items() if key in catalogue.named)
    return groups(rows, catalogue.site.kinds, lambda found: alphabetical(found) if len(found) <= WHOLE else most_frequent(found)[:FOREMOST])


def together_with(identifier: AuthorityId, catalogue: Catalogue) -> tuple[Group, ...]:
    """Who is named in the same briefings, the most frequent first; the count is of briefings that name both."""
    count_by_id = Counter(chain.from_iterable(entry.named for entry in catalogue.briefings.get(identifier, ())))
    del count_by_id[identifier]
    ids_by_kind: dict[str, list[AuthorityId]] = {}
    for other in count_by_id:
        if other in catalogue.authorities:
            ids_by_kind.setdefault(catalogue.authorities[other].kind, []).append(other)
    return tuple(
        Group(kind, tuple(_foremost(ids_by_kind[kind.name], count_by_id, catalogue)), len(ids_by_kind[kind.name]))
        for kind in catalogue.site.kinds
        if kind.name in ids_by_kind
    )


def _foremost(ids: list[AuthorityId], count_by_id: Mapping[AuthorityId, int], catalogue: Catalogue) -> list[Row]:
    """The most frequent of a kind. Only those that may be among them are looked at for their names."""
    least = sorted(map(count_by_id.__getitem__, ids), reverse=True)[:BESIDE][-1]
    records = catalogue.authorities
    found = [(-count, sort_key(records[one].name), one) for one in ids if (count := count_by_id[one]) >= least]
    return [Row(catalogue.named[one], -less) for less, _, one in nsmallest(BESIDE, found)]


def named_in(
    count_by_id: Mapping[AuthorityId, int], roles: Mapping[AuthorityId, tuple[Markup, ...]], catalogue: Catalogue
) -> tuple[Group, ...]:
    """Everybody a briefing names, officials with the roles it prints, in alphabetical order."""
    rows = (
        Row(catalogue.named[key], count, roles.get(key, ()), len(catalogue.briefings[key]), catalogue.extents.get(key))
        for key, count in count_by_id.items()
        if key in catalogue.named
    )
    return groups(rows, catalogue.site.kinds, alphabetical)


def alphabetical(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (sort_key(row.named.name), row.named.id))  # two people may have one name


def most_frequent(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row.count, sort_key(row.named.name), row.named.id))
