"""drafts, annotations and records → what wants a human eye, most valuable first."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from rapidfuzz.distance import OSA

from bindery.content import markup, yaml_edits
from bindery.content.decisions import DECISIONS_FILE, Decisions
from bindery.ingest.draft import Annotation, Draft, Span
from bindery.ingest.identity import may_be_one_office, name_key, place_words
from bindery.ingest.kindred import Kin, Kindred
from bindery.model import Authority, AuthorityId, Briefing, Place

Topic = Literal["ambiguous", "merge", "unsure", "split", "copy", "event", "dropped"]

WORTH: dict[Topic, float] = {"ambiguous": 7, "merge": 6, "unsure": 5, "split": 4, "copy": 3, "event": 2, "dropped": 1}
"""A wrong identity spoils two pages, a missing mention one, a copy counts twice, a dropped line is a sentence;
within a topic the nearer comes first."""

LARGEST_BLOCK = 200
"""Names that share a key and are compared pair by pair; a commoner key says nothing about who is who."""
SHORTEST_DROPPED_TEXT = 90
"""Characters from which a dropped line that ends like a sentence may be text: teasers and captions of the five seeds are shorter."""
SENTENCE_ENDS = (".", "!", "?", "”", '"', "。", "！", "？", "」")
TEXT_LIKE_RULES_EXEMPT = ("cookie", "copyright", "licence", "legal", "about")
"""Rules whose lines are sentences by nature."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about, for programs; empty where there is no such thing."""

    kind: str = ""
    """Of the name or of the records."""
    form: str = ""
    """The name as the page has it."""
    briefing: str = ""
    """Id of the page it stands in."""
    records: tuple[AuthorityId, ...] = ()
    """Of two that may be one, the first would stand for the other."""
    briefings: tuple[str, ...] = ()
    """Ids of two that may be one release, or about one event."""


