"""The nouns. Imports nothing of ours; every step takes these and returns new ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from typing import Literal

AuthorityId = str
"""Folder and slug of an authority record: "cities/chongqing"."""

FateName = Literal["kept", "used", "dropped"]

Rights = Literal["full", "excerpt", "metadata-only"]
"""How much of a briefing may be published."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a seed."""

    number: int
    """Counted from 1 in the seed as captured; survives every cleaning step."""
    text: str
    """Without its line end, normalised to NFC, control characters removed."""


@dataclass(frozen=True, slots=True)
class Seed:
    """One captured page. Provenance starts here; never modified."""

    path: str
    """Relative to `seeds/`, with forward slashes."""
    sha256: str
    """Of the file's bytes, hexadecimal."""
    size: int
    """In bytes."""
    encoding: str
    """As decoded: "utf-8", "utf-16", "gb18030" …"""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one line of a seed: a row of the collation."""

    number: int
    fate: FateName
    """kept: stands in the body. used: became metadata (title, date …). dropped: boilerplate."""
    rule: str
    """Code of the rule that decided, a key of `bindery.rules.RULES`; "body" for a kept line."""
    text: str
    """The line as captured."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a briefing comes from, line by line."""

    seed: str
    sha256: str
    size: int
    encoding: str
    fates: tuple[Fate, ...]
    """One per non-blank line of the seed, in order."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entity, as configured in site.yaml. City, official and company are data."""

    name: str
    """Singular, as in archive.json: "city"."""
    folder: str
    """Plural, folder in content/ and in the site: "cities"."""
    label: str
    """"City"."""
    plural: str
    """"Cities"."""
    facts: tuple[str, ...]
    """Front matter keys that are facts of this kind, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority record: who or what a mention means."""

    kind: str
    slug: str
    name: str
    variants: tuple[str, ...] = ()
    """Other forms of the name, in any script and order; never the name itself."""
    status: Literal["proposed", "confirmed"] = "proposed"
    facts: Mapping[str, str] = field(default_factory=dict)
    """The facts of its kind (country, latitude, office …) as written; absent ones are not in it."""
    note: str = ""
    """Free Markdown below the front matter."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """Front matter we do not know, kept as it came."""
    id: AuthorityId = ""
    path: str = ""
    """Relative to the archive's root; empty before it is written."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text that names an authority: stand-off annotation."""

    start: int
    """Code points of `Briefing.text`."""
    end: int
    """Exclusive; mentions never overlap."""
    authority: AuthorityId
    role: str | None = None
    """As printed on that day; None where this place prints none."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A paragraph's address that was published, and the words it led to when the site was last built."""

    key: str
    """In the address: "#p-<key>" and "?p=<key>"."""
    digest: str
    """Of the paragraph's text: eight digits of its SHA-256."""
    sample: str
    """Some of its pairs of words, four digits each, apart by spaces: by these it is found again when its words changed."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """One press page, cleaned and annotated."""

    id: str
    """From the seed's SHA-256, made once, stored, never reused: "39b2932"."""
    slug: str
    title: str | None
    """As printed; None where the page prints none."""
    date: Date | None
    """None where the page prints no date."""
    source: str | None
    byline: str | None
    language: str | None
    """BCP 47; None if unknown."""
    text: str
    """Body as Markdown, its mention links unwrapped."""
    mentions: tuple[Mention, ...] = ()
    """In order of `start`."""
    provenance: Provenance | None = None
    """None for a briefing written by hand, without a seed."""
    seed: str | None = None
    """File name of its seed as the front matter says it; None for one written by hand."""
    sha256: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
    """Front matter we do not know, kept as it came."""
    path: str = ""
    """Relative to the archive's root; empty before it is written."""
    anchors: tuple[Anchor, ...] = ()
    """Every paragraph of it that was ever published; a key that two branches recorded may stand twice."""
    rights: Rights = "full"
    """What has been left in it: a library that may be published (bindery/publish/rights.py) has less than content/."""
    named: Mapping[AuthorityId, int] = field(default_factory=dict)
    """How often its whole text mentions whom; empty where all of the text is here and says so itself."""
    shingles: bytes = b""
    """Of its whole text (bindery/stories/wording.py); empty where all of the text is here and gives them itself."""
    noindex: bool = False
    """Search engines are asked to leave its page out."""
    not_figures: frozenset[str] = frozenset()
    """Quantities of its text, as printed, that people decided are none."""

    @property
    def heading(self) -> str:
        """The title; where there is none, the first words in square brackets, as archivists supply one."""
        if self.title:
            return self.title
        lines = (line.replace("\\", "").lstrip("#-* ") for line in self.text.splitlines() if line.strip() and not line.startswith(">"))
        return f"[{supplied_title(next(lines, self.id))} …]"


def supplied_title(text: str) -> str:
    """The first words of a text, at most ten and at most sixty characters."""
    return " ".join(text.split(maxsplit=10)[:10])[:60].rstrip(" ,.;:，。、；：")


@dataclass(frozen=True, slots=True)
class Library:
    """Everything loaded, before anything is rendered."""

    briefings: tuple[Briefing, ...]
    """Newest first; undated ones last, then by slug."""
    authorities: Mapping[AuthorityId, Authority]
    """Without the records that decisions merged into others."""
    mentioned_in: Mapping[AuthorityId, tuple[Briefing, ...]]
    """Newest first. An authority nobody mentions is not a key."""
    merged: Mapping[AuthorityId, AuthorityId]
    """Record merged away → the record that stands for it, by content/decisions.yaml."""


@dataclass(frozen=True, slots=True)
class Page:
    """One file to be written."""

    permalink: str
    """Relative to the site's root: "briefings/2016-01-19-….html" or "feed.xml"."""
    template: str
    """Relative to templates/: "pages/briefing.html"."""
    context: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is."""

    path: str
    line: int | None = None
    """Counted from 1; None where no line can be named."""

    def __str__(self) -> str:
        path = "".join(char if char.isprintable() else "?" for char in self.path)  # a file may be named with a line end
        return path if self.line is None else f"{path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem as data, until somebody prints it."""

    code: str
    """Stable, documented in the README: "ambiguous-name"."""
    at: Place
    message: str
    fix: str

    def __str__(self) -> str:
        return f"{self.at}: {self.message}  [{self.code}]\n    fix: {self.fix}"
