"""questions → content/questions.json: the queue of the published desk, each answer with the lines it would write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

import msgspec

from bindery import pipeline, sealed, stamps
from bindery.config import PROGRAM, Site
from bindery.content import changes, lock, questions, shelf, store
from bindery.content.changes import Change
from bindery.content.decisions import DECISIONS_FILE
from bindery.content.questions import CONTEXT, QUESTIONS_FILE, Answer, Asked, Edit, Line, Queue, Window
from bindery.desk import acts, sight
from bindery.errors import ArchiveError
from bindery.ingest.questions import Question
from bindery.model import Library
from bindery.publish import inputs
from bindery.stamps import Stamp

MOST = 50
"""Questions that are listed, a page of 150 KB; the others follow as these are answered."""
LEDGER = "review"


class Ledger(msgspec.Struct):
    """Everything the questions were last asked of."""

    folders: dict[str, dict[str, Stamp]] = {}


def keep(site: Site) -> None:
    """Bring content/questions.json up to date with content/ and seeds/; an archive that does not publish its questions has none.

    Whoever calls holds the turn (bindery/content/turn.py). Raises ContentError.
    """
    path, kept = site.root / QUESTIONS_FILE, site.cache / LEDGER
    if not site.review:
        shelf.remove(path)
        return
    before = sealed.load(kept, Ledger) or Ledger()
    now = {name: stamps.taken(found, before.folders.get(name, {})) for name, found in _asked_of(site).items()}
    if path.exists() and all(stamps.are_same(stamped, before.folders.get(name, {})) for name, stamped in now.items()):
        return
    found, library = pipeline.reviewed(site)
    source = questions.dump(_queue(found, library, site))
    if not path.exists() or path.read_text("utf-8") != source:
        shelf.write(path, source)
    now[QUESTIONS_FILE] = stamps.taken(_itself(site), {})
    sealed.save(kept, Ledger(now))


def _asked_of(site: Site) -> dict[str, stamps.Found]:
    """What publishing writes is left out: addresses decide no question."""
    content = {folder: found for folder, found in inputs.content(site).items() if folder != store.ANCHORS}
    rules = {name: one for name, one in inputs.rules(site)[inputs.SITE].items() if name not in (QUESTIONS_FILE, lock.LOCK_FILE)}
    program = {
        f"{stage}/{name}": one
        for stage in ("desk", "ingest", "stories")
        for name, one in stamps.tree(PROGRAM / "bindery" / stage, (".py",))
    }
    return {**content, inputs.SITE: rules, "program": program, "seeds": dict(stamps.tree(site.seeds)), QUESTIONS_FILE: _itself(site)}


def _itself(site: Site) -> stamps.Found:
    return {QUESTIONS_FILE: found} if (found := stamps.file(site.root / QUESTIONS_FILE)) else {}


def _queue(found: Iterable[Question], library: Library, site: Site) -> Queue:
    found = list(found)
    asked = [_asked(question, library, site) for question in found[:MOST]]
    edits = [edit for one in asked for answer in one.answers for edit in answer.edits]
    return Queue(len(found), asked, {path: _window(path, edits, site) for path in sorted({edit.path for edit in edits})})


def _asked(question: Question, library: Library, site: Site) -> Asked:
    subject = question.subject
    seen = sight.whole(question, library, site)
    return Asked(
        key=question.key,
        topic=question.topic,
        question=question.question,
        sentence=question.sentence,
        at=str(question.at),
        form=subject.form,
        briefing=subject.briefing,
        records=[record for record in subject.records if record in library.authorities],
        lines=[Line(**line) for line in seen["lines"]],
        settle=list(question.settle),
        answers=list(_answers(question, seen, library, site)),
        briefings=[one["id"] for one in seen["pair"]],
    )


def _answers(question: Question, seen: Mapping[str, Any], library: Library, site: Site) -> Iterator[Answer]:
    """Those that can be written as lines of a patch."""
    files = [shown["path"] for shown in (seen["briefing"], *seen["records"]) if shown]
    versions = {path: changes.version(changes.text(path, site)) for path in files}
    for words, values in _choices(question, seen):
        try:
            done = acts.act(acts.Asked({**values, "seen": versions}, question, library, site))
        except (acts.RefusedError, ArchiveError):
            continue
        if all(_is_plain(change) for change in done.changes):
            yield Answer(words, [edit for change in done.changes for edit in _edits(change)])


def _choices(question: Question, seen: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What a reader may answer, and what the desk would be asked for."""
    subject = question.subject
    match question.topic:
        case "unsure":
            yield f"Yes, it is a {subject.kind}", {"act": "accept"}
            yield "Yes, in this briefing", {"act": "accept", "only_here": True}
            yield f"No, it is no {subject.kind}", {"act": "reject"}
            yield "No, not in this briefing", {"act": "reject", "only_here": True}
        case "merge":
            yield f"They are one: {subject.records[0]}", {"act": "accept"}
            yield "They are two", {"act": "reject"}
        case "copy" | "event":
            yield f"They are one {'release' if question.topic == 'copy' else 'event'}", {"act": "accept"}
            yield "They are two", {"act": "reject"}
        case "split":
            yield "It is one", {"act": "accept"}
            return
        case "ambiguous":
            for record in seen["likely"]:
                yield f"It is {record['name']} ({record['id']})", {"act": "accept", "record": record["id"]}
            yield "Leave it without a link", {"act": "reject"}
            return
        case "dropped":
            yield "It is text", {"act": "accept"}
            yield "Leave it dropped", {"act": "reject"}
            return
    yield "Nobody can say: do not ask again", {"act": "leave"}


def _is_plain(change: Change) -> bool:
    """Whether a patch of its lines is sure to fit: lines end as everywhere, the last one too."""
    return all(source is None or ("\r" not in source and (not source or source.endswith("\n"))) for source in (change.before, change.after))


def _edits(change: Change) -> Iterator[Edit]:
    before, after = _lines(change.before), _lines(change.after)
    for tag, begin, end, start, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        added = after[start:stop]
        is_first = change.path == DECISIONS_FILE and begin == end and len(added) == 2 and added[0].endswith(":")
        yield Edit(change.path, begin, end - begin, added[1:] if is_first else added, added[0] if is_first else "")


def _window(path: str, edits: Iterable[Edit], site: Site) -> Window:
    source = changes.text(path, site)
    lines = _lines(source)
    near = {
        number
        for edit in edits
        if edit.path == path
        for number in range(max(0, edit.at - CONTEXT), min(len(lines), edit.at + edit.drop + CONTEXT))
    }
    return Window({number: lines[number] for number in sorted(near)}, len(lines), source is None)


def _lines(source: str | None) -> list[str]:
    return source.split("\n")[:-1] if source else []
