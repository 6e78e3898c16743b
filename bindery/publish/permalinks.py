"""Where everything stands in the site, and the promise that it stays there: content/permalinks.lock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bindery.errors import SiteError
from bindery.model import Authority, Briefing, Library, Place

LOCK_FILE = "content/permalinks.lock"
_LOCK_HEAD = """\
# Every address ever published: a build that would lose one fails. Kept by build.py; lines are never removed.
# To keep an address whose page is gone, add to its line a page that stands for it or a reason:
#   officials/old-name.html -> officials/new-name.html
#   briefings/2016-01-19-title.html gone: withdrawn at the publisher's request
"""
_LOCK_LINE = re.compile(r"(?P<permalink>\S+)(?: = (?P<briefing>\S+)| -> (?P<target>\S+)| gone: (?P<reason>.+))?")


@dataclass(frozen=True, slots=True)
class Address:
    """A line of the lock. At most one of target and reason is given."""

    permalink: str
    briefing: str | None = None
    """Id of the briefing it was published for, by which a renamed one is found again; None for other pages."""
    target: str | None = None
    """The page that stands for it now, written by a person."""
    reason: str | None = None
    """Why the page is gone, written by a person."""


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


def read_lock(root: Path) -> dict[str, Address]:
    """Address by permalink; empty before the first build. Raises SiteError with the line."""
    path = root / LOCK_FILE
    if not path.exists():
        return {}
    addresses: dict[str, Address] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LOCK_LINE.fullmatch(line.strip())
        if match is None or match["permalink"].startswith(("/", ".")):
            raise SiteError(f"not an address: {line!r}", at=Place(LOCK_FILE, number), fix="restore the line from the git history")
        addresses[match["permalink"]] = Address(match["permalink"], match["briefing"], match["target"], match["reason"])
    return addresses


def lock_place() -> Place:
    return Place(LOCK_FILE)


def dump_lock(addresses: Iterable[Address]) -> str:
    """The lock file, sorted by permalink."""
    return _LOCK_HEAD + "".join(f"{_lock_line(address)}\n" for address in sorted(addresses, key=lambda address: address.permalink))


def published(library: Library) -> dict[str, Address]:
    """The addresses that readers may keep: every briefing, its short address, and every authority record."""
    addresses = [
        *(Address(briefing_permalink(briefing), briefing=briefing.id) for briefing in library.briefings),
        *(Address(short_permalink(briefing), briefing=briefing.id) for briefing in library.briefings),
        *(Address(authority_permalink(authority)) for authority in library.authorities.values()),
    ]
    return {address.permalink: address for address in addresses}


def kept(lock: Mapping[str, Address], library: Library) -> tuple[Address, ...]:
    """The locked addresses that have no page of their own any more, each with what stands for it.

    A renamed briefing is found by its id, a merged record by the decision. Raises an ExceptionGroup of SiteErrors
    for those that would be lost, each saying how to keep it.
    """
    current = published(library)
    stubs, lost = [], []
    for permalink, address in lock.items():
        if permalink in current:
            continue
        target = address.target or _target(address, library)
        if address.reason or target in current:
            stubs.append(Address(permalink, address.briefing, target, address.reason))
        else:
            lost.append(_lost(address, target))
    if lost:
        raise ExceptionGroup("addresses would be lost", lost)
    return tuple(stubs)


def _target(address: Address, library: Library) -> str | None:
    if address.briefing:
        return next((briefing_permalink(briefing) for briefing in library.briefings if briefing.id == address.briefing), None)
    stands = library.merged.get(address.permalink.removesuffix(".html"))
    return f"{stands}.html" if stands else None


def _lost(address: Address, target: str | None) -> SiteError:
    at = lock_place()
    if target:
        return SiteError(
            f"{address.permalink} leads to {target}, which is not in the site",
            at=at,
            fix=f"name a page that exists after '{address.permalink} ->'",
        )
    return SiteError(
        f"{address.permalink} was published and has no page any more",
        at=at,
        fix=f"restore its file in content/, or complete its line: '{address.permalink} -> page.html' or '{address.permalink} gone: reason'",
    )


def _lock_line(address: Address) -> str:
    if address.reason:
        return f"{address.permalink} gone: {address.reason}"
    if address.target:
        return f"{address.permalink} -> {address.target}"
    return f"{address.permalink} = {address.briefing}" if address.briefing else address.permalink
