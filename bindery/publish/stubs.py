"""Addresses that have no page of their own any more → redirect stubs and tombstones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bindery.content.lock import Address
from bindery.model import Library, Page
from bindery.publish.permalinks import authority_permalink, briefing_permalink


def pages(addresses: Iterable[Address], library: Library) -> Iterator[Page]:
    """One page for each kept address: where it leads now, or why there is nothing."""
    title_by_permalink = {
        **{briefing_permalink(briefing): briefing.heading for briefing in library.briefings},
        **{authority_permalink(authority): authority.name for authority in library.authorities.values()},
    }
    for address in addresses:
        if address.reason:
            yield Page(address.permalink, "pages/gone.html", {"title": "No longer in this archive", "reason": address.reason})
        elif address.target:
            title = title_by_permalink.get(address.target, address.target)
            template = "pages/short_address.html" if address.permalink.startswith("b/") else "pages/redirect.html"
            yield Page(address.permalink, template, {"title": title, "target": address.target})
