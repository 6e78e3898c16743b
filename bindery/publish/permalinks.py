"""Where everything stands in the site, and the promise that it stays there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Literal, Protocol

from bindery.config import Site
from bindery.content import lock
from bindery.content.lock import Address
from bindery.errors import ContentError
from bindery.model import Authority, AuthorityId, Place

NETWORK = "network.html"
"""Who is named with whom, in the whole archive."""
MAP = "map.html"
"""Places, where they are."""
REVIEW = "review.html"
"""What the program could not decide, in archives that publish it."""
TOGETHER = "together"
"""Folder of the pages with the sentences that name two."""
DOSSIERS = "dossiers/index.html"
"""All standing dossiers."""
OFFICES = "offices"
"""Folder of the pages with the holders of an office."""
ALL_OFFICES = f"{OFFICES}/index.html"
LONGEST_OF_PAIR = 150
"""Characters of an address with two names in it; old Windows programs read no path over 260."""
_OF_PAIR = re.compile(rf"{TOGETHER}/([^/]+/[^/]+)/([^/]+/[^/]+)\.html")
Pair = tuple[AuthorityId, AuthorityId]
"""Two records, in the order of their ids."""
FeedForm = Literal["xml", "json"]
"""End of a feed's file name: Atom or JSON Feed."""
FEED_TYPES: Mapping[FeedForm, str] = {"xml": "application/atom+xml", "json": "application/feed+json"}

DATA_PAGE = "data/index.html"
"""What there is of the archive for programs."""


