"""content/questions.json ⇄ Queue: what wants a human eye, with the lines that each answer would write.

The program's own file, in archives that publish their questions (`review: true`): ingest asks, publish shows, and they meet here.
"""

from __future__ import annotations

import msgspec

from bindery import reading
from bindery.config import Site
from bindery.errors import ContentError
from bindery.model import Place

QUESTIONS_FILE = "content/questions.json"
CONTEXT = 3
"""Lines before and after a change that a patch shows, so that it fits where lines were added elsewhere."""


class Edit(msgspec.Struct, frozen=True, omit_defaults=True):
    """Lines of one file that an answer takes out and puts in."""

    path: str
    """Relative to the archive's root."""
    at: int
    """How many lines stand before it."""
    drop: int
    add: list[str]
    head: str = ""
    """A line that has to stand before those, once for all answers that share it: "accept:" where nothing was accepted yet."""


class Answer(msgspec.Struct, frozen=True):
    words: str
    edits: list[Edit]


class Line(msgspec.Struct, frozen=True):
    """One captured line."""

    number: int
    text: str
    here: bool
    """The question is about it."""


class Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    """A question with its evidence."""

    key: str
    topic: str
    question: str
    sentence: str
    at: str
    """File and line it is about."""
    form: str
    """The name it is about; empty where there is none."""
    briefing: str
    """Id; empty for a question about records."""
    records: list[str]
    lines: list[Line]
    settle: list[str]
    """How to answer by hand."""
    answers: list[Answer]
    briefings: list[str] = []
    """Ids, of a question about two."""


class Window(msgspec.Struct, frozen=True):
    """The lines of a file that answers touch, and those around them."""

    lines: dict[int, str]
    """Counted from 0."""
    count: int
    """Of all its lines."""
    is_new: bool
    """There is no such file yet."""


class Queue(msgspec.Struct, frozen=True):
    count: int = 0
    """Questions there are; the most valuable are listed."""
    questions: list[Asked] = []
    files: dict[str, Window] = {}


def dump(queue: Queue) -> str:
    """Laid out so that a difference between two runs can be read."""
    return msgspec.json.format(msgspec.json.encode(queue), indent=1).decode() + "\n"


def load(site: Site) -> Queue:
    """Empty before the first ingest. Raises ContentError."""
    path = site.root / QUESTIONS_FILE
    if not path.exists():
        return Queue()
    try:
        return msgspec.json.decode(reading.data(path, QUESTIONS_FILE, ContentError), type=Queue)
    except msgspec.MsgspecError as problem:
        fix = "delete it and run build.py ingest"
        raise ContentError(f"not a list of questions: {problem}", at=Place(QUESTIONS_FILE), fix=fix) from problem
