"""what a person chose on the desk → changes of content/, each as small as a person would write it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date
from typing import Any

from bindery.config import Site
from bindery.content import body_edits, changes, decisions, files, front_matter, lock, yaml_edits
from bindery.content.changes import Change, StaleError
from bindery.content.decisions import DECISIONS_FILE, Decisions
from bindery.desk import sight
from bindery.ingest import slugs
from bindery.ingest.questions import Question
from bindery.model import Authority, Briefing, Library, Place

LONGEST = 500
"""Characters of a name or a role."""
_READ_AGAIN = "look at the question as it is now"


class RefusedError(Exception):
    """What was asked for makes no sense, and why."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an act comes to."""

    said: str
    """What was done, in words."""
    changes: tuple[Change, ...]
    settles: bool
    """Whether the question needs no more asking."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An act with all that it may look at."""

    values: Mapping[str, Any]
    """As the browser sent them; nothing in them is trusted."""
    question: Question | None
    library: Library
    site: Site

    def text(self, name: str, *, may_be_empty: bool = False) -> str:
        value = self.values.get(name, "")
        words = " ".join(value.split()) if isinstance(value, str) else ""
        if len(words) > LONGEST or any(not letter.isprintable() for letter in words):
            raise RefusedError(f"the {name} is too long, or has characters that cannot be written")
        if not words and not may_be_empty:
            raise RefusedError(f"the {name} is missing")
        return words

    def number(self, name: str) -> int:
        value = self.values.get(name)
        if not isinstance(value, int) or value < 0:
            raise RefusedError(f"the {name} is missing")
        return value

    def record(self, name: str) -> Authority:
        record = self.library.authorities.get(self.text(name))
        if record is None:
            raise RefusedError(f"there is no record {self.text(name)}")
        return record

    def briefing(self, identifier: str) -> Briefing:
        briefing = next((one for one in self.library.briefings if one.id == identifier), None)
        if briefing is None:
            raise RefusedError(f"there is no briefing {identifier}")
        return briefing

    def about(self, *topics: str) -> Question:
        if self.question is None or (topics and self.question.topic not in topics):
            raise RefusedError("this question has no such answer")
        return self.question

    def seen(self, path: str) -> str:
        """The file, if it is as it was shown. Raises StaleError."""
        present, versions = changes.text(path, self.site), self.values.get("seen")
        if present is None or not isinstance(versions, dict) or versions.get(path) != changes.version(present):
            raise StaleError("has been changed since it was shown", at=Place(path), fix=_READ_AGAIN)
        return present


def act(asked: Asked) -> Done:
    """Work out an act; nothing is written. Raises RefusedError, StaleError or ContentError."""
    name = asked.values.get("act")
    work = ACTS.get(name) if isinstance(name, str) else None
    if work is None:
        raise RefusedError("there is no such act")
    return work(asked)


def _accept(asked: Asked) -> Done:
    question = asked.about("unsure", "merge", "split", "ambiguous", "copy", "event", "dropped")
    match question.topic:
        case "unsure":
            return _ruled("accept", asked)
        case "merge":
            return _same((question.subject.records[0], question.subject.records[1]), asked)
        case "split":
            return _settled(f"left as one: {question.subject.records[0]}", asked)
        case "ambiguous":
            return _link(asked)
        case "copy" | "event":
            return _of_two(asked, is_so=True)
        case _:
            return _restore(asked)


def _reject(asked: Asked) -> Done:
    question = asked.about("unsure", "merge", "ambiguous", "copy", "event", "dropped")
    if question.topic in ("copy", "event"):
        return _of_two(asked, is_so=False)
    if question.topic == "unsure":
        return _ruled("reject", asked)
    if question.topic != "merge":
        return _settled("left as it is", asked)
    pair = list(question.subject.records)
    if frozenset(pair) in _decided(asked).apart:
        raise _meanwhile()
    return _decision("not-same", pair, f"two: {' and '.join(pair)}", asked)


def _of_two(asked: Asked, *, is_so: bool) -> Done:
    """Of two briefings: one release or not, one event or not."""
    question, decided = asked.about("copy", "event"), _decided(asked)
    pair = list(question.subject.briefings)
    what, key = ("one release", "story") if question.topic == "copy" else ("one event", "event")
    groups, apart = (decided.stories, decided.no_copies) if key == "story" else (decided.events, decided.other_events)
    if frozenset(pair) in apart or any({*pair} <= {*group} for group in groups):
        raise _meanwhile()
    return _decision(key if is_so else f"not-{key}", pair, f"{' and '.join(pair)}: {'' if is_so else 'not '}{what}", asked)


def _leave(asked: Asked) -> Done:
    asked.about()
    return _settled("left undecided", asked)


