"""content/questions.json → review.html: the published desk, whose answers a reader takes along as a patch.

What is withheld of a briefing is withheld here, too: a question about one whose text is not published in full is not shown, and one
about records says nothing that such a briefing printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from markupsafe import Markup, escape

from bindery import stamps
from bindery.content import questions
from bindery.content.questions import Asked, Queue
from bindery.model import AuthorityId
from bindery.publish.entry import Entry
from bindery.publish.permalinks import REVIEW
from bindery.publish.planned import Planned
from bindery.publish.views.catalogue import Catalogue, Named

TOPICS = {
    "ambiguous": "A name that is not linked",
    "merge": "One record or two",
    "unsure": "A name that fell short of proof",
    "split": "One person or two",
    "copy": "One release or two",
    "event": "One event or two",
    "dropped": "A line that was dropped",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A question as the page shows it."""

    asked: Asked
    topic: str
    sentence: Markup
    """With the name it is about marked."""
    entries: Sequence[Entry]
    """The briefing it stands in, or the two it is about."""
    records: Sequence[Named]


@dataclass(frozen=True, slots=True)
class ReviewView:
    rows: Sequence[Row]
    count: int
    """Questions there are, be they shown or not."""


def files(catalogue: Catalogue, name: Mapping[AuthorityId, int]) -> Iterator[Planned]:
    """The page, and the lines that its answers write. `name` are digests of how records are called. Raises ContentError."""
    if not catalogue.site.review:
        return
    queue = questions.load(catalogue.site)
    shown = list(_rows(queue, catalogue))
    digest = stamps.digest(questions.dump(queue).encode())
    faces = (entry.face for row in shown for entry in row.entries)
    names = (name[named.id] for row in shown for named in row.records)
    key = hash((digest, tuple(faces), tuple(names), *(bool(row.sentence) for row in shown)))
    yield Planned(REVIEW, "pages/review.html", key, lambda: {"view": ReviewView(shown, queue.count), "section": ""})
    yield Planned("data/review.js", "feeds/data.js", key, lambda: _patches(queue, shown))


def _rows(queue: Queue, catalogue: Catalogue) -> Iterator[Row]:
    for asked in queue.questions:
        briefings = [asked.briefing, *asked.briefings] if asked.briefing else asked.briefings
        found = [catalogue.entries[one] for one in briefings if one in catalogue.entries]
        records = [catalogue.named[record] for record in asked.records if record in catalogue.named]
        if len(found) < len(briefings) or any(one.rights != "full" for one in found) or len(records) < len(asked.records):
            continue
        printed_by = (one for record in asked.records for one in catalogue.briefings.get(record, ()))
        if any(one.rights != "full" for one in printed_by):
            asked = msgspec.structs.replace(asked, question=_bare(records), sentence="", lines=[])  # noqa: PLW2901  # the same, with less
        yield Row(asked, TOPICS.get(asked.topic, asked.topic), _marked(asked), found, records)


def _bare(records: Sequence[Named]) -> str:
    """The question about records, without what pages print of them."""
    names = [f"{named.name!r}" for named in records]
    return f"are {' and '.join(names)} one?" if len(names) > 1 else f"is {names[0]} one?"


def _marked(asked: Asked) -> Markup:
    parts = asked.sentence.split(asked.form) if asked.form else [asked.sentence]
    return Markup("<mark>{}</mark>").format(asked.form).join(map(escape, parts))


def _patches(queue: Queue, shown: Sequence[Row]) -> Mapping[str, Markup | str]:
    """`{"files": path → window, "answers": question → edits of each answer}`."""
    answers = {row.asked.key: [answer.edits for answer in row.asked.answers] for row in shown}
    wanted = {edit.path for found in answers.values() for edits in found for edit in edits}
    windows = {path: window for path, window in queue.files.items() if path in wanted}
    value = json.dumps(msgspec.to_builtins({"files": windows, "answers": answers}, str_keys=True), ensure_ascii=False)
    return {"variable": "archiveReview", "value": Markup(value)}  # noqa: S704  # JSON in a script file
