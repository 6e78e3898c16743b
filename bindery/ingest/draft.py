"""What the ingest steps hand to each other, between a seed and a briefing.

What is made by the dozen for each page is a `msgspec.Struct`: it is made in a seventh of the time of a frozen dataclass.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from typing import Literal

import msgspec

from bindery.model import Line, Seed

Label = Literal["nav", "title", "date", "byline", "source", "meta", "body", "caption", "about", "related", "footer", "junk"]
ParagraphForm = Literal["text", "heading", "item"]


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What a line of a seed is, and the rule that says so."""

    line: Line
    label: Label
    rule: str
    """A key of bindery.rules; "body" where label is body."""


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """One block of the body, plain text, without line breaks."""

    text: str
    lines: tuple[int, ...]
    """Numbers of the seed's lines it was made from (several when a wrapped text was joined)."""
    form: ParagraphForm = "text"


class Suspect(msgspec.Struct, frozen=True, gc=False):
    """A run of a paragraph that looks injected: flagged by an editorial note, never repaired."""

    paragraph: int
    """Index in the draft's paragraphs."""
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """None where the page prints none; `lines` has the number of the line a field was read from."""

    title: str | None
    date: Date | None
    source: str | None
    byline: str | None
    language: str | None
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A cleaned seed with its metadata: what annotate works on."""

    seed: Seed
    verdicts: tuple[Verdict, ...]
    """One per non-blank line, in order."""
    metadata: Metadata
    paragraphs: tuple[Paragraph, ...]
    suspects: tuple[Suspect, ...]


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """A place in a draft: code points of the paragraph's text, end exclusive."""

    paragraph: int
    start: int
    end: int


class Entity(msgspec.Struct, frozen=True, gc=False):
    """One city, official or company of one draft, its mentions gathered."""

    kind: str
    """Name of a kind: "city", "official", "company"."""
    name: str
    """The fullest form the page prints, without honorific; for a city the gazetteer's name."""
    spans: tuple[Span, ...]
    """Every mention, in order; spans of different entities never overlap."""
    role: str | None = None
    """Officials: the fullest form of the role as printed, without the name."""
    role_span: Span | None = None
    """The mention beside which the role stands; None when the role stands apart (in the title, say)."""
    variants: tuple[str, ...] = ()
    """Other forms the page itself gives (native script in brackets, abbreviation); not surname alone."""
    facts: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Facts for a proposed record: city country, latitude, longitude, geonames; official office; company country."""
    evidence: tuple[str, ...] = ()
    """Codes of the rules that spoke for it."""


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A name that was weighed and not linked: proposed for review."""

    kind: str
    name: str
    span: Span
    score: float
    """How near it came, from 0 to 1; what is linked would have 1."""
    lacks: str
    """What would have proved it, in words: "a legal form, or a word that calls it a company"."""
    evidence: tuple[str, ...] = ()
    """Codes of the rules that spoke for it and did not suffice."""
    facts: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Facts for its record, should a person accept it: those of the one city of its name."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What annotate found in one draft."""

    entities: tuple[Entity, ...]
    ambiguous: tuple[tuple[Span, str], ...] = ()
    """Mentions left unlinked, with the reason in words: two cities of one name, a surname two people share."""
    candidates: tuple[Candidate, ...] = ()
    """Names below the threshold, the nearest first."""
