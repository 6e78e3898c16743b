"""A briefing → its entry in a feed, made once however many feeds it stands in."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from bindery.config import Site
from bindery.languages import Interface
from bindery.publish import languages
from bindery.publish.body import Block, Note
from bindery.publish.entry import Entry as Listed
from bindery.publish.follow.feed import Feed
from bindery.publish.permalinks import FeedForm
from bindery.publish.planned import Read
from bindery.publish.views.catalogue import Catalogue

NAMESPACE = uuid.UUID("d914d225-0cc6-5605-b6ff-2e9070ca18c1")
"""Of the ids below. Never to be changed: every reader would take every entry for a new one."""
UNDATED = "1970-01-01T00:00:00Z"
"""What Atom has to be told of a page that prints no date: it stands last, as in every list of the archive."""
_MENTION = re.compile(r'<span class="mention [^"]*"><a class="mention__link"[^>]*>([^<]*)</a></span>')
_TAG = re.compile(r'<[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>')
"""An attribute may hold a `<`: ElementTree writes it as it is."""
_ADDRESS = re.compile(r' (href|src)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Entry:
    """A briefing as feeds tell of it."""

    id: str
    """From the briefing's id alone: a new title, file name or host makes no new entry."""
    address: str
    title: str
    moment: str | None
    """Midnight of its date, RFC 3339; None where the page prints no date."""
    author: str | None
    """Its byline, else its source; None where the page prints neither."""
    original: str | None
    language: str | None
    summary: str
    """How the text begins; empty where the archive shows nothing of it."""
    html: str
    """The text as the archive shows it, mentions as plain words, addresses absolute; empty where the feed holds none."""


class Entries:
    """The entries of an archive, each written once in each form."""

    def __init__(self, catalogue: Catalogue, read: Read) -> None:
        self.catalogue = catalogue
        self.read = read
        self.written: dict[tuple[FeedForm, bool, str], str] = {}

    def texts(self, form: FeedForm, feed: Feed, write: Callable[[Entry], str]) -> Iterator[str]:
        """The entries of a feed in one form."""
        for listed in feed.briefings:
            key = (form, feed.is_whole, listed.id)
            if key not in self.written:
                self.written[key] = write(self._entry(listed, is_whole=feed.is_whole))
            yield self.written[key]

    def _entry(self, listed: Listed, *, is_whole: bool) -> Entry:
        blocks = self.read(listed.id)[1] if is_whole else ()
        return entry(listed, self.catalogue.leaves[listed.id].lead, blocks, self.catalogue.site)


def entry(listed: Listed, lead: str, blocks: Iterable[Block], site: Site) -> Entry:
    """`blocks` are those the feed holds: none where it only says how a text begins."""
    address = f"{site.base_url}/{listed.permalink}"
    return Entry(
        id=uuid.uuid5(NAMESPACE, listed.id).urn,
        address=address,
        title=listed.title,
        moment=f"{listed.date.isoformat()}T00:00:00Z" if listed.date else None,
        author=listed.byline or listed.source_name,
        original=listed.original,
        language=languages.known(listed.language),
        summary=lead,
        html="\n".join(_lines(blocks, address, site.interface)),
    )


def _lines(blocks: Iterable[Block], address: str, interface: Interface) -> Iterator[str]:
    for block in blocks:
        yield from filter(None, (_element(block, address), *(_note(note, interface) for note in block.notes)))


def _element(block: Block, address: str) -> str:
    """One block as HTML that can be read anywhere."""
    if block.tag == "hr":
        return "<hr>"

    def absolute(tag: re.Match[str]) -> str:
        return _ADDRESS.sub(lambda found: f' {found[1]}="{urljoin(address, found[2])}"', tag[0])

    html = _TAG.sub(absolute, _MENTION.sub(r"\1", str(block.html)))
    return f"<{block.tag}>{html}</{block.tag}>" if html else ""


def _note(note: Note, interface: Interface) -> str:
    """An editorial note goes where the text goes."""
    return f"<blockquote><b>{interface.say('Caution.' if note.tone == 'warning' else 'Note.')}</b> {note.html}</blockquote>"
