"""A briefing → its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import msgspec
from markupsafe import Markup
from msgspec.structs import replace

from bindery.model import AuthorityId, Briefing
from bindery.publish import citations, difference, languages, rights, sources
from bindery.publish.body import Block, Note
from bindery.publish.citations import Citation
from bindery.publish.entries import lead_text
from bindery.publish.entry import Entry
from bindery.publish.planned import Read
from bindery.publish.share import pictures
from bindery.publish.views import citing, figures, indexes, linked_data, lists, provenance
from bindery.publish.views.catalogue import Catalogue, Named
from bindery.publish.views.citing import CiteView
from bindery.publish.views.indexes import Group
from bindery.publish.views.provenance import Panel

_HEADING = re.compile(r"h([1-6])")
_MENTIONED = 'data-authority="'
_MENTION_LINK = re.compile(r'<a class="mention__link" href="[^"<>]*" data-authority="[a-z_]+/[a-z0-9-]+"')


class Sidenote(msgspec.Struct, frozen=True):
    """Who somebody was on that day, beside the paragraph that prints it."""

    named: Named
    role: Markup


class Paragraph(msgspec.Struct, frozen=True):
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
        return self.tag != "p" and _HEADING.fullmatch(self.tag) is not None


@dataclass(frozen=True)
class BriefingView:
    """What a briefing's page may say, each thing made when the template first asks for it.

    What it is made from is not the template's: the key of the page (plan.py) holds what these properties read, and no more.
    """

    _briefing: Briefing
    _blocks: Sequence[Block]
    earlier: Entry | None
    later: Entry | None
    _catalogue: Catalogue
    _read: Read | None = None
    """For another capture of its page; None where nothing is compared."""

    @cached_property
    def entry(self) -> Entry:
        return self._catalogue.entries[self._briefing.id]

    @cached_property
    def year(self) -> tuple[str, str, str] | None:
        """Words, permalink and fragment of where it, or what leads its story, is listed; None for one without a date."""
        year = self._catalogue.entries[self.entry.story].year
        return (str(year), *lists.year_place(year, self._catalogue)) if year else None

    @cached_property
    def lead(self) -> Entry:
        """What leads its story."""
        return self._catalogue.entries[self.entry.story]

    @cached_property
    def previous(self) -> Entry | None:
        """The capture of its page before this one."""
        captures = [one.id for one in self.entry.captures]
        place = captures.index(self.entry.id) if captures else 0
        return self._catalogue.entries[captures[place - 1]] if place else None

    @cached_property
    def changes(self) -> tuple[difference.Paragraph, ...] | None:
        """Since that one: empty where the words are the same; None where not all of either text is shown."""
        if self.previous is None or self._read is None or {self.previous.rights, self.entry.rights} != {"full"}:
            return None
        before, blocks = self._read(self.previous.id)
        return difference.difference(_words(before, blocks), _words(self._briefing, self._blocks))

    @cached_property
    def source_address(self) -> str | None:
        """Where the source stands on the web; None where it has only a name."""
        return sources.address(self._briefing)

    @cached_property
    def excerpt_limit(self) -> int:
        """Characters of its text that may be shown where its rights are an excerpt's."""
        return rights.limit(self._briefing.text)

    @cached_property
    def byline(self) -> Markup | None:
        byline = self._briefing.byline
        return languages.printed(byline, self._briefing.language, self._catalogue.site.language) if byline else None

    @cached_property
    def lang(self) -> str | None:
        """Of the text, where it is not that of the page around it."""
        tag = languages.known(self._briefing.language)
        return tag if tag and tag.partition("-")[0] != self._catalogue.site.language.partition("-")[0] else None

    @cached_property
    def language(self) -> str | None:
        """In words."""
        tag = self._briefing.language
        return self._catalogue.site.interface.language_name(tag) if tag else None

    @cached_property
    def printed_date(self) -> Markup | None:
        """The line of the page the date was read from; None if it is not known or says no more than the date itself."""
        return _printed_date(self._briefing, self._catalogue.site.language)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return _paragraphs(self._briefing, self._blocks, self._catalogue)

    @cached_property
    def named(self) -> tuple[Group, ...]:
        return indexes.named_in(self.entry.named, _roles(self._briefing, self._blocks, self._catalogue), self._catalogue)

    @cached_property
    def figures(self) -> tuple[figures.Row, ...]:
        """The quantities it prints, in order."""
        found = self._catalogue.leaves[self._briefing.id].figures
        return figures.rows(found, self._briefing.language, self._catalogue.site.language)

    @cached_property
    def provenance(self) -> Panel | None:
        found = self._briefing.provenance
        return provenance.panel(found, self._briefing.language, self._catalogue.site.interface) if found else None

    @cached_property
    def short_address(self) -> str:
        """As a reader types it: with the archive's address if it has one."""
        return short_address(self._briefing, self._catalogue)

    @cached_property
    def share_image(self) -> str:
        """Permalink of the picture a link to it shows."""
        return pictures.permalink(self.entry)

    @cached_property
    def summary(self) -> str:
        """How the text begins; empty where the archive shows nothing of it."""
        return lead_text(self._blocks)

    @cached_property
    def citation(self) -> Citation:
        return citations.of_briefing(self._briefing, self._catalogue.site)

    @cached_property
    def cite(self) -> CiteView:
        return citing.view(self.citation, self._catalogue.site)

    @cached_property
    def linked_data(self) -> Markup:
        return linked_data.of_briefing(self._briefing, self._blocks, self.citation, self._catalogue)


