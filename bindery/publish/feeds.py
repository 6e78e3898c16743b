"""library → what machines read: sitemap and robots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bindery.config import Site
from bindery.model import Library, Page
from bindery.publish.permalinks import authority_permalink, briefing_permalink

NOT_LISTED = ("b/", "404.html")
"""Addresses a search engine has no use for: they redirect, or say that there is nothing."""


def pages(permalinks: Iterable[str], library: Library, site: Site) -> Iterator[Page]:
    """robots.txt always; sitemap.xml where the archive has an address on the web to begin its lines with."""
    yield Page("robots.txt", "feeds/robots.txt", {})
    if site.base_url:
        changed = {briefing_permalink(briefing): briefing.date for briefing in library.briefings}
        changed |= {
            authority_permalink(library.authorities[identifier]): briefings[0].date
            for identifier, briefings in library.mentioned_in.items()
            if identifier in library.authorities
        }
        hidden = {briefing_permalink(briefing) for briefing in library.briefings if briefing.noindex}
        found = [permalink for permalink in permalinks if permalink.endswith(".html") and not permalink.startswith(NOT_LISTED)]
        listed = sorted({*found} - hidden)
        yield Page("sitemap.xml", "feeds/sitemap.xml", {"entries": [(permalink, changed.get(permalink)) for permalink in listed]})
