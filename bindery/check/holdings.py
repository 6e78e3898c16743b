"""content/ → a library of outlines: everything that is checked of a briefing, read again only where its file changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date as Date
from functools import partial
from itertools import accumulate
from typing import TypeVar

from bindery import reading, stamps
from bindery.check.ledger import Memory, Outline
from bindery.config import Site
from bindery.content import decisions, files, store
from bindery.errors import ContentError
from bindery.model import Authority, Briefing, Kind, Library, Mention
from bindery.publish.sources import ADDRESS_KEY
from bindery.stamps import Stamp

Read = TypeVar("Read")
Noted = dict[str, tuple[int, Read]]


def library(site: Site, folders: Mapping[str, Mapping[str, Stamp]], memory: Memory) -> Library:
    """As `store.load`, but for texts, of which there are just the names, and for what the program itself keeps of them.

    The memory then has what is there. Raises an ExceptionGroup of ContentErrors.
    """
    reader = _Reader(site, folders)
    outlines = reader.read(store.BRIEFINGS, memory.outlines, _outline)
    records: Noted[Authority] = {}
    for kind in site.kinds:
        records |= reader.read(kind.folder, memory.records, partial(_record, kind))
    briefings = [_briefing(outline) for _, outline in outlines.values()]
    reader.errors += store.duplicates(briefings)
    try:
        decided = decisions.load(site.content)
    except ContentError as error:
        reader.errors.append(error)
    if reader.errors:
        raise ExceptionGroup("content/ cannot be read", reader.errors)
    memory.outlines, memory.records = outlines, records
    by_id = {record.id: record for _, record in records.values()}
    merged = decided.among(by_id).merged
    resolved = (store.completed(one, site, merged, recorded=False, published=False) for one in briefings)
    return store.arranged(store.newest_first(resolved), by_id, merged)


class _Reader:
    """Gathers what is wrong with the files it reads."""

    def __init__(self, site: Site, folders: Mapping[str, Mapping[str, Stamp]]) -> None:
        self.errors: list[ContentError] = []
        self._site = site
        self._folders = folders

    def read(self, folder: str, before: Mapping[str, tuple[int, Read]], read: Callable[[str, str], Read]) -> Noted[Read]:
        """Path → what was read of a file of a folder, with the digest of just that."""
        noted: Noted[Read] = {}
        for name in sorted((name for name in self._folders[folder] if name != store.README), key=lambda name: name.removesuffix(".md")):
            shown = f"content/{folder}/{name}"
            known = before.get(shown)
            if known is None or known[0] != self._folders[folder][name].digest:
                try:
                    data = reading.data(f"{self._site.root}/{shown}", shown, ContentError)
                    known = stamps.digest(data), read(reading.decoded(data, shown, ContentError), shown)
                except ContentError as error:
                    self.errors.append(error)
                    continue
            noted[shown] = known
        return noted


def _record(kind: Kind, source: str, shown: str) -> Authority:
    return files.read_authority(source, shown, kind)


def _outline(source: str, shown: str) -> Outline:
    read = files.read_briefing(source, shown)
    url = read.extra.get(ADDRESS_KEY)
    printed = tuple((read.text[mention.start : mention.end], mention.authority) for mention in read.mentions)
    return Outline(read.id, read.slug, shown, read.heading, read.source, url if isinstance(url, str) else None, printed)


def _briefing(outline: Outline) -> Briefing:
    """A briefing whose text is the names it prints."""
    ends = list(accumulate(len(form) for form, _ in outline.printed))
    mentions = tuple(Mention(end - len(form), end, record) for end, (form, record) in zip(ends, outline.printed, strict=True))
    return Briefing(
        id=outline.id,
        slug=outline.slug,
        title=outline.heading,
        date=Date.min,
        source=outline.source,
        byline=None,
        language=None,
        text="".join(form for form, _ in outline.printed),
        mentions=mentions,
        extra={ADDRESS_KEY: outline.url} if outline.url else {},
        path=outline.path,
    )
