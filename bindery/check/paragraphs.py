"""What the archive says of its briefings, and their pages → a finding for every paragraph address that its page does not have.

An archive's own templates may leave out what the program gives them.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from bindery import reading
from bindery.check.ledger import Memory, Promised
from bindery.check.pages import NO_PAGE, Pages
from bindery.config import Site
from bindery.errors import SiteError
from bindery.model import Finding, Place
from bindery.publish import exports, ledger, swap
from bindery.publish.leaves import Leaves
from bindery.segments import Segments

Said = Callable[[], Mapping[str, Any]]
"""Gives what archive.json says of a briefing."""
_FIX = "let the template give every paragraph the id .anchor and those of .aliases, as the program's components/paragraph.html does"


def findings(site: Site, pages: Pages, memory: Memory) -> Iterator[Finding]:
    """Page by page, in the order of the archive; nothing for a site without data."""
    before, memory.promised = memory.promised, {}
    if exports.ARCHIVE not in pages.files:
        return
    for permalink, checksum, said in _said(site):
        known = before.get(permalink)
        if known is None or known.checksum != checksum or permalink not in pages.now or permalink in pages.changed:
            known = Promised(checksum, tuple(_missing(said(), permalink, pages)))
        memory.promised[permalink] = known
        for key in known.missing:
            yield Finding("lost-address", Place(f"{site.output.name}/{permalink}"), f"#p-{key} was published and is not in the page", _FIX)


def _missing(briefing: Mapping[str, Any], permalink: str, pages: Pages) -> Iterator[str]:
    there = pages.page(permalink).ids if permalink in pages.now else NO_PAGE.ids
    for paragraph in briefing["paragraphs"]:
        yield from (key for key in (paragraph["key"], *paragraph["aliases"]) if f"p-{key}" not in there)


def _said(site: Site) -> Iterator[tuple[str, int, Said]]:
    """Permalink, checksum of what is said, and what is said: as the build remembers it, else as archive.json has it."""
    built = ledger.load(site)
    if built.live == 0 or built.live != swap.number(site.output) or any(entry.id not in built.leaves for entry in built.listed()):
        yield from _in_archive(site)
        return
    with Segments(site.cache / ledger.FOLDER) as segments:
        leaves = Leaves(segments, built.leaves, {})
        for entry in built.listed():
            yield entry.permalink, built.leaves[entry.id].checksum, partial(_in_leaf, entry.id, entry.permalink, leaves, site)


def _in_leaf(identifier: str, permalink: str, leaves: Leaves, site: Site) -> Mapping[str, Any]:
    try:
        said: Mapping[str, Any] = json.loads(leaves[identifier].data)
    except KeyError:  # damaged
        said = next(said() for found, _, said in _in_archive(site) if found == permalink)
    return said


def _in_archive(site: Site) -> Iterator[tuple[str, int, Said]]:
    source = reading.text(site.output / exports.ARCHIVE, f"{site.output.name}/{exports.ARCHIVE}", SiteError)
    for briefing in json.loads(source)["briefings"]:
        yield f"briefings/{briefing['slug']}.html", zlib.crc32(repr(briefing).encode()), partial(dict, briefing)