def _ruled(key: str, asked: Asked) -> Done:
    subject, decided = asked.about("unsure").subject, _decided(asked)
    ruled = (subject.kind, subject.form, subject.briefing)
    if decided.accepts(*ruled) or decided.rejects(*ruled):
        raise _meanwhile()
    only_here = asked.values.get("only_here") is True
    ruling = {"kind": subject.kind, "form": subject.form} | ({"briefing": subject.briefing} if only_here else {})
    said = f"{subject.form} is {'' if key == 'accept' else 'not '}a {subject.kind}{', in this briefing' if only_here else ''}"
    return _decision(key, ruling, said, asked)


def _not_figure(asked: Asked) -> Done:
    """A quantity of the briefing that a question is about; the question stays."""
    briefing, printed = asked.briefing(asked.about().subject.briefing), asked.text("figure")
    if printed in _decided(asked).not_figures_of(briefing.id):
        raise _meanwhile()
    if printed not in sight.figures(briefing, asked.site):
        raise RefusedError(f"this briefing has no figure {printed}")
    line = _decided_by_line("not-figures", {"figure": printed, "briefing": briefing.id}, asked)
    return Done(f"{printed} is no figure in this briefing", (line,), settles=False)


def _merge(asked: Asked) -> Done:
    return _same((asked.record("stays").id, asked.record("goes").id), asked)


def _same(pair: tuple[str, str], asked: Asked) -> Done:
    """The first stands for the other."""
    stays, goes = pair
    decided, records = _decided(asked), asked.library.authorities
    if stays not in records or goes not in records or decided.canonical(stays) == decided.canonical(goes):
        raise _meanwhile() if stays != goes else RefusedError("these are one record already")
    if records[stays].kind != records[goes].kind:
        raise RefusedError("records of two kinds cannot be one")
    done = _decision("same", [*pair], f"{goes} is {stays}", asked)
    is_answer = asked.question is not None and frozenset(asked.question.subject.records) == {stays, goes}
    return Done(done.said, done.changes, is_answer)


def _settled(said: str, asked: Asked) -> Done:
    key = asked.about().key
    if key in _decided(asked).settled:
        raise _meanwhile()
    return _decision("settled", key, said, asked)


def _decision(key: str, entry: yaml_edits.Entry, said: str, asked: Asked) -> Done:
    return Done(said, (_decided_by_line(key, entry, asked),), settles=True)


def _decided_by_line(key: str, entry: yaml_edits.Entry, asked: Asked) -> Change:
    before = changes.text(DECISIONS_FILE, asked.site)
    return Change(DECISIONS_FILE, before, yaml_edits.added(before or "", key, entry, DECISIONS_FILE))


def _decided(asked: Asked) -> Decisions:
    """As it is now: somebody may have written the file since the question was asked."""
    return decisions.load(asked.site.content)


def _meanwhile() -> StaleError:
    return StaleError("this has been decided meanwhile", at=Place(DECISIONS_FILE), fix=_READ_AGAIN)


def _link(asked: Asked) -> Done:
    """To a record that is there, or to a new one."""
    question = asked.about("ambiguous")
    briefing, form = asked.briefing(question.subject.briefing), question.subject.form
    made: list[Change] = []
    if asked.text("record", may_be_empty=True):
        record = asked.record("record")
    else:
        record, *made = _new_record(asked.text("kind"), asked.text("name"), {}, asked)
    before = asked.seen(briefing.path)
    after = body_edits.with_link(before, briefing.path, question.sentence, form, record.id)
    files.read_briefing(_read(after), briefing.path)
    return _done(f"{form} is {record.name} in this sentence", [*made, Change(briefing.path, before, after)], settles=True)


def _restore(asked: Asked) -> Done:
    question = asked.about("dropped")
    briefing = asked.briefing(question.subject.briefing)
    before = asked.seen(briefing.path)
    fates = briefing.provenance.fates if briefing.provenance else ()
    above = [fate.text.strip() for fate in fates if fate.fate == "kept" and fate.number < (question.at.line or 0)]
    after = body_edits.with_paragraph(before, briefing.path, question.sentence, above)
    return _briefing_changed("the line is text now", briefing, before, after, settles=True)


def _role(asked: Asked) -> Done:
    briefing = asked.briefing(asked.text("briefing"))
    before, role = asked.seen(briefing.path), asked.text("role", may_be_empty=True)
    seen = (asked.text("record"), asked.text("form"))
    after = body_edits.with_role(before, briefing.path, asked.number("number"), seen, role or None)
    return _briefing_changed(f"the role of {seen[1]} is {role or 'not given'}", briefing, before, after)


def _date(asked: Asked) -> Done:
    briefing = asked.briefing(asked.text("briefing"))
    try:
        date = Date.fromisoformat(asked.text("date"))
    except ValueError as error:
        raise RefusedError("the date is none: write it as 2016-01-19") from error
    before = asked.seen(briefing.path)
    after = _in_front_matter(before, briefing.path, lambda head: yaml_edits.replaced(head, "date", date, briefing.path, below="title"))
    return _briefing_changed(f"the date is {date}", briefing, before, after)


