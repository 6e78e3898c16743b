"""site/ and content/ → findings: what a reader would stumble over."""

from __future__ import annotations

from collections.abc import Iterator

from bindery.check import links, mentions
from bindery.config import Site
from bindery.model import Finding, Library
from bindery.publish import permalinks


def findings(library: Library, site: Site) -> Iterator[Finding]:
    """Everything wrong with the library and with the site made from it, place by place."""
    yield from mentions.findings(library, site)
    yield from _addresses(site)
    yield from links.findings(site.output)


def _addresses(site: Site) -> Iterator[Finding]:
    for permalink in permalinks.read_lock(site.root):
        if not (site.output / permalink).is_file():
            fix = "run build.py publish; if it refuses, it says how to keep the address"
            yield Finding("lost-address", permalinks.lock_place(), f"{permalink} was published and is not in the site", fix)
