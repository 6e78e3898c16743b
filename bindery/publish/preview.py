"""A briefing that was just edited → its page as the next build will make it, for `serve`: in a moment, however large the archive.

What the edit moves on it besides its own text (counts in its index, neighbours in time, its story) is as the last build had it, until that
build has ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from bindery.config import Site
from bindery.content import store
from bindery.errors import ArchiveError
from bindery.publish import entries, ledger
from bindery.publish.known import look
from bindery.publish.reader import Reader, content


class Preview:
    """What the last build knew, kept at hand. Raises ContentError and SiteError, alone or in an ExceptionGroup, as a build would."""

    def __init__(self, site: Site) -> None:
        known = look(site, ledger.load(site))
        self._site = site
        self._reader = Reader(known)
        listed = {entry.id: entry for entry in known.before.listed()}
        self._id_by_path = {entry.path: entry.id for entry in listed.values()}
        self._reader.arrange(listed, known.before.leaves, self._reader.group(listed, known.before.leaves, listed))
        self._entries = self._reader.listed
        self._reader.close()

    def pages(self, paths: Iterable[Path]) -> dict[str, bytes]:
        """Permalink → page, for those of the files that are briefings the last build had. One that cannot be read is left to the build,
        which says why."""
        made: dict[str, bytes] = {}
        for path in paths:
            identifier = self._id_by_path.get(f"content/{store.BRIEFINGS}/{path.name}")
            if identifier is not None and path.parent == self._site.content / store.BRIEFINGS:
                with suppress(ArchiveError, OSError):
                    made |= self._page(identifier)
        self._reader.close()  # the next build replaces the files in the cache
        return made

    def _page(self, identifier: str) -> dict[str, bytes]:
        reader, known = self._reader, self._reader.known
        shown, body = reader.renewed(identifier)
        if shown.id != identifier:
            return {}
        leaf = entries.leaf(shown, body, known.authorities, self._site)
        before, entry = self._entries[identifier], entries.entry(shown, body, self._site, leaf=leaf)
        self._entries[identifier] = msgspec.structs.replace(entry, story=before.story, beside=before.beside)
        page = reader.planned.get(self._entries[identifier].permalink)
        return {page.permalink: content(page, known.templates.env, reader.pieces)} if page else {}
