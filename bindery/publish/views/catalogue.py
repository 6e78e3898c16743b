"""The library read once: who stands where, how often, and how other pages name it. Every view is made from this."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date

from markupsafe import Markup

from bindery.config import Site
from bindery.model import Authority, AuthorityId, Briefing, Kind, Library, Rights
from bindery.publish import languages
from bindery.publish.body import Block, MentionTarget, Target
from bindery.publish.permalinks import authority_permalink, briefing_permalink, relative


@dataclass(frozen=True, slots=True)
class Named:
    """An authority as other pages name it."""

    id: AuthorityId
    kind: Kind
    name: str
    html: Markup
    """The name with its languages marked."""
    others: tuple[Markup, ...]
    """Its variants in another script than the name's, languages marked; 重庆市 is not told beside 重庆."""
    native: tuple[Markup, ...]
    """The first of them in each script, two at most: for lists."""
    permalink: str

    @property
    def handle(self) -> str:
        """The id as it may stand in an HTML id: "officials-tang-zongwei"."""
        return self.id.replace("/", "-")


@dataclass(frozen=True, slots=True)
class Entry:
    """A briefing as other pages name it."""

    title: str
    html: Markup
    """The title with its languages marked."""
    permalink: str
    date: Date | None
    source: Markup | None
    rights: Rights

    @property
    def year(self) -> int | None:
        return self.date.year if self.date else None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the views share. Made by `catalogue`."""

    library: Library
    site: Site
    blocks: Mapping[str, tuple[Block, ...]]
    """Briefing id → its body."""
    named: Mapping[AuthorityId, Named]
    entries: Mapping[str, Entry]
    """Briefing id → how it is listed."""
    counts: Mapping[str, Counter[AuthorityId]]
    """Briefing id → how often it names whom."""
    briefings: Mapping[AuthorityId, tuple[Briefing, ...]]
    """Who is named in which briefings, newest first. An authority nobody names is not a key."""
    extents: Mapping[AuthorityId, tuple[Date, Date]]
    """Date of the first and the last briefing that names whom. One named without a date only is not a key."""

    def years(self) -> tuple[int, int] | None:
        """First and last year of the archive; None if no briefing has a date."""
        years = [briefing.date.year for briefing in self.library.briefings if briefing.date]
        return (years[-1], years[0]) if years else None

    def target_from(self, origin: str) -> MentionTarget:
        """Where mentions lead from the page with this permalink."""

        def target(identifier: AuthorityId) -> Target | None:
            named = self.named.get(identifier)
            return Target(relative(origin, named.permalink), named.kind.name) if named else None

        return target


def catalogue(library: Library, blocks: Mapping[str, tuple[Block, ...]], site: Site) -> Catalogue:
    """Read the library once: time and memory grow with the number of mentions, not its square."""
    counts = {briefing.id: _counts(briefing, blocks[briefing.id]) for briefing in library.briefings}
    briefings: dict[AuthorityId, list[Briefing]] = {}
    for briefing in library.briefings:
        for identifier in counts[briefing.id]:
            briefings.setdefault(identifier, []).append(briefing)
    found = {identifier: tuple(named_in) for identifier, named_in in briefings.items()}
    return Catalogue(
        library=library,
        site=site,
        blocks=blocks,
        named={key: named(authority, site, found.get(key, ())) for key, authority in library.authorities.items()},
        entries={briefing.id: entry(briefing, site) for briefing in library.briefings},
        counts=counts,
        briefings=found,
        extents=dict(_extents(found)),
    )


def _counts(briefing: Briefing, blocks: Iterable[Block]) -> Counter[AuthorityId]:
    """How often a briefing names whom; by its own record where not all of its text is shown."""
    return Counter(briefing.named or (mention.authority for block in blocks for mention in block.mentions))


def _extents(briefings: Mapping[AuthorityId, Sequence[Briefing]]) -> Iterator[tuple[AuthorityId, tuple[Date, Date]]]:
    for identifier, named_in in briefings.items():
        dates = [briefing.date for briefing in named_in if briefing.date]
        if dates:
            yield identifier, (dates[-1], dates[0])


def named(authority: Authority, site: Site, named_in: Iterable[Briefing]) -> Named:
    han = han_language(authority, named_in)
    own = script(authority.name)
    foreign = [name for name in authority.variants if script(name) != own]
    shortest = [name for name in foreign if not any(name != other and name.startswith(other) for other in foreign)]
    others = {name: languages.in_languages(name, site.language, han) for name in shortest}
    first: dict[str, Markup] = {}
    for name, html in others.items():
        first.setdefault(script(name), html)
    return Named(
        id=authority.id,
        kind=site.kind(authority.kind),
        name=authority.name,
        html=languages.in_languages(authority.name, site.language, han),
        others=tuple(others.values()),
        native=tuple(first.values())[:2],
        permalink=authority_permalink(authority),
    )


def han_language(authority: Authority, named_in: Iterable[Briefing]) -> str:
    """What a name in Han characters is read as: Japanese for what is in Japan or first stood in a Japanese page, else Chinese."""
    if "country" in authority.facts:
        return "ja" if authority.facts["country"] == "Japan" else "zh"
    return next(("ja" if (briefing.language or "").startswith("ja") else "zh" for briefing in named_in), "zh")


def entry(briefing: Briefing, site: Site) -> Entry:
    return Entry(
        title=briefing.heading,
        html=languages.printed(briefing.heading, briefing.language, site.language),
        permalink=briefing_permalink(briefing),
        date=briefing.date,
        source=languages.printed(briefing.source, briefing.language, site.language) if briefing.source else None,
        rights=briefing.rights,
    )


def script(text: str) -> str:
    """Of the first letter, as Unicode names it: "LATIN", "CJK", "ARABIC" …; empty for a text without letters."""
    letter = next((character for character in text if character.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


def sort_key(name: str) -> tuple[bool, str, str]:
    """Alphabetical order for readers: accents and case do not count, other scripts come after Latin."""
    folded = "".join(character for character in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(character))
    letters = folded.lstrip("'\"“‘(«- ")
    return (not ("a" <= letters[:1] <= "z"), letters, name)
