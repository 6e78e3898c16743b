"""catalogue → what machines read: sitemap and robots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bindery.publish.planned import Planned, key_of
from bindery.publish.views.catalogue import Catalogue

NOT_LISTED = ("b/", "404.html", "review.html")
"""Addresses a search engine has no use for: they redirect, say that there is nothing, or ask."""


def files(permalinks: Iterable[str], catalogue: Catalogue) -> Iterator[Planned]:
    """robots.txt always; sitemap.xml where the archive has an address on the web to begin its lines with."""
    yield Planned("robots.txt", "feeds/robots.txt", 0, dict, 0)
    if catalogue.site.base_url:
        entries = list(_listed(permalinks, catalogue))
        key = key_of(*(f"{permalink} {day}" for permalink, day in entries))
        yield Planned("sitemap.xml", "feeds/sitemap.xml", key, lambda: {"entries": entries}, len(entries) // 100)


def _listed(permalinks: Iterable[str], catalogue: Catalogue) -> Iterator[tuple[str, str | None]]:
    changed = {entry.permalink: entry.date for entry in catalogue.entries.values()}
    changed |= {f"{key}.html": entries[0].date for key, entries in catalogue.briefings.items() if key in catalogue.authorities}
    hidden = {entry.permalink for entry in catalogue.entries.values() if entry.noindex}
    found = (permalink for permalink in permalinks if permalink.endswith(".html") and not permalink.startswith(NOT_LISTED))
    for permalink in sorted({*found} - hidden):
        day = changed.get(permalink)
        yield permalink, day.isoformat() if day else None