class Addressed(Protocol):
    """A briefing, or its entry."""

    @property
    def id(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def path(self) -> str: ...


def briefing_permalink(briefing: Addressed) -> str:
    return f"briefings/{briefing.slug}.html"


def short_permalink(briefing: Addressed) -> str:
    """The address for e-mail: it holds the id alone, so that nothing in it can change."""
    return f"b/{briefing.id}/index.html"


def authority_permalink(authority: Authority) -> str:
    return f"{authority.id}.html"


def pair(one: AuthorityId, other: AuthorityId) -> Pair:
    return (one, other) if one < other else (other, one)


def pair_permalink(pair: Pair) -> str:
    """The page with the sentences of a pair: "together/cities/chongqing/officials/mori.html"."""
    whole = f"{TOGETHER}/{pair[0]}/{pair[1]}.html"
    if len(whole) <= LONGEST_OF_PAIR:
        return whole
    return f"{TOGETHER}/{hashlib.blake2b(whole.encode(), digest_size=8).hexdigest()}.html"


def dossier_permalink(slug: str) -> str:
    return f"dossiers/{slug}.html"


def pair_of(permalink: str) -> Pair | None:
    """The pair whose page stands there; None for any other page, and where the names were too long to stand in the address."""
    found = _OF_PAIR.fullmatch(permalink)
    return (found[1], found[2]) if found else None


def office_permalink(key: str) -> str:
    """The page with the holders of an office: "offices/mayor-of-chongqing.html"."""
    return f"{OFFICES}/{key}.html"


def office_of(permalink: str) -> str | None:
    """The key of the office whose page stands there; None for any other page."""
    inside = permalink.startswith(f"{OFFICES}/") and permalink != ALL_OFFICES
    return permalink.removeprefix(f"{OFFICES}/").removesuffix(".html") if inside else None


def feed_permalink(record: AuthorityId | None, form: FeedForm) -> str:
    """Of the archive ("feed.xml") or of a record ("feeds/cities/chongqing.json")."""
    return f"feeds/{record}.{form}" if record else f"feed.{form}"


def feed_addresses(record: AuthorityId | None, site: Site) -> tuple[tuple[str, str], ...]:
    """Media type and absolute address of both feeds; none for an archive without an address, which has no feeds."""
    if not site.base_url:
        return ()
    return tuple((media_type, f"{site.base_url}/{feed_permalink(record, form)}") for form, media_type in FEED_TYPES.items())


def relative(origin: str, target: str, fragment: str = "") -> str:
    """The link from one permalink to another; ends in a file name, so it works from disk and in any folder of a host.

    >>> relative("briefings/a.html", "cities/chongqing.html", "mentions")
    '../cities/chongqing.html#mentions'
    """
    if fragment and origin == target:
        return f"#{fragment}"
    path = _path(origin.rpartition("/")[0], target)
    return f"{path}#{fragment}" if fragment else path


def _path(folder: str, target: str) -> str:
    """From any page of a folder."""
    if not folder:
        return target
    if target.startswith(f"{folder}/"):
        return target[len(folder) + 1 :]
    if "/" not in folder:
        return f"../{target}"
    here, there = folder.split("/"), target.split("/")
    shared = next((depth for depth, (a, b) in enumerate(zip(here, there[:-1], strict=False)) if a != b), min(len(here), len(there) - 1))
    return "../" * (len(here) - shared) + "/".join(there[shared:])


def published(briefings: Collection[Addressed], authorities: Iterable[AuthorityId]) -> dict[str, Address]:
    """The addresses that readers may keep: every briefing, its short address, and every authority record."""
    addresses = [
        *(Address(briefing_permalink(briefing), briefing=briefing.id) for briefing in briefings),
        *(Address(short_permalink(briefing), briefing=briefing.id) for briefing in briefings),
        *(Address(f"{authority}.html") for authority in authorities),
    ]
    return {address.permalink: address for address in addresses}


def published_pairs(pairs: Iterable[Pair]) -> dict[str, Address]:
    """The same of the pages of two names."""
    return {permalink: Address(permalink) for permalink in map(pair_permalink, pairs)}


def published_dossiers(site: Site) -> dict[str, Address]:
    """The same of the standing dossiers, and of the page of all."""
    return {one: Address(one) for one in (DOSSIERS, *(dossier_permalink(dossier.slug) for dossier in site.dossiers))}


def published_offices(keys: Iterable[str]) -> dict[str, Address]:
    """The same of the pages of offices."""
    return {permalink: Address(permalink) for permalink in map(office_permalink, keys)}


def kept(
    addresses: Mapping[str, Address],
    briefings: Collection[Addressed],
    authorities: Iterable[AuthorityId],
    merged: Mapping[AuthorityId, AuthorityId],
    made: Container[str],
) -> tuple[Address, ...]:
    """The locked addresses that have no page of their own any more, each with what stands for it.

    `merged` are the records that decisions merged into others, `made` are the permalinks of all pages. A renamed briefing is
    found by its id, a merged record by the decision, and an address that leads to one which moved on is followed. The page or
    the reason given for one address of a briefing holds for all. For two names and for an office without a page of their own
    there is always something. Raises an ExceptionGroup of ContentErrors for those that would be lost, each saying how to keep it.
    """
    lost = list(_given_away(addresses, briefings))
    if all(permalink in made for permalink in addresses) and not lost:
        return ()
    said = _said(addresses, briefings, made)
    stubs, gone = [], []
    for permalink, address in addresses.items():
        if permalink in made:
            continue
        target = _followed(address, addresses, said, merged, made)
        if target in made:
            stubs.append(replace(address, target=target, reason=None))
        elif reason := address.reason or said.get(address.briefing or "", address).reason:
            stubs.append(replace(address, reason=reason, target=None))
        else:
            gone.append(address)
    if gone:
        now = published(briefings, authorities)
        lost += [_lost(address, addresses, now) for address in gone]
    if lost:
        raise ExceptionGroup("addresses would be lost", lost)
    return tuple(stubs)


def _given_away(addresses: Mapping[str, Address], briefings: Iterable[Addressed]) -> Iterator[ContentError]:
    """Addresses of one briefing that another one has now: a link to the first would lead to the second."""
    for briefing in briefings:
        before = addresses.get(briefing_permalink(briefing))
        if before and before.briefing and before.briefing != briefing.id:
            problem = f"{before.permalink} was published for briefing {before.briefing}, and this is {briefing.id}"
            yield ContentError(
                problem, at=Place(briefing.path), fix=f"give the file another name, or its front matter id: {before.briefing}"
            )


def _said(addresses: Mapping[str, Address], briefings: Iterable[Addressed], made: Container[str]) -> dict[str, Address]:
    """Briefing id → what holds for all its addresses: the page it has now, else what a person wrote beside one of them."""
    said = {address.briefing: address for address in addresses.values() if address.briefing and address.reason}
    said |= {address.briefing: address for address in addresses.values() if address.briefing and address.target in made}
    for briefing in briefings:
        permalink = briefing_permalink(briefing)
        said[briefing.id] = Address(permalink, briefing.id, target=permalink)
    return said


def _followed(
    address: Address,
    addresses: Mapping[str, Address],
    said: Mapping[str, Address],
    merged: Mapping[AuthorityId, AuthorityId],
    made: Container[str],
) -> str | None:
    """The page that stands for an address, however often it moved; None where nothing does, or a circle."""
    seen: set[str] = set()
    while address.permalink not in seen and not address.reason:
        seen.add(address.permalink)
        stands = merged.get(address.permalink.removesuffix(".html"))
        target = address.target or said.get(address.briefing or "", address).target or (f"{stands}.html" if stands else None)
        if target is None and address.permalink.startswith(f"{TOGETHER}/"):
            return _instead_of_pair(address.permalink, merged, made)
        if target is None and address.permalink.startswith(f"{OFFICES}/"):
            return ALL_OFFICES
        if target is None or target in made:
            return target
        address = addresses.get(target, Address(target))
    return None


def _instead_of_pair(permalink: str, merged: Mapping[AuthorityId, AuthorityId], made: Container[str]) -> str:
    """What stands for the page of two names: that of the records they were merged into, else one of the two, else the network."""
    two = [merged.get(one, one) for one in pair_of(permalink) or ()]
    pages = [f"{one}.html" for one in two]
    if len({*two}) == 2:
        pages.insert(0, pair_permalink(pair(*two)))
    return next((page for page in pages if page in made), NETWORK)


def _lost(address: Address, addresses: Mapping[str, Address], now: Mapping[str, Address]) -> ContentError:
    if address.target:
        problem = f"{address.permalink} leads to {address.target}, which is not in the site"
        return ContentError(problem, at=lock.AT, fix=f"name a page that exists after '{address.permalink} ->'")
    if address.permalink.startswith(f"{DOSSIERS.partition('/')[0]}/"):
        slug = address.permalink.rpartition("/")[2].removesuffix(".html")
        return ContentError(
            f"{address.permalink} was published, and site.yaml has no such dossier any more",
            at=lock.AT,
            fix=f"restore it under dossiers: in site.yaml (slug: {slug}), or complete its line: '{address.permalink} -> {DOSSIERS}'",
        )
    line = f"{address.permalink} = {address.briefing}" if address.briefing else address.permalink
    page = _renamed(address, addresses, now) or "page.html"
    withdraw = f"run build.py withdraw {address.briefing} --reason …, " if address.briefing else ""
    return ContentError(
        f"{address.permalink} was published and has no page any more",
        at=lock.AT,
        fix=f"restore its file in content/, {withdraw}or complete its line: '{line} -> {page}' or '{line} gone: reason'",
    )


def _renamed(address: Address, addresses: Mapping[str, Address], now: Mapping[str, Address]) -> str | None:
    """The page it probably has now: a new one of nearly the same name, or the one its briefing's other address has."""
    same = [permalink for permalink, other in addresses.items() if other.briefing and other.briefing == address.briefing]
    pages = [permalink for permalink in same if permalink in now and not permalink.startswith("b/")]
    folder = address.permalink.rpartition("/")[0]
    new = [permalink for permalink in now if permalink not in addresses and permalink.rpartition("/")[0] == folder]
    return next(iter(pages or get_close_matches(address.permalink, new, n=1, cutoff=0.75)), None)
