"""A briefing or an authority record → what a bibliography says of it: the source, the archive, and where each is."""

from __future__ import annotations

import re
from datetime import date as Date

import msgspec

from bindery.config import Site
from bindery.model import Authority, Briefing
from bindery.publish import languages, sources
from bindery.publish.permalinks import authority_permalink

_SEPARATOR = re.compile(r"\s*[;；、]\s*|\s+(?:and|und|et|y|&)\s+")
_COMMA = re.compile(r"\s*[,，]\s*")
_EAST_ASIAN = re.compile(r"[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Citation(msgspec.Struct, frozen=True):
    """One entry of a bibliography. Names are as printed, in the order printed: which of them is the family name is not known."""

    key: str
    """Unlike every other in the archive and never changed: "briefing-6898abf", "officials-tang-zongwei"."""
    title: str
    authors: tuple[str, ...]
    """Empty where the page prints none, and for a record."""
    outlet: str | None
    """Who published the page; None for a record, and where it is not known."""
    date: Date | None
    original: str | None
    """Where the page stood on the web; None where nobody wrote it down."""
    language: str | None
    """BCP 47."""
    archive: str
    keeper: str | None
    """Who keeps the archive; None if it does not say."""
    number: str
    """By which the archive itself finds it: "6898abf", "officials/tang-zongwei"."""
    address: str | None
    """In the archive, absolute, and kept for good; None for an archive without an address of its own."""
    is_article: bool
    """False for a record."""

    @property
    def url(self) -> str | None:
        """Where a reader finds it: where it stood, else in the archive."""
        return self.original or self.address


def of_briefing(briefing: Briefing, site: Site) -> Citation:
    return Citation(
        key=f"briefing-{briefing.id}",
        title=briefing.heading,
        authors=names(briefing.byline or ""),
        outlet=briefing.source,
        date=briefing.date,
        original=sources.page_address(briefing),
        language=languages.known(briefing.language),
        archive=site.title,
        keeper=site.publisher or None,
        number=briefing.id,
        address=f"{site.base_url}/b/{briefing.id}/" if site.base_url else None,
        is_article=True,
    )


def of_authority(authority: Authority, site: Site) -> Citation:
    return Citation(
        key=authority.id.replace("/", "-"),
        title=authority.name,
        authors=(),
        outlet=None,
        date=None,
        original=None,
        language=site.language,
        archive=site.title,
        keeper=site.publisher or None,
        number=authority.id,
        address=f"{site.base_url}/{authority_permalink(authority)}" if site.base_url else None,
        is_article=False,
    )


def names(byline: str) -> tuple[str, ...]:
    """The authors of a byline, each as printed. It is cut only where every piece is a full name.

    >>> names("Li Wei, Anna Schmidt and Jo Bloggs")
    ('Li Wei', 'Anna Schmidt', 'Jo Bloggs')
    >>> names("Smith, John"), names("Ministry of Trade and Industry")
    (('Smith, John',), ('Ministry of Trade and Industry',))
    """
    pieces = [piece for part in _SEPARATOR.split(byline) for piece in _COMMA.split(part) if piece]
    if len(pieces) > 1 and all(_is_full(piece) for piece in pieces):
        return tuple(pieces)
    return (byline,) if byline else ()


def _is_full(name: str) -> bool:
    """Two words or more; in East Asian scripts a name has no space."""
    return len(name.split()) > 1 or _EAST_ASIAN.match(name) is not None