NOTHING = Subject()


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide."""

    key: str
    """Eight digits that stay the same from run to run: written under settled: it is not asked again."""
    topic: Topic
    value: float
    """Higher is asked first."""
    at: Place
    question: str
    sentence: str
    """The text it is about; empty for a question about two records."""
    settle: tuple[str, ...]
    """The lines or commands, one of which settles it."""
    subject: Subject = NOTHING


def questions(
    pages: Iterable[tuple[Draft, Annotation, Briefing]], authorities: Sequence[Authority], decisions: Decisions
) -> tuple[Question, ...]:
    """Everything undecided, most valuable first; the order is the same on every run."""
    pages = list(pages)
    asked = [
        *(question for draft, annotation, briefing in pages for question in _about_page(draft, annotation, briefing, decisions)),
        *_merges(authorities, pages, decisions),
        *_splits(authorities, pages),
        *_about_two([briefing for _, _, briefing in pages], authorities, decisions),
    ]
    fresh = {question.key: question for question in asked if question.key not in decisions.settled}
    return tuple(sorted(fresh.values(), key=lambda question: (-question.value, question.at.path, question.at.line or 0, question.key)))


def _question(  # noqa: PLR0913 - the fields of a Question
    topic: Topic, nearness: float, at: Place, question: str, sentence: str, *settle: str, about: str, subject: Subject = NOTHING
) -> Question:
    key = hashlib.sha256(f"{topic}\n{about}".encode()).hexdigest()[:8]
    leave = f"leave it as it is: in {DECISIONS_FILE} under settled: - '{key}'"
    return Question(key, topic, round(WORTH[topic] + min(nearness, 0.99), 3), at, question, sentence, (*settle, leave), subject)


def _about_page(draft: Draft, annotation: Annotation, briefing: Briefing, decisions: Decisions) -> Iterator[Question]:
    for span, reason in annotation.ambiguous:
        form, at, sentence = _form(draft, span), _place(draft, span), _sentence(draft, span)
        if _is_linked(form, sentence, briefing):
            continue
        by_hand = f"link it by hand in {briefing.path}: [{form}](../…/….md)"
        yield _question(
            "ambiguous",
            0.5,
            at,
            f"{form!r} is not linked: {reason}",
            sentence,
            by_hand,
            about=f"{briefing.id} {form} {reason}",
            subject=Subject(form=form, briefing=briefing.id),
        )
    for candidate in annotation.candidates:
        ruled = (candidate.kind, candidate.name, briefing.id)
        if decisions.accepts(*ruled) or decisions.rejects(*ruled):
            continue
        ruling = yaml_edits.flow({"kind": candidate.kind, "form": candidate.name})
        yield _question(
            "unsure",
            candidate.score,
            _place(draft, candidate.span),
            f"is {candidate.name!r} a {candidate.kind}? it lacks {candidate.lacks}",
            _sentence(draft, candidate.span),
            f"yes: in {DECISIONS_FILE} under accept: - {ruling}",
            f"no: in {DECISIONS_FILE} under reject: - {ruling}",
            about=f"{candidate.kind} {candidate.name}",
            subject=Subject(candidate.kind, candidate.name, briefing.id),
        )
    yield from _dropped(draft, briefing)


def _dropped(draft: Draft, briefing: Briefing) -> Iterator[Question]:
    for verdict in draft.verdicts:
        text = verdict.line.text.strip()
        exempt = any(word in verdict.rule for word in TEXT_LIKE_RULES_EXEMPT)
        if verdict.label in ("nav", "related", "footer", "junk") and len(text) >= SHORTEST_DROPPED_TEXT and not exempt:
            if not text.endswith(SENTENCE_ENDS) or markup.escape(text) in briefing.text:
                continue
            yield _question(
                "dropped",
                len(text) / 1000,
                Place(f"seeds/{draft.seed.path}", verdict.line.number),
                f"this line was dropped as {verdict.rule}; is it text?",
                text,
                f"yes: write it into {briefing.path}, which is then yours",
                about=f"{briefing.id} {text}",
                subject=Subject(briefing=briefing.id),
            )


Pages = Sequence[tuple[Draft, Annotation, Briefing]]


def _merges(authorities: Sequence[Authority], pages: Pages, decisions: Decisions) -> Iterator[Question]:
    """Two records that may be one: nearly the same name and, for people, an office in common."""
    roles = _roles(pages)
    for one, other in _near_pairs(authorities):
        if frozenset((one.id, other.id)) in decisions.apart or decisions.canonical(one.id) == decisions.canonical(other.id):
            continue
        printed, elsewhere = roles.get(one.id, ()), roles.get(other.id, ())
        if one.kind == "official" and not any(_same_office(a, b) for a in printed for b in elsewhere):
            continue
        stays, goes = sorted((one, other), key=lambda authority: (authority.status != "confirmed", authority.id))
        said = "; ".join(
            f"{record.name}: {', '.join(sorted(roles.get(record.id, ())))}" for record in (stays, goes) if roles.get(record.id)
        )
        yield _question(
            "merge",
            _nearness(one, other),
            Place(goes.path),
            f"are {stays.name!r} and {goes.name!r} one {one.kind}?",
            said,
            f"yes: in {DECISIONS_FILE} under same: - [{stays.id}, {goes.id}]",
            f"no: in {DECISIONS_FILE} under not-same: - [{stays.id}, {goes.id}]",
            about=f"{stays.id} {goes.id}",
            subject=Subject(stays.kind, records=(stays.id, goes.id)),
        )


def _near_pairs(authorities: Sequence[Authority]) -> list[tuple[Authority, Authority]]:
    """Pairs of one kind whose names differ by a letter or two, found through shared beginnings of words: linear in records."""
    blocks: dict[tuple[str, str], list[Authority]] = defaultdict(list)
    for authority in authorities:
        for start in {word[:3] for name in _names(authority) for word in name.split() if len(word) > 2}:
            blocks[authority.kind, start].append(authority)
    pairs = {
        (one.id, other.id): (one, other)
        for block in blocks.values()
        if len(block) <= LARGEST_BLOCK
        for one, other in combinations(sorted(block, key=lambda authority: authority.id), 2)
        if _nearness(one, other) > 0
    }
    return [pairs[ids] for ids in sorted(pairs)]


def _nearness(one: Authority, other: Authority) -> float:
    """1 for the same name, less for each letter; 0 where more than two letters, or more than one in six, differ."""
    best = 0.0
    for a in _names(one):
        for b in _names(other):
            distance = OSA.distance(a, b, score_cutoff=2)
            if distance <= 2 and 6 * distance <= min(len(a), len(b)):
                best = max(best, 1 - distance / min(len(a), len(b)))
    return best


def _names(authority: Authority) -> set[str]:
    return {name_key(name, authority.kind) for name in (authority.name, *authority.variants)}


def _same_office(a: str, b: str) -> bool:
    return may_be_one_office(a, b) and bool(place_words(a) or place_words(b))


def _splits(authorities: Sequence[Authority], pages: Pages) -> Iterator[Question]:
    """One record printed with offices that have nothing in common: perhaps two people of one name."""
    roles = _roles(pages)
    for authority in authorities:
        if authority.kind != "official":
            continue
        printed = sorted(roles.get(authority.id, ()))
        strangers = next(((a, b) for a, b in combinations(printed, 2) if not may_be_one_office(a, b)), None)
        if strangers:
            yield _question(
                "split",
                0.5,
                Place(authority.path),
                f"is {authority.name!r} one person? printed as {strangers[0]!r} and as {strangers[1]!r}",
                "",
                f"no: add a second record content/{authority.id}-2.md and link the briefings of one of the two to it",
                about=f"{authority.id} {strangers}",
                subject=Subject(authority.kind, records=(authority.id,)),
            )


def _about_two(briefings: Sequence[Briefing], authorities: Sequence[Authority], decisions: Decisions) -> Iterator[Question]:
    """Two briefings that may be one release, or tell of one event."""
    kin, records = Kin(briefings, decisions), {record.id: record for record in authorities}
    for two in kin.copies():
        yield _of_two("copy", "story", "are these copies of one release?", two, records)
    for two in kin.events({key: record.kind for key, record in records.items()}):
        yield _of_two("event", "event", "do these tell of one event?", two, records)


def _of_two(topic: Topic, decision: str, question: str, two: Kindred, records: Mapping[AuthorityId, Authority]) -> Question:
    ids = yaml_edits.flow([two.one.id, two.other.id])
    said = " | ".join(", ".join(filter(None, (one.heading, str(one.date or "undated"), one.source))) for one in (two.one, two.other))
    return _question(
        topic,
        two.nearness,
        Place(two.other.path),
        f"{question} {two.one.heading!r} and {two.other.heading!r}",
        f"{said}. Both name {', '.join(records[name].name for name in two.names)}" if two.names else said,
        f"yes: in {DECISIONS_FILE} under {decision}: - {ids}",
        f"no: in {DECISIONS_FILE} under not-{decision}: - {ids}",
        about=f"{two.one.id} {two.other.id}",
        subject=Subject(briefings=(two.one.id, two.other.id)),
    )


def _roles(pages: Pages) -> dict[AuthorityId, set[str]]:
    roles: dict[AuthorityId, set[str]] = defaultdict(set)
    for _, _, briefing in pages:
        for mention in briefing.mentions:
            if mention.role:
                roles[mention.authority].add(mention.role)
    return roles


def _form(draft: Draft, span: Span) -> str:
    return draft.paragraphs[span.paragraph].text[span.start : span.end]


def _is_linked(form: str, sentence: str, briefing: Briefing) -> bool:
    """Whether a person linked the name in this sentence by hand."""
    plain = markup.escape(sentence)
    start = briefing.text.find(plain)
    inside = (one for one in briefing.mentions if start <= one.start and one.end <= start + len(plain)) if start >= 0 else ()
    return any(markup.unescape(briefing.text[one.start : one.end]) == form for one in inside)


def _place(draft: Draft, span: Span) -> Place:
    return Place(f"seeds/{draft.seed.path}", draft.paragraphs[span.paragraph].lines[0])


def _sentence(draft: Draft, span: Span) -> str:
    """About a sentence around a span, cut at white space."""
    text = draft.paragraphs[span.paragraph].text
    start = text.rfind(". ", 0, span.start) + 1
    end = text.find(". ", span.end)
    return text[start : end + 1 if end >= 0 else len(text)].strip()
