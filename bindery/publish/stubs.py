"""Addresses that have no page of their own any more → redirect stubs and tombstones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from bindery.content.lock import Address
from bindery.publish.planned import Planned, key_of
from bindery.publish.views.catalogue import Catalogue


def files(addresses: Iterable[Address], catalogue: Catalogue) -> Iterator[Planned]:
    """One page for each kept address: where it leads now, or why there is nothing."""
    addresses = list(addresses)
    if not addresses:
        return
    titles = {
        **{entry.permalink: entry.title for entry in catalogue.entries.values()},
        **{f"{key}.html": authority.name for key, authority in catalogue.authorities.items()},
    }
    for address in addresses:
        if address.reason:
            gone = {"title": "No longer in this archive", "reason": address.reason}
            yield Planned(address.permalink, "pages/gone.html", key_of(address.reason), partial(dict, gone), 0)
        elif address.target:
            moved = {"title": titles.get(address.target, address.target), "target": address.target}
            template = "pages/short_address.html" if address.permalink.startswith("b/") else "pages/redirect.html"
            yield Planned(address.permalink, template, key_of(*moved.values()), partial(dict, moved), 0)