def _words(briefing: Briefing, blocks: Iterable[Block]) -> list[str]:
    """Title and text, paragraph by paragraph."""
    return [briefing.title or "", *(block.text for block in blocks)]


def short_address(briefing: Briefing, catalogue: Catalogue) -> str:
    base = catalogue.site.base_url
    return f"{base}/b/{briefing.id}/" if base else f"b/{briefing.id}/"


def _printed_date(briefing: Briefing, around: str) -> Markup | None:
    if briefing.provenance is None or briefing.date is None:
        return None
    line = next((fate.text.strip() for fate in briefing.provenance.fates if fate.fate == "used" and fate.rule.startswith("date")), None)
    return languages.printed(line, briefing.language, around) if line else None


def _paragraphs(briefing: Briefing, blocks: Sequence[Block], catalogue: Catalogue) -> tuple[Paragraph, ...]:
    address, around = short_address(briefing, catalogue), catalogue.site.language
    language = languages.known(briefing.language) or around
    return tuple(
        [
            Paragraph(
                anchor=f"p-{block.key}",
                aliases=tuple([f"p-{alias}" for alias in block.aliases]),
                tag=tag,
                html=languages.body_in_languages(_described(block.html), language),
                sidenotes=_sidenotes(block, briefing, catalogue) if block.mentions else (),
                notes=tuple([replace(note, marked=str(languages.body_in_languages(note.html, around))) for note in block.notes]),
                address=f"{address}?p={block.key}",
            )
            for block, tag in zip(blocks, _tags(blocks), strict=True)
        ]
    )


def _described(html: Markup) -> Markup:
    """Each mention described by its line of the index beneath the text: the name in full, the role, how often."""
    if _MENTIONED not in html:
        return html
    return Markup(_MENTION_LINK.sub(lambda link: _as_described(link[0]), str(html)))  # noqa: S704  # HTML already, and only attributes change


@lru_cache(maxsize=16_384)
def _as_described(link: str) -> str:
    before, _, identifier = link.rpartition(_MENTIONED)
    return f'{before}aria-describedby="about-{identifier.replace("/", "-")}'


def _tags(blocks: Iterable[Block]) -> list[str]:
    """Tags, with headings brought into order below the page's own: the first is h2, and none skips a level."""
    tags: list[str] = []
    open_levels: list[int] = []
    for block in blocks:
        heading = _HEADING.fullmatch(block.tag) if block.tag != "p" else None
        if heading is None:
            tags.append(block.tag)
            continue
        level = int(heading[1])
        open_levels = [*(one for one in open_levels if one < level), level]
        tags.append(f"h{min(len(open_levels) + 1, 6)}")
    return tags


def _sidenotes(block: Block, briefing: Briefing, catalogue: Catalogue) -> tuple[Sidenote, ...]:
    printed = dict.fromkeys([(mention.authority, mention.role) for mention in block.mentions if mention.role])
    return (
        ()
        if not printed
        else tuple(
            Sidenote(catalogue.named[key], _printed(role, briefing.language, catalogue.site.language))
            for key, role in printed
            if role and key in catalogue.named
        )
    )


def _roles(briefing: Briefing, blocks: Iterable[Block], catalogue: Catalogue) -> dict[AuthorityId, tuple[Markup, ...]]:
    """Every role a briefing prints, by whom it stands beside."""
    roles: dict[AuthorityId, dict[str, None]] = {}
    for block in blocks:
        for mention in block.mentions:
            if mention.role:
                roles.setdefault(mention.authority, {})[mention.role] = None
    around = catalogue.site.language
    return {key: tuple([_printed(role, briefing.language, around) for role in found]) for key, found in roles.items()}


_printed = lru_cache(maxsize=4096)(languages.printed)
"""A role: it stands beside its paragraph and in the index, and on page after page."""
