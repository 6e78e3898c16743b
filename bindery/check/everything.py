"""What is found, where something changed since the last check: of content/ and of the site only that is read."""

from __future__ import annotations

from collections.abc import Iterator

from bindery.check import archive, holdings, links, paragraphs
from bindery.check import pages as reading
from bindery.check.ledger import FOLDER, Ledger, Memory
from bindery.config import Site
from bindery.model import Finding
from bindery.segments import Segments


def findings(site: Site, now: Ledger, before: Ledger, memory: Memory) -> Iterator[Finding]:
    """Place by place. `now` has the files that there are, `before` those of the last check; the memory learns what is read.

    Raises ContentError, alone or in an ExceptionGroup, and SiteError.
    """
    library = holdings.library(site, now.folders, memory)
    gone = frozenset(before.files.keys() - now.files.keys())
    with Segments(site.cache / FOLDER) as store:
        pages = reading.pages(site, now.files, memory, store)
        yield from archive.findings(library, site, now.files)
        yield from paragraphs.findings(site, pages, memory)
        yield from links.findings(site, library, pages, memory, gone)
    reading.joined(site, memory)
