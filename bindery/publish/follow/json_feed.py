"""Feed → JSON Feed 1.1."""

from __future__ import annotations

import msgspec

from bindery.config import Site
from bindery.publish.follow.entries import Entries, Entry
from bindery.publish.follow.feed import Feed
from bindery.publish.permalinks import feed_permalink

VERSION = "https://jsonfeed.org/version/1.1"


def document(feed: Feed, entries: Entries, site: Site) -> str:
    head = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": f"{site.base_url}/{feed.home}",
        "feed_url": f"{site.base_url}/{feed_permalink(feed.record, 'json')}",
        "description": feed.subtitle,
        "language": site.language,
        "authors": [{"name": site.publisher or site.title}],
    }
    items = ",\n".join(entries.texts("json", feed, _item))
    return f'{_dumped({name: value for name, value in head.items() if value})[:-1]},\n"items": [\n{items}\n]}}\n'


def _item(entry: Entry) -> str:
    item = {
        "id": entry.id,
        "url": entry.address,
        "external_url": entry.original,
        "title": entry.title,
        "summary": entry.summary if entry.html else "",
        "content_html": entry.html,
        "content_text": "" if entry.html else entry.summary or entry.title,  # one of the two there has to be
        "date_published": entry.moment,
        "authors": [{"name": entry.author}] if entry.author else None,
        "language": entry.language,
    }
    return _dumped({name: value for name, value in item.items() if value})


def _dumped(value: object) -> str:
    return msgspec.json.encode(value).decode()
