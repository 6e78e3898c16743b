"""A briefing as other pages name it: small enough to keep of every briefing at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date as Date

import msgspec
from markupsafe import Markup

from bindery.model import AuthorityId, Rights
from bindery.publish.events import Event
from bindery.publish.permalinks import briefing_permalink, short_permalink


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A briefing as other pages name it."""

    id: str
    slug: str
    path: str
    """Its file, relative to the archive's root."""
    title: str
    marked: str
    """The title as HTML, its languages marked."""
    date: Date | None
    source_name: str | None
    marked_source: str | None
    byline: str | None
    language: str | None
    rights: Rights
    noindex: bool
    original: str | None
    """Where the page stood on the web; None where nobody wrote it down."""
    has_picture: bool
    """A link to it shows a picture of its own."""
    named: dict[AuthorityId, int]
    """Whom it names and how often, in order of first mention."""
    aside: list[AuthorityId]
    """Whom it links to in notes and quotations alone, where no mention is counted."""
    roles: dict[AuthorityId, list[str]]
    """What it prints whom as, as HTML, each role once."""
    together: list[list[int]]
    """Of each sentence that names two or more: their places in `named`."""
    events: list[Event]
    """Days that it prints of what it tells of, other than its own."""
    face: int
    """Digest of everything above: of what a list may show of it."""
    tally: int
    """Digest of what its captured lines and notes add to the archive's counts."""
    content: int
    """Digest of everything pages say of it: its file, what became of its seed, who of those it names has a record, and the addresses
    of its paragraphs."""
    seed: str | None
    """Path below seeds/ of the file it was made of, and that one's SHA-256; None where its file does not say."""
    sha256: str | None

    @property
    def html(self) -> Markup:
        return Markup(self.marked)  # noqa: S704  # made by languages.printed

    @property
    def source(self) -> Markup | None:
        return None if self.marked_source is None else Markup(self.marked_source)  # noqa: S704  # made by languages.printed

    @property
    def permalink(self) -> str:
        return briefing_permalink(self)

    @property
    def short_permalink(self) -> str:
        return short_permalink(self)

    @property
    def year(self) -> int | None:
        return self.date.year if self.date else None

    def told(self, is_meant: Callable[[Sequence[AuthorityId]], bool]) -> tuple[Event, ...]:
        """Events whose sentence names who is meant."""
        if not self.events:
            return ()
        names = list(self.named)
        return tuple(event for event in self.events if is_meant([names[place] for place in event.whom]))
