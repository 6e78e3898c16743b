"""site/**/*.html → what matters of each page for its links: read again only where its bytes changed."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec
from selectolax.lexbor import LexborHTMLParser

from bindery import reading, sealed, segments, team
from bindery.check.ledger import FOLDER, Files, Memory, Seen
from bindery.config import Site
from bindery.errors import SiteError
from bindery.progress import quiet
from bindery.segments import Segment, Segments, Spot

LINKING = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}
"""Elements that lead to another file, and the attribute that names it."""
NOT_CHECKED_REL = {"canonical", "external"}
"""These name the archive's or somebody else's address on the web, not a file beside this one."""
FOR_TWO = 400
"""Pages to read from which on a second process saves more time than its start costs."""


class Link(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A link as written, and where it leads."""

    href: str
    target: str
    """Permalink; empty for one that leads out of the site, or nowhere."""
    anchor: str
    is_wrong: bool
    """Not an address that may stand in a page."""


class HtmlPage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What matters of a page for its links."""

    links: tuple[Link, ...]
    """Each once, in the order of LINKING and then of the page."""
    ids: frozenset[str]
    repeated: tuple[str, ...]
    """Ids that stand on more than one element."""

    def wants(self) -> Iterator[str]:
        """Files and anchors that have to be there: "cities/linden.html", "cities/linden.html#top"."""
        for link in self.links:
            if link.target:
                yield link.target
                if link.anchor:
                    yield f"{link.target}#{link.anchor}"


_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(HtmlPage)
NO_PAGE = HtmlPage((), frozenset(), ())


class Reading:
    """Who reads pages. It works alone, or as a member of a team."""

    def __init__(self, site: Site, files: Files, before: Mapping[str, Seen]) -> None:
        self.site = site
        self.files = files
        self.before = before
        self.result: Any = None

    def seen(self, permalinks: Sequence[str]) -> Iterator[None]:
        """Permalinks → what is kept of the pages, by permalink."""
        found: dict[str, Seen] = {}
        with sealed.kept(FOLDER), Segment(self.site.cache / FOLDER) as segment:
            for permalink in permalinks:
                data, (size, modified) = page_data(permalink, self.site), self.files[permalink]
                digest, before = sha256(data).digest(), self.before.get(permalink)
                if before is None or before.sha256 != digest:
                    segment.add(permalink, _encode(read(reading.decoded(data, f"site/{permalink}", SiteError), permalink)))
                    spot = segment.spots[permalink]
                else:
                    spot = before.spot
                found[permalink] = Seen(size, modified, digest, spot)
                yield
        self.result = found


@dataclass(frozen=True)
class Pages:
    """All pages, and what is other about them than the last time."""

    site: Site
    files: Files
    before: Mapping[str, Seen]
    now: Mapping[str, Seen]
    segments: Segments

    @cached_property
    def changed(self) -> frozenset[str]:
        """Permalinks of pages that are new, or other ones."""
        return frozenset(one for one, seen in self.now.items() if one not in self.before or self.before[one].sha256 != seen.sha256)

    def lost(self) -> frozenset[str] | None:
        """Files and anchors that were there and are not, in the form of `wants`; None where that is not known."""
        found: set[str] = set()
        for permalink in (*self.changed, *(self.before.keys() - self.now.keys())):
            if permalink in self.before:
                page = self._stored(self.before[permalink].spot)
                if page is None:
                    return None
                found |= {f"{permalink}#{one}" for one in page.ids - (self.page(permalink).ids if permalink in self.now else NO_PAGE.ids)}
        return frozenset(found)

    def page(self, permalink: str) -> HtmlPage:
        """Raises SiteError."""
        return self._stored(self.now[permalink].spot) or read(
            reading.decoded(page_data(permalink, self.site), f"site/{permalink}", SiteError), permalink
        )

    def _stored(self, spot: Spot) -> HtmlPage | None:
        data = self.segments.read(spot)
        try:
            return None if data is None else _decoder.decode(data)
        except msgspec.MsgspecError:
            return None


def pages(site: Site, files: Files, memory: Memory, store: Segments) -> Pages:
    """The memory then has just these. Raises SiteError."""
    before = memory.pages
    html = sorted(name for name in files if name.endswith(".html"))
    same = {name: before[name] for name in html if name in before and (before[name].size, before[name].modified) == files[name]}
    to_read = [name for name in html if name not in same]
    size = team.size() if len(to_read) >= FOR_TWO else 1
    found = dict(same)
    if to_read:
        with team.Team(Reading(site, files, before), size) as crew:
            for result in crew.call("seen", [to_read[number::size] for number in range(size)], quiet, "check"):
                found |= result
    memory.pages = {name: found[name] for name in html}
    return Pages(site, files, before, memory.pages, store)


def joined(site: Site, memory: Memory) -> None:
    """What is kept of the pages is written together where it stands in too many files."""
    with sealed.kept(FOLDER):
        spots = segments.joined(site.cache / FOLDER, {name: seen.spot for name, seen in memory.pages.items()})
    memory.pages = {name: msgspec.structs.replace(seen, spot=spots.get(name, seen.spot)) for name, seen in memory.pages.items()}


def page_data(permalink: str, site: Site) -> bytes:
    return reading.data(site.output / permalink, f"site/{permalink}", SiteError)


def read(html: str, permalink: str) -> HtmlPage:
    tree = LexborHTMLParser(html)
    hrefs = []
    for tag, attribute in LINKING.items():
        for node in tree.css(f"{tag}[{attribute}]"):
            rel = set((node.attributes.get("rel") or "").split())
            if not rel & NOT_CHECKED_REL and not _is_file(node.attributes):
                hrefs.append(node.attributes.get(attribute) or "")
    ids = [node.attributes["id"] or "" for node in tree.css("[id]")]
    repeated = tuple(sorted(one for one, count in Counter(ids).items() if count > 1))
    return HtmlPage(tuple(_link(href, permalink) for href in dict.fromkeys(hrefs)), frozenset(ids), repeated)


def _is_file(attributes: Mapping[str, str | None]) -> bool:
    """A file that stands in the page itself, to be saved: it leads nowhere, and no browser opens one as a page."""
    return "download" in attributes and (attributes.get("href") or "").startswith("data:")


def _link(href: str, permalink: str) -> Link:
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return Link(href, "", "", is_wrong=parts.scheme not in ("http", "https", "mailto"))
    target = posixpath.normpath(posixpath.join(posixpath.dirname(permalink), unquote(parts.path))) if parts.path else permalink
    return Link(href, target, unquote(parts.fragment), is_wrong=False)
