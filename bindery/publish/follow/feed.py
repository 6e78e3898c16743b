"""What a feed is about, apart from its form."""

from __future__ import annotations

from dataclasses import dataclass

from bindery.config import Site
from bindery.model import Authority, AuthorityId, Briefing, Kind, Library
from bindery.publish.permalinks import authority_permalink

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
    briefings: tuple[Briefing, ...]
    """Newest first."""
    is_whole: bool
    """It holds texts as far as the archive shows them; else how they begin."""


def of_archive(library: Library, site: Site) -> Feed:
    return Feed(None, site.title, site.tagline, "index.html", "", library.briefings[:OF_ARCHIVE], is_whole=True)


def of_authority(authority: Authority, kind: Kind, library: Library, site: Site) -> Feed:
    return Feed(
        record=authority.id,
        title=f"{authority.name} · {site.title}",
        subtitle=f"{kind.label}: briefings that name {authority.name}, newest first",
        home=authority_permalink(authority),
        group=kind.plural,
        briefings=library.mentioned_in[authority.id][:OF_NAME],
        is_whole=len(library.briefings) <= WHOLE_IN_NAMES,
    )
