"""What a feed is about, apart from its form."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from bindery.model import Authority, AuthorityId, Kind
from bindery.publish.permalinks import authority_permalink

if TYPE_CHECKING:
    from bindery.publish.entry import Entry
    from bindery.publish.views.catalogue import Catalogue

ALL = "feeds/all.opml"
"""Every feed, as a feed reader imports them."""
OF_ARCHIVE = 50
OF_NAME = 10
"""Briefings in a feed, the newest."""
WHOLE_IN_NAMES = 1000
"""Briefings of an archive up to which the feeds of names hold whole texts. There are thousands of names in a large one: at 10,000
briefings whole texts weighed 125 MB, a sixth of the site, of which a host such as GitHub Pages takes 1 GB."""


@dataclass(frozen=True, slots=True)
class Feed:
    record: AuthorityId | None
    """None for the archive as a whole."""
    title: str
    subtitle: str
    home: str
    """Permalink of the page it stands for."""
    group: str
    """What it is listed under: the kind's plural; empty for the archive."""
    briefings: tuple[Entry, ...]
    """Newest first."""
    is_whole: bool
    """It holds texts as far as the archive shows them; else how they begin."""


def of_archive(catalogue: Catalogue) -> Feed:
    site = catalogue.site
    return Feed(None, site.title, site.tagline, "index.html", "", tuple(islice(catalogue.leads.values(), OF_ARCHIVE)), is_whole=True)


def of_authority(authority: Authority, kind: Kind, catalogue: Catalogue) -> Feed:
    return Feed(
        record=authority.id,
        title=f"{authority.name} · {catalogue.site.title}",
        subtitle=catalogue.site.interface.say("{kind}: briefings that name {name}, newest first", kind=kind.label, name=authority.name),
        home=authority_permalink(authority),
        group=kind.plural,
        briefings=tuple(catalogue.briefings[authority.id][:OF_NAME]),
        is_whole=len(catalogue.entries) <= WHOLE_IN_NAMES,
    )