def _rename(asked: Asked) -> Done:
    """The name it had stays among its variants: pages print it."""
    record, name = asked.record("record"), asked.text("name")
    before = asked.seen(record.path)
    present = files.read_authority(_read(before), record.path, asked.site.kind(record.kind))

    def renamed(head: str) -> str:
        head = yaml_edits.replaced(head, "name", name, record.path)
        if present.name in (*present.variants, name):
            return head
        return yaml_edits.added(head, "variants", present.name, record.path, below="name")

    after = _in_front_matter(before, record.path, renamed)
    files.read_authority(_read(after), record.path, asked.site.kind(record.kind))
    return _done(f"{present.name} is called {name}", [Change(record.path, before, after)])


def _split(asked: Asked) -> Done:
    """A second record of the name, and the chosen briefings link to it."""
    record, name = asked.record("record"), asked.text("name")
    chosen = asked.values.get("briefings")
    if not isinstance(chosen, list) or not chosen or not all(isinstance(one, str) for one in chosen):
        raise RefusedError("choose the briefings of one of the two")
    if not {one.id for one in asked.library.mentioned_in.get(record.id, ())} - set(chosen):
        raise RefusedError("leave the first record a briefing; to give it another name, correct it")
    kept = {key: record.facts[key] for key in ("name_order",) if key in record.facts}
    other, made = _new_record(record.kind, name, kept, asked)
    moved = [_repointed(asked.briefing(one), record, other.id, asked) for one in dict.fromkeys(chosen)]
    apart = _decided_by_line("not-same", [record.id, other.id], asked)
    is_answer = asked.question is not None and asked.question.subject.records == (record.id,)
    count = "1 briefing now names" if len(moved) == 1 else f"{len(moved)} briefings now name"
    return _done(f"{record.name} is two: {count} {other.id}", [apart, made, *moved], settles=is_answer)


def _repointed(briefing: Briefing, record: Authority, identifier: str, asked: Asked) -> Change:
    before = after = asked.seen(briefing.path)
    for old in (record.id, *(away for away, stays in asked.library.merged.items() if stays == record.id)):
        after = body_edits.repointed(after, briefing.path, old, identifier)
    if after == before:
        raise RefusedError(f"{briefing.heading} does not mention {record.name}")
    files.read_briefing(_read(after), briefing.path)
    return Change(briefing.path, before, after)


def _new_record(name_of_kind: str, name: str, facts: Mapping[str, str], asked: Asked) -> tuple[Authority, Change]:
    """One that is a person's from the first. Its id is none that a record has or had; it is proposed, so that no page is linked to it
    by its name alone."""
    kind = next((kind for kind in asked.site.kinds if kind.name == name_of_kind), None)
    if kind is None:
        raise RefusedError(f"there is no kind {name_of_kind}")
    published = lock.read(asked.site.root)
    slug = slugs.authority_slug((name,), kind.folder, kind.name, lambda identifier: _is_taken(identifier, published, asked))
    record = Authority(kind.name, slug, name, facts=facts, id=f"{kind.folder}/{slug}", path=f"content/{kind.folder}/{slug}.md")
    return record, Change(record.path, None, front_matter.unsigned(files.authority_source(record)))


def _is_taken(identifier: str, published: Container[str], asked: Asked) -> bool:
    return identifier in asked.library.merged or f"{identifier}.html" in published or (asked.site.content / f"{identifier}.md").exists()


def _briefing_changed(said: str, briefing: Briefing, before: str, after: str, *, settles: bool = False) -> Done:
    """Sure that the file still reads as a briefing."""
    files.read_briefing(_read(after), briefing.path)
    return _done(said, [Change(briefing.path, before, after)], settles=settles)


def _done(said: str, made: Iterable[Change], *, settles: bool = False) -> Done:
    changed = tuple(change for change in made if change.before != change.after)
    if not changed:
        raise RefusedError("it is so already")
    return Done(said, changed, settles)


def _in_front_matter(source: str, path: str, edit: Callable[[str], str]) -> str:
    begin, end = front_matter.head_span(source, path)
    return source[:begin] + edit(source[begin:end]) + source[end:]


def _read(source: str) -> str:
    """As files of content/ are read: line ends of one kind."""
    return source.removeprefix("\ufeff").replace("\r\n", "\n")


ACTS: Mapping[str, Callable[[Asked], Done]] = {
    "accept": _accept,
    "reject": _reject,
    "leave": _leave,
    "merge": _merge,
    "split": _split,
    "rename": _rename,
    "role": _role,
    "date": _date,
    "not-figure": _not_figure,
}
