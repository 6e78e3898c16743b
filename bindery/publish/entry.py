"""A briefing as other pages name it: small enough to keep of every briefing at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date as Date
from typing import Literal, Self

import msgspec
from markupsafe import Markup

from bindery.model import AuthorityId, Rights
from bindery.publish.events import Event
from bindery.publish.permalinks import briefing_permalink, short_permalink


class Beside(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A briefing that belongs to another one, as that one's line and page name it."""

    how: Literal["copy", "capture", "event"]
    """copy: of the same release, on another page. capture: of the same page. event: about the same happening, in words of its own."""
    id: str
    permalink: str
    marked: str
    """Its title as HTML."""
    marked_source: str | None
    date: Date | None

    @property
    def html(self) -> Markup:
        return Markup(self.marked)  # noqa: S704  # made by languages.printed

    @property
    def source(self) -> Markup | None:
        return None if self.marked_source is None else Markup(self.marked_source)  # noqa: S704  # made by languages.printed


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
    size: int
    """How many shingles its whole text has, and some of them: by these its copies are found."""
    sample: bytes
    seed: str | None
    """Path below seeds/ of the file it was made of, and that one's SHA-256; None where its file does not say."""
    sha256: str | None
    story: str = ""
    """Id of the briefing that leads its story: its own where it leads one or has none to share one with."""
    beside: list[Beside] = []
    """What belongs to it. This and `story` follow from all briefings, so that only a catalogue has them."""

    def is_listed_like(self, other: Self) -> bool:
        """Whether two are alike but for what only their own texts and counts over all say."""
        own = {"tally": 0, "content": 0, "size": 0, "sample": b""}
        return msgspec.structs.replace(self, **own) == msgspec.structs.replace(other, **own)

    @property
    def is_lead(self) -> bool:
        """Whether lists name it; others stand beside the one that leads."""
        return self.story == self.id

    @property
    def copies(self) -> list[Beside]:
        """Other pages of its release."""
        return [one for one in self.beside if one.how == "copy"]

    @property
    def captures(self) -> list[Beside]:
        """Of its own page, oldest first, it itself among them; empty for a page that was captured once."""
        return [one for one in self.beside if one.how == "capture"]

    @property
    def reports(self) -> list[Beside]:
        """Other briefings of the event it tells of."""
        return [one for one in self.beside if one.how == "event"]

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
