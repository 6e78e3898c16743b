"""entries → stories: which briefings are one release, one page or one event, and the entries that say so of each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date as Date
from typing import Literal, TypeVar

import msgspec

from bindery.content.decisions import Decisions
from bindery.publish.entry import Beside, Entry
from bindery.publish.planned import key_of
from bindery.stories import likeness
from bindery.stories.grouping import Grouped, Settled, grouped
from bindery.stories.likeness import Pair, Shingles, Text

T = TypeVar("T", bound=Hashable)


def found(listed: Mapping[str, Entry], shingles: Shingles, decided: Decisions, known: Mapping[Pair, float]) -> Grouped:
    """`known` are pairs measured before, of briefings that are as they were."""
    return grouped(map(text, listed.values()), shingles, Settled(decided.stories, decided.no_copies), known)


def repeated(listed: Iterable[Entry], told: Callable[[Entry], Iterable[T]]) -> dict[str, set[T]]:
    """Briefing id → what it tells and the one that leads its story, or an older one of it, told before: by this a story counts once."""
    members: dict[str, list[Entry]] = {}
    for entry in listed:
        if entry.beside:
            members.setdefault(entry.story, []).append(entry)
    found: dict[str, set[T]] = {}
    for story in members.values():
        before: set[T] = set()
        for entry in sorted(story, key=lambda entry: (not entry.is_lead, entry.date is None, entry.date or Date.min, entry.id)):
            own = {*told(entry)}
            found[entry.id] = own & before
            before |= own
    return found


def text(entry: Entry) -> Text:
    """A briefing as it is compared with others."""
    day = entry.date.toordinal() if entry.date else None
    where = likeness.address(entry.original), likeness.heading(entry.source_name, entry.title)
    return Text(entry.id, day, entry.size, entry.sample, *where, likeness.capture(entry.seed))


def completed(listed: Mapping[str, Entry], stories: Grouped, decided: Decisions) -> dict[str, Entry]:
    """The entries in their order, each with its story and with what stands beside it."""
    lead = {key: story.members[0] for story in stories.stories for key in story.members}
    beside: dict[str, list[Beside]] = {key: [] for key in lead}
    for story in stories.stories:
        captures = {key: page for page in story.pages for key in page}
        for key in story.members:
            beside[key] += _beside(key, story.members, captures.get(key, ()), listed)
    for key, others in _events(decided.events, listed, {story.members[0]: story.members for story in stories.stories}, lead):
        beside.setdefault(key, []).extend(_of("event", listed[other]) for other in others)
    return {key: _with(entry, lead.get(key, key), beside[key], listed) if key in beside else entry for key, entry in listed.items()}


def _beside(key: str, members: Iterable[str], captures: tuple[str, ...], listed: Mapping[str, Entry]) -> Iterator[Beside]:
    """The captures of its page, oldest first, then the copies in the order of the story."""
    yield from (_of("capture", listed[other]) for other in captures)
    yield from (_of("copy", listed[other]) for other in members if other != key and other not in captures)


def _events(
    events: Iterable[Iterable[str]], listed: Mapping[str, Entry], members: Mapping[str, tuple[str, ...]], lead: Mapping[str, str]
) -> Iterator[tuple[str, list[str]]]:
    """Briefing → the leading briefings of other stories about the same event, in the order of the lists."""
    place = {key: number for number, key in enumerate(listed)}
    told: dict[str, dict[str, None]] = {}
    for event in events:
        leads = dict.fromkeys(lead.get(key, key) for key in event if key in listed)
        for one in leads:
            told.setdefault(one, {}).update(dict.fromkeys(other for other in leads if other != one))
    for one, others in told.items():
        if others:
            yield from ((key, sorted(others, key=place.__getitem__)) for key in members.get(one, (one,)))


def _of(how: Literal["copy", "capture", "event"], other: Entry) -> Beside:
    return Beside(how, other.id, other.permalink, other.marked, other.marked_source, other.date)


def _with(entry: Entry, story: str, beside: list[Beside], listed: Mapping[str, Entry]) -> Entry:
    """Its digests are of these, too; of another capture of the page all that it says, since the two are compared."""
    told = [story, *(f"{one.how} {one.id}" for one in beside)]
    faces = [listed[one.id].face for one in beside]
    contents = [listed[one.id].content for one in beside if one.how == "capture"]
    own = hash((key_of(*told), *faces))
    return msgspec.structs.replace(
        entry, story=story, beside=beside, face=hash((entry.face, own)), content=hash((entry.content, own, *contents))
    )
