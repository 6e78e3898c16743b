"""Names and titles for the search field: data/names.js and data/titles.js, loaded when a reader first goes to it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from markupsafe import Markup

from bindery.publish.views.catalogue import Catalogue, Named


def names(catalogue: Catalogue) -> dict[str, Markup | str]:
    """`[kind, permalink, name, how many briefings, variant, …]` of every record, the most mentioned first."""
    in_order = sorted(catalogue.named.values(), key=lambda named: (-_count(named, catalogue), named.name, named.id))
    rows = ([named.kind.name, named.permalink, named.name, _count(named, catalogue), *_variants(named, catalogue)] for named in in_order)
    labels = json.dumps({kind.name: kind.label for kind in catalogue.site.kinds}, ensure_ascii=False)
    return {"variable": "archiveNames", "value": Markup(f'{{"kinds": {labels}, "names": {_lines(rows)}}}')}  # noqa: S704  # JSON in a script file


def titles(catalogue: Catalogue) -> dict[str, Markup | str]:
    """`[permalink, title, date]` of every briefing, the newest first; the date is empty where there is none."""
    rows = ([entry.permalink, entry.title, entry.date.isoformat() if entry.date else ""] for entry in catalogue.entries.values())
    return {"variable": "archiveTitles", "value": Markup(_lines(rows))}  # noqa: S704  # JSON in a script file


def _count(named: Named, catalogue: Catalogue) -> int:
    return len(catalogue.briefings.get(named.id, ()))


def _variants(named: Named, catalogue: Catalogue) -> tuple[str, ...]:
    return catalogue.authorities[named.id].variants


def _lines(rows: Iterable[list[object] | list[str]]) -> str:
    """A JSON list with a row a line, so that a difference between two builds can be read."""
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows) + "\n]"
