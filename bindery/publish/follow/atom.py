"""Feed → Atom, RFC 4287."""

from __future__ import annotations

from collections.abc import Iterator

from bindery.config import Site
from bindery.publish.follow.entries import UNDATED, Entries, Entry
from bindery.publish.follow.feed import Feed
from bindery.publish.follow.xml_text import attribute, element
from bindery.publish.permalinks import feed_permalink, relative

STYLES = "static/css/feed.css"
"""For a person who opens a feed."""


def document(feed: Feed, entries: Entries, site: Site) -> str:
    lines = [*_head(feed, site), *entries.texts("xml", feed, _entry), "</feed>"]
    return "\n".join(lines) + "\n"


def _head(feed: Feed, site: Site) -> Iterator[str]:
    address = f"{site.base_url}/{feed_permalink(feed.record, 'xml')}"
    dates = [briefing.date.isoformat() for briefing in feed.briefings if briefing.date]
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<?xml-stylesheet type="text/css" href="{relative(feed_permalink(feed.record, "xml"), STYLES)}"?>'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{attribute(site.language)}">'
    yield f"<id>{element(address)}</id>"
    yield f"<title>{element(feed.title)}</title>"
    if feed.subtitle:
        yield f"<subtitle>{element(feed.subtitle)}</subtitle>"
    yield f"<updated>{max(dates)}T00:00:00Z</updated>" if dates else f"<updated>{UNDATED}</updated>"
    yield f"<author><name>{element(site.publisher or site.title)}</name></author>"
    yield f'<link rel="self" type="application/atom+xml" href="{attribute(address)}"/>'
    yield f'<link rel="alternate" type="text/html" href="{attribute(f"{site.base_url}/{feed.home}")}"/>'
    other = f"{site.base_url}/{feed_permalink(feed.record, 'json')}"
    yield f'<link rel="alternate" type="application/feed+json" href="{attribute(other)}"/>'


def _entry(entry: Entry) -> str:
    language = f' xml:lang="{attribute(entry.language)}"' if entry.language else ""
    lines = [
        f"<entry{language}>",
        f"<id>{entry.id}</id>",
        f"<title>{element(entry.title)}</title>",
        f'<link rel="alternate" type="text/html" href="{attribute(entry.address)}"/>',
        f'<link rel="via" href="{attribute(entry.original)}"/>' if entry.original else "",
        f"<published>{entry.moment}</published>" if entry.moment else "",
        f"<updated>{entry.moment or UNDATED}</updated>",
        f"<author><name>{element(entry.author)}</name></author>" if entry.author else "",
        f"<summary>{element(entry.summary)}</summary>" if entry.summary else "",
        f'<content type="html">{element(entry.html)}</content>' if entry.html else "",
        "</entry>",
    ]
    return "\n".join(filter(None, lines))
