"""A briefing → its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from bindery.model import AuthorityId, Briefing
from bindery.publish import citations, languages, rights, sources
from bindery.publish.body import Block, Note
from bindery.publish.citations import Citation
from bindery.publish.entries import Entry, lead_text
from bindery.publish.permalinks import short_permalink
from bindery.publish.share import pictures
from bindery.publish.views import citing, indexes, linked_data, lists, provenance
from bindery.publish.views.catalogue import Catalogue, Named
from bindery.publish.views.citing import CiteView
from bindery.publish.views.indexes import Group
from bindery.publish.views.provenance import Panel

_HEADING = re.compile(r"h([1-6])")
_MENTION_LINK = re.compile(r'(<a class="mention__link" href="[^"<>]*") data-authority="([a-z_]+)/([a-z0-9-]+)"')


@dataclass(frozen=True, slots=True)
class Sidenote:
    """Who somebody was on that day, beside the paragraph that prints it."""

    named: Named
    role: Markup


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of the text with what stands beside it."""

    anchor: str
    aliases: tuple[str, ...]
    """Anchors it had before."""
    tag: str
    html: Markup
    sidenotes: tuple[Sidenote, ...]
    notes: tuple[Note, ...]
    """Editorial."""
    address: str
    """The short address of this paragraph, for e-mail."""

    @property
    def is_heading(self) -> bool:
        return _HEADING.fullmatch(self.tag) is not None


@dataclass(frozen=True, slots=True)
class BriefingView:
    entry: Entry
    year: tuple[str, str, str] | None
    """Words, permalink and fragment of where its year is listed; None for one without a date."""
    source_address: str | None
    """Where the source stands on the web; None where it has only a name."""
    excerpt_limit: int
    """Characters of its text that may be shown where its rights are an excerpt's."""
    noindex: bool
    byline: Markup | None
    lang: str | None
    """Of the text, where it is not that of the page around it."""
    language: str | None
    """In words."""
    printed_date: Markup | None
    """The line of the page the date was read from; None if it is not known or says no more than the date itself."""
    paragraphs: tuple[Paragraph, ...]
    named: tuple[Group, ...]
    provenance: Panel | None
    short_permalink: str
    short_address: str
    """As a reader types it: with the archive's address if it has one."""
    share_image: str
    """Permalink of the picture a link to it shows."""
    earlier: Entry | None
    later: Entry | None
    summary: str
    """How the text begins; empty where the archive shows nothing of it."""
    citation: Citation
    cite: CiteView
    linked_data: Markup


def view(briefing: Briefing, blocks: Sequence[Block], earlier: Entry | None, later: Entry | None, catalogue: Catalogue) -> BriefingView:
    around, entry = catalogue.site.language, catalogue.entries[briefing.id]
    tag = languages.known(briefing.language)
    citation = citations.of_briefing(briefing, catalogue.site)
    return BriefingView(
        entry=entry,
        year=(str(entry.year), *lists.year_place(entry.year, catalogue)) if entry.year else None,
        source_address=sources.address(briefing),
        excerpt_limit=rights.limit(briefing.text),
        noindex=briefing.noindex,
        byline=languages.printed(briefing.byline, briefing.language, around) if briefing.byline else None,
        lang=tag if tag and tag.partition("-")[0] != around.partition("-")[0] else None,
        language=languages.name(briefing.language),
        printed_date=_printed_date(briefing, around),
        paragraphs=_paragraphs(briefing, blocks, catalogue),
        named=indexes.named_in(entry.named, _roles(briefing, blocks, catalogue), catalogue),
        provenance=provenance.panel(briefing.provenance, briefing.language, around) if briefing.provenance else None,
        short_permalink=short_permalink(briefing),
        short_address=short_address(briefing, catalogue),
        share_image=pictures.permalink(entry),
        earlier=earlier,
        later=later,
        summary=lead_text(blocks),
        citation=citation,
        cite=citing.view(citation, catalogue.site),
        linked_data=linked_data.of_briefing(briefing, blocks, catalogue),
    )


def short_address(briefing: Briefing, catalogue: Catalogue) -> str:
    base = catalogue.site.base_url
    return f"{base}/b/{briefing.id}/" if base else f"b/{briefing.id}/"


def _printed_date(briefing: Briefing, around: str) -> Markup | None:
    if briefing.provenance is None or briefing.date is None:
        return None
    line = next((fate.text.strip() for fate in briefing.provenance.fates if fate.fate == "used" and fate.rule.startswith("date")), None)
    return languages.printed(line, briefing.language, around) if line else None


def _paragraphs(briefing: Briefing, blocks: Sequence[Block], catalogue: Catalogue) -> tuple[Paragraph, ...]:
    address = short_address(briefing, catalogue)
    language = languages.known(briefing.language) or catalogue.site.language
    return tuple(
        Paragraph(
            anchor=f"p-{block.key}",
            aliases=tuple(f"p-{alias}" for alias in block.aliases),
            tag=tag,
            html=languages.body_in_languages(_described(block.html), language),
            sidenotes=_sidenotes(block, briefing, catalogue),
            notes=tuple(replace(note, html=languages.body_in_languages(note.html, catalogue.site.language)) for note in block.notes),
            address=f"{address}?p={block.key}",
        )
        for block, tag in zip(blocks, _tags(blocks), strict=True)
    )


def _described(html: Markup) -> Markup:
    """Each mention described by its line of the index beneath the text: the name in full, the role, how often."""
    return Markup(_MENTION_LINK.sub(r'\1 aria-describedby="about-\2-\3"', str(html)))  # noqa: S704  # HTML already, and only attributes change


def _tags(blocks: Iterable[Block]) -> list[str]:
    """Tags, with headings brought into order below the page's own: the first is h2, and none skips a level."""
    tags: list[str] = []
    open_levels: list[int] = []
    for block in blocks:
        heading = _HEADING.fullmatch(block.tag)
        if heading is None:
            tags.append(block.tag)
            continue
        level = int(heading[1])
        open_levels = [*(one for one in open_levels if one < level), level]
        tags.append(f"h{min(len(open_levels) + 1, 6)}")
    return tags


def _sidenotes(block: Block, briefing: Briefing, catalogue: Catalogue) -> tuple[Sidenote, ...]:
    printed = dict.fromkeys((mention.authority, mention.role) for mention in block.mentions if mention.role)
    return tuple(
        Sidenote(catalogue.named[key], languages.printed(role, briefing.language, catalogue.site.language))
        for key, role in printed
        if role and key in catalogue.named
    )


def _roles(briefing: Briefing, blocks: Iterable[Block], catalogue: Catalogue) -> dict[AuthorityId, tuple[Markup, ...]]:
    """Every role a briefing prints, by whom it stands beside."""
    roles: dict[AuthorityId, dict[str, None]] = {}
    for block in blocks:
        for mention in block.mentions:
            if mention.role:
                roles.setdefault(mention.authority, {})[mention.role] = None
    around = catalogue.site.language
    return {key: tuple(languages.printed(role, briefing.language, around) for role in found) for key, found in roles.items()}
