"""What a feed is about, apart from its form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bindery.config import Site
from bindery.model import Authority, AuthorityId, Briefing, Kind, Library
from bindery.publish.permalinks import authority_permalink

ALL = "feeds/all.opml"
"""Every feed, as a feed reader imports them."""
OF_ARCHIVE = 50
OF_NAME = 10
"""Briefings in a feed, the newest. There are thousands of names: ten texts each already weigh a seventh of a site of 10,000 briefings."""


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


def of_archive(library: Library, site: Site) -> Feed:
    return Feed(None, site.title, site.tagline, "index.html", "", library.briefings[:OF_ARCHIVE])


def of_authority(authority: Authority, kind: Kind, named_in: Iterable[Briefing], site: Site) -> Feed:
    return Feed(
        record=authority.id,
        title=f"{authority.name} · {site.title}",
        subtitle=f"{kind.label}: briefings that name {authority.name}, newest first",
        home=authority_permalink(authority),
        group=kind.plural,
        briefings=tuple(named_in)[:OF_NAME],
    )
