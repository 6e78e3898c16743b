"""Feeds → one OPML 2.0 list, http://opml.org/spec2.opml: how feed readers take over many feeds at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from bindery.config import Site
from bindery.publish.follow.feed import Feed
from bindery.publish.follow.xml_text import attribute, element
from bindery.publish.permalinks import feed_permalink


def document(feeds: Iterable[Feed], site: Site) -> str:
    """The archive's own feed, then those of its names, a group for each kind."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<opml version="2.0">']
    lines += [f"<head><title>{element(site.title)}</title></head>", "<body>", *_groups(feeds, site), "</body>", "</opml>"]
    return "\n".join(lines) + "\n"


def _groups(feeds: Iterable[Feed], site: Site) -> Iterator[str]:
    for group, found in groupby(feeds, key=lambda feed: feed.group):
        lines = (_outline(feed, site) for feed in found)
        if group:
            yield f'<outline text="{attribute(group)}">'
            yield from lines
            yield "</outline>"
        else:
            yield from lines


def _outline(feed: Feed, site: Site) -> str:
    """type is "rss" for every kind of feed: so says the specification."""
    title = attribute(feed.title)
    feed_address, home = (attribute(f"{site.base_url}/{permalink}") for permalink in (feed_permalink(feed.record, "xml"), feed.home))
    return f'<outline type="rss" text="{title}" title="{title}" xmlUrl="{feed_address}" htmlUrl="{home}"/>'
