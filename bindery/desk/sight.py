"""one question → what the desk shows of it: the captured lines around it, its briefing, its records and where they are named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bindery.config import Site
from bindery.content import changes, decisions, files, markup
from bindery.errors import ArchiveError
from bindery.ingest import read
from bindery.ingest.questions import Question
from bindery.model import Authority, Briefing, Library, Mention
from bindery.publish import body
from bindery.publish.figures import told
from bindery.publish.sentences import sentence_spans

AROUND = 2
"""Captured lines shown before and after the one a question is about."""
NAMED_IN = 40
"""Briefings of a record that are shown; more can only be split by hand."""
MATCHES = 20
"""Records that are offered for a few letters."""

Shown = dict[str, Any]


def row(question: Question) -> Shown:
    """What the list shows."""
    return {"key": question.key, "topic": question.topic, "question": question.question, "at": str(question.at)}


def whole(question: Question, library: Library, site: Site) -> Shown:
    """What stands beside the list when the question is chosen. Files are read as they are now, and told by their versions."""
    subject = question.subject
    briefing = next((one for one in library.briefings if one.id == subject.briefing), None)
    records = [library.authorities[one] for one in subject.records if one in library.authorities]
    likely = [one for one in records_like(subject.form, library) if question.topic == "ambiguous"]
    return {
        **row(question),
        "kind": subject.kind,
        "form": subject.form,
        "sentence": question.sentence,
        "lines": list(_captured(question, site)),
        "briefing": _briefing(briefing, library, site) if briefing else None,
        "pair": [_face(one) for key in subject.briefings for one in library.briefings if one.id == key],
        "records": [_record(one, library, site) for one in records],
        "likely": likely,
        "kinds": [{"name": kind.name, "label": kind.label} for kind in site.kinds],
        "settle": list(question.settle),
    }


def records_like(words: str, library: Library) -> list[Shown]:
    """Records that have the words in a name or a variant, those that begin with them first."""
    wanted = words.casefold().strip()
    found = [
        (not record.name.casefold().startswith(wanted), record.name, record.id, record.kind)
        for record in library.authorities.values()
        if wanted and any(wanted in name.casefold() for name in (record.name, *record.variants))
    ]
    return [{"id": identifier, "name": name, "kind": kind} for _, name, identifier, kind in sorted(found)[:MATCHES]]


def _captured(question: Question, site: Site) -> Iterator[Shown]:
    """The seed's lines around the one it is about. None for a question about records."""
    seed, line = question.at.path.removeprefix("seeds/"), question.at.line
    path = read.seed_files(site.seeds).get(seed) if line else None
    if path is None or line is None:
        return
    try:
        lines = read.read(Path(path), site.seeds).lines
    except ArchiveError:
        return
    for one in lines[max(0, line - 1 - AROUND) : line + AROUND]:
        if one.text.strip():
            yield {"number": one.number, "text": one.text.strip(), "here": one.number == line}


def _briefing(briefing: Briefing, library: Library, site: Site) -> Shown:
    source = changes.text(briefing.path, site)
    present = _as_it_is(briefing, source)
    mentions = [
        _mention(number, mention, present, library) for number, mention in enumerate(present.mentions) if _has_role(mention, library)
    ]
    named = dict.fromkeys(library.merged.get(one.authority, one.authority) for one in present.mentions)
    records = [_name(library.authorities[one], site) for one in named if one in library.authorities]
    shown = {"mentions": mentions, "records": records, "figures": figures(present, site)}
    return {**_face(present), "version": changes.version(source), **shown}


def figures(briefing: Briefing, site: Site) -> list[str]:
    """Its quantities as printed, each once, but for those that are rejected by now."""
    rejected = decisions.load(site.content).not_figures_of(briefing.id)
    blocks = body.blocks(briefing, lambda _: None)
    printed = dict.fromkeys(figure.printed for block in blocks for figure in told.found(block, briefing.language))
    return [one for one in printed if one not in rejected]


def _as_it_is(briefing: Briefing, source: str | None) -> Briefing:
    """The file as it stands; as it was when it cannot be read, and what is then sent is refused."""
    try:
        return files.read_briefing((source or "").removeprefix("\ufeff").replace("\r\n", "\n"), briefing.path)
    except ArchiveError:
        return briefing


def _face(briefing: Briefing) -> Shown:
    date = briefing.date.isoformat() if briefing.date else ""
    page = f"briefings/{briefing.slug}.html"
    return {"id": briefing.id, "title": briefing.heading, "date": date, "source": briefing.source, "path": briefing.path, "page": page}


def _has_role(mention: Mention, library: Library) -> bool:
    record = library.authorities.get(library.merged.get(mention.authority, mention.authority))
    return mention.role is not None or (record is not None and "office" in record.facts)


def _mention(number: int, mention: Mention, briefing: Briefing, library: Library) -> Shown:
    record = library.authorities.get(library.merged.get(mention.authority, mention.authority))
    form = markup.unescape(briefing.text[mention.start : mention.end])
    name = record.name if record else mention.authority
    return {"number": number, "record": mention.authority, "form": form, "name": name, "role": mention.role or ""}


def _name(record: Authority, site: Site) -> Shown:
    version = changes.version(changes.text(record.path, site))
    return {"id": record.id, "kind": record.kind, "name": record.name, "path": record.path, "version": version}


def _record(record: Authority, library: Library, site: Site) -> Shown:
    named_in = library.mentioned_in.get(record.id, ())
    return {
        **_name(record, site),
        "variants": list(record.variants),
        "status": record.status,
        "page": f"{record.id}.html",
        "count": len(named_in),
        "named": [_named(record, briefing, library, site) for briefing in named_in[:NAMED_IN]],
    }


def _named(record: Authority, briefing: Briefing, library: Library, site: Site) -> Shown:
    """One briefing that names a record: with the roles it prints, the sentence of the first, and the captured line of it."""
    source = changes.text(briefing.path, site)
    present = _as_it_is(briefing, source)
    ours = [(at, one) for at, one in enumerate(present.mentions) if library.merged.get(one.authority, one.authority) == record.id]
    telling = next((one for _, one in ours if one.role), ours[0][1] if ours else None)
    sentence = _sentence(present, telling) if telling else ""
    return {
        **_face(present),
        "version": changes.version(source),
        "mentions": [_mention(at, one, present, library) for at, one in ours],
        "sentence": sentence,
        "line": _line_of(sentence, briefing),
    }


def _sentence(briefing: Briefing, mention: Mention) -> str:
    text = briefing.text
    begin = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.end)
    paragraph = text[begin : end if end >= 0 else len(text)]
    at = mention.start - begin
    span = next(((a, b) for a, b in sentence_spans(paragraph) if a <= at < b), (0, len(paragraph)))
    return markup.unescape(paragraph[slice(*span)])


def _line_of(sentence: str, briefing: Briefing) -> Shown | None:
    """The captured line that has the sentence; None where several lines have it together, or a person wrote it."""
    fates = briefing.provenance.fates if briefing.provenance else ()
    return next(
        ({"number": fate.number, "text": fate.text.strip(), "here": True} for fate in fates if sentence and sentence in fate.text), None
    )
