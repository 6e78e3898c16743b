"""Where everything stands in the site, and the promise that it stays there."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

from bindery.content import lock
from bindery.content.lock import Address
from bindery.errors import ContentError
from bindery.model import Authority, Briefing, Library


def briefing_permalink(briefing: Briefing) -> str:
    return f"briefings/{briefing.slug}.html"


def short_permalink(briefing: Briefing) -> str:
    """The address for e-mail: it holds the id alone, so that nothing in it can change."""
    return f"b/{briefing.id}/index.html"


def authority_permalink(authority: Authority) -> str:
    return f"{authority.id}.html"


def relative(origin: str, target: str, fragment: str = "") -> str:
    """The link from one permalink to another; ends in a file name, so it works from disk and in any folder of a host.

    >>> relative("briefings/a.html", "cities/chongqing.html", "mentions")
    '../cities/chongqing.html#mentions'
    """
    if fragment and origin == target:
        return f"#{fragment}"
    here, there = origin.split("/")[:-1], target.split("/")
    shared = next((depth for depth, (a, b) in enumerate(zip(here, there[:-1], strict=False)) if a != b), min(len(here), len(there) - 1))
    path = "../" * (len(here) - shared) + "/".join(there[shared:])
    return f"{path}#{fragment}" if fragment else path


def published(library: Library) -> dict[str, Address]:
    """The addresses that readers may keep: every briefing, its short address, and every authority record."""
    addresses = [
        *(Address(briefing_permalink(briefing), briefing=briefing.id) for briefing in library.briefings),
        *(Address(short_permalink(briefing), briefing=briefing.id) for briefing in library.briefings),
        *(Address(authority_permalink(authority)) for authority in library.authorities.values()),
    ]
    return {address.permalink: address for address in addresses}


def kept(addresses: Mapping[str, Address], library: Library, made: Container[str]) -> tuple[Address, ...]:
    """The locked addresses that have no page of their own any more, each with what stands for it.

    `made` are the permalinks of all pages. A renamed briefing is found by its id, a merged record by the decision, and an
    address that leads to one which moved on is followed. The reason given for one address of a briefing holds for all.
    Raises an ExceptionGroup of ContentErrors for those that would be lost, each saying how to keep it.
    """
    slug_by_id = {briefing.id: briefing_permalink(briefing) for briefing in library.briefings}
    reason_by_id = {address.briefing: address.reason for address in addresses.values() if address.briefing and address.reason}
    stubs, lost = [], []
    for permalink, address in addresses.items():
        if permalink in made:
            continue
        target = _followed(address, addresses, slug_by_id, library, made)
        if target in made:
            stubs.append(replace(address, target=target, reason=None))
        elif reason := address.reason or reason_by_id.get(address.briefing or ""):
            stubs.append(replace(address, reason=reason))
        else:
            lost.append(_lost(address))
    if lost:
        raise ExceptionGroup("addresses would be lost", lost)
    return tuple(stubs)


def _followed(
    address: Address, addresses: Mapping[str, Address], slug_by_id: Mapping[str, str], library: Library, made: Container[str]
) -> str | None:
    """The page that stands for an address, however often it moved; None where nothing does, or a circle."""
    seen: set[str] = set()
    while address.permalink not in seen and not address.reason:
        seen.add(address.permalink)
        stands = library.merged.get(address.permalink.removesuffix(".html"))
        target = address.target or slug_by_id.get(address.briefing or "") or (f"{stands}.html" if stands else None)
        if target is None or target in made:
            return target
        address = addresses.get(target, Address(target))
    return None


def _lost(address: Address) -> ContentError:
    if address.target:
        problem = f"{address.permalink} leads to {address.target}, which is not in the site"
        return ContentError(problem, at=lock.AT, fix=f"name a page that exists after '{address.permalink} ->'")
    line = f"{address.permalink} = {address.briefing}" if address.briefing else address.permalink
    return ContentError(
        f"{address.permalink} was published and has no page any more",
        at=lock.AT,
        fix=f"restore its file in content/, or complete its line: '{line} -> page.html' or '{line} gone: reason'",
    )
