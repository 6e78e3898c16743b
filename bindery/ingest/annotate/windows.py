"""Very long paragraphs ⇄ windows: what is looked for in a paragraph is compared with all else in it, so none may be endless."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from msgspec import structs

from bindery.ingest.draft import Annotation, Candidate, Draft, Entity, Paragraph, Span, Suspect

LONGEST = 4_000
"""Code points. The longest paragraph of 300 pages has 2,900; a page captured as one line is cut between its sentences."""

_BREAKS = (re.compile(r"[.!?]['\"”’)]* (?=[^a-z])|[。！？][」』”]?"), re.compile(r"[,;:、，；：] ?"), re.compile(r"\s"))
"""Where a window may end, best first; where none of these stands in its second half it ends anywhere."""


class Windows:
    """The windows of a draft, and the way back from a place in one to the place in its paragraph. An endless title is cut short."""

    def __init__(self, draft: Draft) -> None:
        self._whole = draft
        self._places = [
            (number, start, end) for number, paragraph in enumerate(draft.paragraphs) for start, end in _cut(paragraph.text, LONGEST)
        ]

    @property
    def draft(self) -> Draft:
        """The draft with each window as a paragraph; itself where no paragraph is long."""
        title = self._whole.metadata.title or ""
        if len(self._places) == len(self._whole.paragraphs) and len(title) <= LONGEST:
            return self._whole
        return replace(
            self._whole,
            metadata=replace(self._whole.metadata, title=title[:LONGEST] or None),
            paragraphs=tuple(_part(self._whole.paragraphs[number], start, end) for number, start, end in self._places),
            suspects=tuple(self._suspects()),
        )

    def whole(self, found: Annotation) -> Annotation:
        """What was found in the windows, placed in the paragraphs."""
        if len(self._places) == len(self._whole.paragraphs):
            return found
        return Annotation(
            tuple(self._entity(entity) for entity in found.entities),
            tuple((self._span(span), reason) for span, reason in found.ambiguous),
            tuple(self._candidate(candidate) for candidate in found.candidates),
        )

    def _suspects(self) -> Iterable[Suspect]:
        for suspect in self._whole.suspects:
            for window, (number, start, end) in enumerate(self._places):
                if number == suspect.paragraph and suspect.start < end and start < suspect.end:
                    yield structs.replace(
                        suspect, paragraph=window, start=max(suspect.start, start) - start, end=min(suspect.end, end) - start
                    )

    def _span(self, span: Span) -> Span:
        number, start, _ = self._places[span.paragraph]
        return Span(number, start + span.start, start + span.end)

    def _entity(self, entity: Entity) -> Entity:
        beside = self._span(entity.role_span) if entity.role_span else None
        return structs.replace(entity, spans=tuple(map(self._span, entity.spans)), role_span=beside)

    def _candidate(self, candidate: Candidate) -> Candidate:
        return structs.replace(candidate, span=self._span(candidate.span))


def _part(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    return paragraph if end - start == len(paragraph.text) else structs.replace(paragraph, text=paragraph.text[start:end])


def _cut(text: str, longest: int) -> Sequence[tuple[int, int]]:
    """Start and end of each window."""
    places, start = [], 0
    while len(text) - start > longest:
        end = _end(text, start + longest // 2, start + longest)
        places.append((start, end))
        start = end
    return [*places, (start, len(text))]


def _end(text: str, first: int, last: int) -> int:
    for mark in _BREAKS:
        ends = [match.end() for match in mark.finditer(text, first, last)]
        if ends:
            return ends[-1]
    return last
