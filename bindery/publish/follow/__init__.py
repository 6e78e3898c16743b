"""library → site/feed.xml, feed.json and feeds/: what has come in, for programs that look again; where the archive has an address.

A feed is fetched by programs that know nothing but its address, and what it says is read far from it: without base_url there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bindery.config import Site
from bindery.content.lock import Address
from bindery.model import AuthorityId, Library
from bindery.publish.body import Block
from bindery.publish.follow import atom, json_feed, opml
from bindery.publish.follow.entries import Entries
from bindery.publish.follow.feed import ALL, Feed, of_archive, of_authority
from bindery.publish.permalinks import feed_permalink

FOLDER = "feeds"
FILES = (feed_permalink(None, "xml"), feed_permalink(None, "json"), atom.STYLES)
"""What belongs to feeds outside that folder."""


def write(library: Library, blocks: Mapping[str, tuple[Block, ...]], addresses: Iterable[Address], site: Site, folder: Path) -> list[Path]:
    """Write every feed and the list of all into `folder`; nothing for an archive without an address.

    `addresses` are those that have no page of their own any more: who followed a record that was merged into another goes on
    following. The same library gives the same bytes.
    """
    if not site.base_url:
        return []
    entries = Entries(blocks, site)
    feeds = list(_feeds(library, site))
    written = [path for feed in feeds for path in _write(feed, feed.record, entries, site, folder)]
    feed_by_record = {feed.record: feed for feed in feeds if feed.record}
    for address in addresses:
        if not address.briefing and (feed := feed_by_record.get((address.target or "").removesuffix(".html"))):
            written += _write(feed, address.permalink.removesuffix(".html"), entries, site, folder)
    path = folder / ALL
    _save(path, opml.document(feeds, site))
    return [*written, path]


def _feeds(library: Library, site: Site) -> Iterator[Feed]:
    yield of_archive(library, site)
    for kind in site.kinds:
        for authority in library.authorities.values():
            if authority.kind == kind.name and library.mentioned_in.get(authority.id):
                yield of_authority(authority, kind, library, site)


def _write(feed: Feed, record: AuthorityId | None, entries: Entries, site: Site, folder: Path) -> Iterator[Path]:
    for permalink, text in (
        (feed_permalink(record, "xml"), atom.document(feed, entries, site)),
        (feed_permalink(record, "json"), json_feed.document(feed, entries, site)),
    ):
        _save(folder / permalink, text)
        yield folder / permalink


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
