"""A briefing and its blocks → what other pages say of it: its entry, small enough to keep of every briefing at once, and its leaf.

An entry is what lists, indexes and counts need. A leaf is what pages of names quote, and is read only for those that are made.
Both come from one briefing alone, so that a build makes them again only for a briefing that changed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence

import msgspec
from markupsafe import Markup

from bindery.config import Site
from bindery.model import Authority, AuthorityId, Briefing
from bindery.publish import co_mentions, events, exports, languages, sources
from bindery.publish.body import Block
from bindery.publish.co_mentions import Shared
from bindery.publish.entry import Entry
from bindery.publish.figures.told import Told, told
from bindery.publish.scripts import WIDE, script
from bindery.publish.share import pictures
from bindery.publish.views import concordance
from bindery.publish.views.concordance import Quotation
from bindery.stories import wording

LEAD = 280
"""Code points of a text's beginning; a longer first paragraph is cut at a word."""
ELLIPSIS = "\u00a0…"


class Said(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A role as printed."""

    text: str
    marked: str
    anchor: str

    @property
    def html(self) -> Markup:
        return Markup(self.marked)  # noqa: S704  # made by languages.printed


class Leaf(msgspec.Struct, frozen=True, array_like=True):
    """What a briefing gives to the pages of those it names, and to counts over all."""

    shingles: bytes
    """Of its whole text. First, so that they are read without the rest."""
    lead: str
    """How its text begins; empty where the archive shows nothing of it."""
    quotations: dict[AuthorityId, list[Quotation]]
    """The sentences that name whom."""
    roles: dict[AuthorityId, list[Said]]
    """What it prints of whom, each role once, where it stands first."""
    shared: list[Shared]
    """Its sentences that name two or more."""
    figures: list[Told]
    """Its sentences that have figures."""
    data: str
    """Its line of data/archive.json."""
    line_count_by_rule: dict[str, int]
    line_count_by_fate: dict[str, int]
    note_count: int
    """Editorial notes."""


def entry(briefing: Briefing, blocks: Sequence[Block], site: Site, made_of: int = 0, leaf: Leaf | None = None) -> Entry:
    """`made_of` is a digest of the files that it was read from, and of which records there are for it; `leaf` is its leaf, if made."""
    around = site.language
    said = leaf.roles if leaf else _roles(briefing, blocks, around)
    counts = (leaf.line_count_by_rule, leaf.line_count_by_fate, leaf.note_count) if leaf else _counts(briefing, blocks)
    marked = str(languages.printed(briefing.heading, briefing.language, around))
    source = str(languages.printed(briefing.source, briefing.language, around)) if briefing.source else None
    date = briefing.date.isoformat() if briefing.date else ""
    original = sources.page_address(briefing)
    whom = named(briefing, blocks)
    roles = {key: [role.marked for role in found] for key, found in said.items()}
    head = (briefing.id, briefing.slug, briefing.path, briefing.heading, marked, date, source, briefing.byline, briefing.language)
    sentences = leaf.shared if leaf else co_mentions.sentences(blocks, whom)
    place = {key: number for number, key in enumerate(whom)}
    packed = leaf.shingles if leaf else shingles(briefing)
    shown = (head, briefing.rights, briefing.noindex, original, whom, roles)
    return Entry(
        id=briefing.id,
        slug=briefing.slug,
        path=briefing.path,
        title=briefing.heading,
        marked=marked,
        date=briefing.date,
        source_name=briefing.source,
        marked_source=source,
        byline=briefing.byline,
        language=briefing.language,
        rights=briefing.rights,
        noindex=briefing.noindex,
        original=original,
        has_picture=site.share_image == "briefing" and pictures.drawable(briefing.heading, site),
        named=whom,
        aside=aside(briefing, whom),
        roles=roles,
        together=[[place[key] for key in sentence.whom] for sentence in sentences],
        events=events.events(blocks, briefing.date, place),
        face=digest(repr(shown)),
        tally=digest(repr(counts)),
        content=hash((made_of, *(digest(address) for block in blocks for address in block.addresses))),
        size=wording.size(packed),
        sample=wording.sample(packed),
        seed=briefing.seed,
        sha256=briefing.sha256,
        story=briefing.id,
    )


def shingles(briefing: Briefing) -> bytes:
    """Of the whole text, whatever of it is shown: whether two are one release does not depend on that."""
    return briefing.shingles or wording.shingles(briefing.text)


def named(briefing: Briefing, blocks: Iterable[Block]) -> dict[AuthorityId, int]:
    """Whom a briefing names and how often; by its own record where not all of its text is shown."""
    return dict(briefing.named or Counter(mention.authority for block in blocks for mention in block.mentions))


def aside(briefing: Briefing, whom: Container[AuthorityId]) -> list[AuthorityId]:
    """Whom a briefing links to and does not count among those it names."""
    return [key for key in dict.fromkeys(mention.authority for mention in briefing.mentions) if key not in whom]


def leaf(briefing: Briefing, blocks: Sequence[Block], authorities: Mapping[AuthorityId, Authority], site: Site) -> Leaf:
    around = site.language
    rules, fates, notes = _counts(briefing, blocks)
    whom = named(briefing, blocks)
    figures = told(briefing, blocks, whom)
    return Leaf(
        shingles=shingles(briefing),
        lead=lead_text(blocks),
        quotations=concordance.quotations(briefing, blocks, around),
        roles=_roles(briefing, blocks, around),
        shared=co_mentions.sentences(blocks, whom),
        figures=figures,
        data=exports.line(briefing, blocks, figures, authorities, site),
        line_count_by_rule=rules,
        line_count_by_fate=fates,
        note_count=notes,
    )


def lead_text(blocks: Iterable[Block]) -> str:
    """The first paragraph of a text, cut at a word where it is long; empty for a text without one."""
    text = next((block.text for block in blocks if block.tag == "p" and block.text), "")
    longest = LEAD // 2 if script(text) in WIDE else LEAD
    if len(text) <= longest:
        return text
    text = text[:longest].rpartition(" ")[0] or text[:longest]
    return text.rstrip(" ,;:，、；：") + ELLIPSIS


def digest(text: str) -> int:
    """Of the text, as a number: the same on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=7).digest())


def _roles(briefing: Briefing, blocks: Iterable[Block], around: str) -> dict[AuthorityId, list[Said]]:
    found: dict[AuthorityId, dict[str, Said]] = {}
    for block in blocks:
        for mention in block.mentions:
            if mention.role:
                html = str(languages.printed(mention.role, briefing.language, around))
                found.setdefault(mention.authority, {}).setdefault(mention.role, Said(mention.role, html, f"p-{block.key}"))
    return {key: list(roles.values()) for key, roles in found.items()}


def _counts(briefing: Briefing, blocks: Iterable[Block]) -> tuple[dict[str, int], dict[str, int], int]:
    """Its captured lines by rule and by fate, and how many notes it has."""
    fates = briefing.provenance.fates if briefing.provenance else ()
    rules = Counter(fate.rule for fate in fates)
    return dict(rules), dict(Counter(fate.fate for fate in fates)), sum(len(block.notes) for block in blocks)
