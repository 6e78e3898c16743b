"""Addresses that have no page of their own any more → redirect stubs and tombstones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from markupsafe import Markup

from bindery.content.lock import Address
from bindery.publish.planned import Planned, key_of
from bindery.publish.views.catalogue import Catalogue


def files(addresses: Iterable[Address], catalogue: Catalogue) -> Iterator[Planned]:
    """One page for each kept address: where it leads now, or why there is nothing."""
    addresses = list(addresses)
    if not addresses:
        return
    titles = {
        **{entry.permalink: (entry.title, entry.html) for entry in catalogue.entries.values()},
        **{named.permalink: (named.name, named.html) for named in catalogue.named.values()},
    }
    for address in addresses:
        if address.reason:
            gone = {"title": catalogue.site.interface.say("No longer in this archive"), "reason": address.reason}
            yield Planned(address.permalink, "pages/gone.html", key_of(address.reason), partial(dict, gone), 0)
        elif address.target:
            title, heading = titles.get(address.target, (address.target, Markup.escape(address.target)))
            moved = {"title": title, "heading": heading, "target": address.target}
            template = "pages/short_address.html" if address.permalink.startswith("b/") else "pages/redirect.html"
            yield Planned(address.permalink, template, key_of(*moved.values()), partial(dict, moved), 0)
