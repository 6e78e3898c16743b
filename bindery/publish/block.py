"""The nouns of a body: blocks, the mentions and notes in them, and where a mention leads."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import msgspec
from markupsafe import Markup

from bindery.model import AuthorityId

MENTION_ATTRIBUTE = "data-authority"
ROLE_ATTRIBUTE = "data-role"
ALERT = r"\[!(NOTE|WARNING|CAUTION|IMPORTANT|TIP)\]"
"""What GitHub begins an alert with, and we an editorial note."""
_SPACES = re.compile(r"\s+")


class BlockMention(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A mention in the plain text of a block."""

    start: int
    end: int
    authority: AuthorityId
    role: str | None


class Note(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An editorial note on the block before it: a GitHub alert in the Markdown."""

    tone: Literal["note", "warning"]
    marked: str
    """As HTML."""
    text: str

    @property
    def html(self) -> Markup:
        return Markup(self.marked)  # noqa: S704  # made by plain_body and markdown_body


class Unkeyed(NamedTuple):
    """A block before it has its key."""

    tag: str
    html: Markup
    text: str
    mentions: tuple[BlockMention, ...]
    notes: tuple[Note, ...] = ()


class Block(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One top-level element of a body."""

    key: str
    """Anchor made from its words; the element's id is "p-" + key."""
    tag: str
    """"p", "h2", "ul", "table" …"""
    marked: str
    """What stands inside the element, as HTML."""
    text: str
    mentions: tuple[BlockMention, ...]
    notes: tuple[Note, ...] = ()
    aliases: tuple[str, ...] = ()
    """Keys it had before its words were corrected, and those of paragraphs that went into it."""

    @property
    def html(self) -> Markup:
        return Markup(self.marked)  # noqa: S704  # made by plain_body and markdown_body

    @property
    def addresses(self) -> tuple[str, ...]:
        """All keys that lead to it."""
        return (self.key, *self.aliases)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a mention leads, as seen from the page being made."""

    href: str
    kind: str


MentionTarget = Callable[[AuthorityId], Target | None]
"""None if there is no such record: the mention is then shown as text."""


def tone(label: str) -> Literal["note", "warning"]:
    """Of an alert's label."""
    return "note" if label in ("NOTE", "TIP") else "warning"


@dataclass(slots=True)
class Gathered:
    """A plain text in the making, runs of white space as one space, with its mentions."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    mentions: list[BlockMention] = field(default_factory=list)

    def append(self, text: str) -> None:
        text = _SPACES.sub(" ", text)
        if text.startswith(" ") and (not self.pieces or self.pieces[-1].endswith(" ")):
            text = text[1:]
        if text:
            self.pieces.append(text)
            self.length += len(text)

    def place(self, before: str, name: str) -> tuple[int, int]:
        """Append a name and what is before it; say where the name then stands."""
        self.append(before)
        start = self.length
        self.append(name)
        return start, self.length

    @property
    def text(self) -> str:
        return "".join(self.pieces).rstrip()
