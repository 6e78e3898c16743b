"""content/permalinks.lock ⇄ addresses: every address ever published, and what people said of those that are gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bindery import reading
from bindery.errors import ContentError
from bindery.model import Place

LOCK_FILE = "content/permalinks.lock"
AT = Place(LOCK_FILE)
NO_LONGER_NAMED = "no briefing names it any more"
"""The reason ingest gives when it takes back a proposal of its own; withdrawn again when a page returns."""

_HEAD = """\
# Every address ever published: a build that would lose one fails. Kept by build.py; lines are never removed.
# To keep an address whose page is gone, complete its line with a page that stands for it or with a reason:
#   officials/old-name.html -> officials/new-name.html
#   briefings/2016-01-19-title.html = 6898abf gone: withdrawn at the publisher's request
"""
_PERMALINK = r"(?:[a-z0-9][a-z0-9_-]*/)*[a-z0-9][a-z0-9_-]*\.[a-z]+"
_LINE = re.compile(
    rf"(?P<permalink>{_PERMALINK})(?: = (?P<briefing>[a-z0-9]+))?(?: -> (?P<target>{_PERMALINK})| gone: (?P<reason>\S.*))?", re.ASCII
)
_SHORT = re.compile(r"b/(?P<briefing>[a-z0-9]+)/index\.html", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """A line of the lock. At most one of target and reason is given."""

    permalink: str
    briefing: str | None = None
    """Id of the briefing it was published for, by which a renamed one is found again; None for other pages."""
    target: str | None = None
    """The page that stands for it now, written by a person."""
    reason: str | None = None
    """Why the page is gone."""

    @property
    def is_plain(self) -> bool:
        """Nobody said anything of it: it stands where it was published."""
        return self.target is None and self.reason is None


def read(root: Path) -> dict[str, Address]:
    """Address by permalink; empty before the first build. Raises ContentError with the line."""
    path = root / LOCK_FILE
    if not path.exists():
        return {}
    addresses: dict[str, Address] = {}
    for number, line in enumerate(reading.text(path, LOCK_FILE, ContentError).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise ContentError(f"not an address: {line!r}", at=Place(LOCK_FILE, number), fix="restore the line from the git history")
        short = _SHORT.fullmatch(match["permalink"])
        briefing = match["briefing"] or (short["briefing"] if short else None)
        address = Address(match["permalink"], briefing, match["target"], match["reason"])
        addresses[address.permalink] = _agreed(addresses.get(address.permalink, address), address, number)
    return addresses


def _agreed(before: Address, now: Address, number: int) -> Address:
    """One of two lines for one address, as a merge of two branches leaves them: the one that says more."""
    if before.is_plain or before.reason == NO_LONGER_NAMED:
        return now
    if now.is_plain or now.reason == NO_LONGER_NAMED or before == now:
        return before
    raise ContentError(
        f"{now.permalink} stands twice, and the lines differ",
        at=Place(LOCK_FILE, number),
        fix="keep the right one, delete the other",
    )


def dump(addresses: Iterable[Address]) -> str:
    """The lock file, sorted by permalink."""
    return _HEAD + "".join(f"{_line(address)}\n" for address in sorted(addresses, key=lambda address: address.permalink))


def withdrawn(addresses: Mapping[str, Address]) -> frozenset[str]:
    """Ids of the briefings that people took back: ingest does not make them again."""
    return frozenset(address.briefing for address in addresses.values() if address.briefing and address.reason)


def taken_back(addresses: Mapping[str, Address], permalinks: Iterable[str]) -> dict[str, Address]:
    """The lock after ingest deleted proposals of its own: their addresses, where they were published, say so."""
    gone = {permalink: replace(addresses[permalink], reason=NO_LONGER_NAMED) for permalink in permalinks if permalink in addresses}
    return {**addresses, **gone}


def grown(addresses: Mapping[str, Address], published: Mapping[str, Address]) -> dict[str, Address]:
    """The lock with what is published now; lines that are there stay as people left them."""
    back = {permalink for permalink, address in addresses.items() if permalink in published and address.reason == NO_LONGER_NAMED}
    return {**published, **{permalink: address for permalink, address in addresses.items() if permalink not in back}}


def _line(address: Address) -> str:
    line = f"{address.permalink} = {address.briefing}" if address.briefing else address.permalink
    if address.reason:
        return f"{line} gone: {address.reason}"
    return f"{line} -> {address.target}" if address.target else line
