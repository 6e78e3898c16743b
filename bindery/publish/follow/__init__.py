"""catalogue → site/feed.xml, feed.json and feeds/: what has come in, for programs that look again; where the archive has an address.

A feed is fetched by programs that know nothing but its address, and what it says is read far from it: without base_url there is none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from bindery.content.lock import Address
from bindery.model import AuthorityId
from bindery.publish.follow import atom, json_feed, opml
from bindery.publish.follow.entries import Entries
from bindery.publish.follow.feed import ALL, Feed, of_archive, of_authority
from bindery.publish.permalinks import TOGETHER, feed_permalink
from bindery.publish.planned import Planned, Read, key_of
from bindery.publish.views.catalogue import Catalogue

FOLDER = "feeds"
FILES = (feed_permalink(None, "xml"), feed_permalink(None, "json"), atom.STYLES)
"""What belongs to feeds outside that folder."""


def files(
    catalogue: Catalogue, addresses: Iterable[Address], said: Mapping[str, int], read: Read, only: Collection[AuthorityId] | None = None
) -> Iterator[Planned]:
    """Every feed and the list of all; nothing for an archive without an address.

    `addresses` are those that have no page of their own any more: who followed a record that was merged into another goes on
    following. `said` has a digest for all that a briefing says, by its id. `only`: the feeds of these, and that of the archive.
    """
    if not catalogue.site.base_url:
        return
    entries = Entries(catalogue, read)
    feeds = [feed for feed in _feeds(catalogue) if only is None or feed.record is None or feed.record in only]
    for feed in feeds:
        yield from _files(feed, feed.record, entries, said)
    feed_by_record = {feed.record: feed for feed in feeds if feed.record}
    for address in addresses:
        if (
            not address.briefing
            and not address.permalink.startswith(f"{TOGETHER}/")
            and (followed := feed_by_record.get((address.target or "").removesuffix(".html")))
        ):
            yield from _files(followed, address.permalink.removesuffix(".html"), entries, said)
    if only is None:
        yield Planned(ALL, "", key_of(*(f"{feed.record} {feed.title}" for feed in feeds)), lambda: opml.document(feeds, catalogue.site))


def _feeds(catalogue: Catalogue) -> Iterator[Feed]:
    yield of_archive(catalogue)
    for kind in catalogue.site.kinds:
        for authority in catalogue.authorities.values():
            if authority.kind == kind.name and catalogue.briefings.get(authority.id):
                yield of_authority(authority, kind, catalogue)


def _files(feed: Feed, record: AuthorityId | None, entries: Entries, said: Mapping[str, int]) -> Iterator[Planned]:
    key = hash((key_of(feed.title, feed.subtitle, feed.home), feed.is_whole, *(said[entry.id] for entry in feed.briefings)))
    site = entries.catalogue.site
    yield Planned(feed_permalink(record, "xml"), "", key, lambda: atom.document(feed, entries, site), 0)
    yield Planned(feed_permalink(record, "json"), "", key, lambda: json_feed.document(feed, entries, site), 0)
