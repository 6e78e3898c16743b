"""Draft → the organisations it names: well-known bodies, nouns of bodies beside a name or a place, and their acronyms.

Cities, officials and companies are found before, and what they hold is theirs: 'Chongqing' in 'Chongqing Municipal Government' is
the city, and the rest names nobody. So an archive whose site.yaml has this kind has the same mentions of the others as one without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bindery.ingest.annotate import organisation_names, organisations_listed, organisations_native
from bindery.ingest.annotate.gazetteer import fold
from bindery.ingest.annotate.known import Known
from bindery.ingest.annotate.organisation_names import Found, initials
from bindery.ingest.annotate.overlap import overlaps
from bindery.ingest.annotate.words import TITLE, Text
from bindery.ingest.draft import Entity, Span
from bindery.rules import active

KIND = "organisation"
"""Its name in site.yaml."""
ACRONYM = re.compile(r"(?<![\w&.-])[A-Z][A-Z&]{1,7}(?![\w&-])")
BRACKETED = re.compile(r" ?[(（](?:the )?[“\"‘']?([A-Z][A-Za-z&-]{1,9})[”\"’']?[)）]")
"""Behind a name: how the page will call it from now on."""
SHORTEST_BY_INITIALS = 3
"""Letters of an acronym that is told by them alone."""


@dataclass(slots=True)
class _Body:
    """An organisation of the page."""

    name: str
    country: str = ""
    spans: list[Span] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)
    """As printed."""
    evidence: dict[str, None] = field(default_factory=dict)


def find(texts: Iterable[Text], taken: Sequence[Span], cities: Sequence[Span], known: Known) -> tuple[Entity, ...]:
    """`taken` are the places where something else is named, or nothing may be."""
    read = tuple(texts)
    bodies: dict[str, _Body] = {}
    named: list[Span] = []
    for text in read:
        here = [span for span in taken if span.paragraph == text.paragraph]
        towns = [span for span in cities if span.paragraph == text.paragraph]
        for one in _in_text(text, towns, known):
            if not overlaps(one.span, named):
                named.append(one.span)
                _note(bodies, text, one, here)
    for text in read:
        _again(text, bodies, (*taken, *named))
    return tuple(_entity(body) for body in bodies.values() if any(span.paragraph != TITLE for span in body.spans))


def _in_text(text: Text, towns: Sequence[Span], known: Known) -> Iterator[Found]:
    """Well-known bodies first, then those that the archive has confirmed, then by their nouns."""
    yield from organisations_listed.find(text)
    yield from _confirmed(text, known)
    yield from organisation_names.find(text)
    yield from organisations_native.find(text, towns)


def _confirmed(text: Text, known: Known) -> Iterator[Found]:
    """An acronym that a confirmed record goes by."""
    if active("organisation-confirmed"):
        for match in ACRONYM.finditer(text.text):
            if known.has(KIND, match[0]):
                yield Found(Span(text.paragraph, match.start(), match.end()), match[0], "organisation-confirmed")


def _note(bodies: dict[str, _Body], text: Text, one: Found, here: Sequence[Span]) -> None:
    """Where another has a part of the place, the name is remembered for its acronym, and what is left of it may be a name too."""
    printed = text.text[one.span.start : one.span.end]
    if not overlaps(one.span, here):
        body = _body(bodies, one)
        body.spans.append(one.span)
        body.forms.setdefault(printed)
    else:
        _body(bodies, one).forms.setdefault(printed)
        left = organisation_names.rest(text, one, here)
        if left and not overlaps(left.span, here):
            _note(bodies, text, left, here)
    if bracket := BRACKETED.match(text.text, one.span.end):
        _body(bodies, one).forms.setdefault(bracket[1])


def _body(bodies: dict[str, _Body], one: Found) -> _Body:
    body = bodies.setdefault(fold(one.name), _Body(one.name))
    body.country = body.country or one.country
    body.evidence.setdefault(one.evidence)
    return body


def _again(text: Text, bodies: dict[str, _Body], taken: Sequence[Span]) -> None:
    """Acronyms: those that a bracket gives to a name, and those that are the initials of one alone."""
    if not active("organisation-again"):
        return
    wanted: dict[str, list[_Body]] = {}
    for body in bodies.values():
        forms = [form for form in body.forms if form != body.name and ACRONYM.fullmatch(form)]
        by_initials = [letters for form in body.forms if len(letters := initials(form)) >= SHORTEST_BY_INITIALS]
        for form in dict.fromkeys((*forms, *by_initials)):
            wanted.setdefault(form, []).append(body)
    for match in ACRONYM.finditer(text.text):
        owners = wanted.get(match[0], ())
        span = Span(text.paragraph, match.start(), match.end())
        if len(owners) == 1 and not overlaps(span, taken):
            owners[0].spans.append(span)
            owners[0].forms.setdefault(match[0])
            owners[0].evidence.setdefault("organisation-again")


def _entity(body: _Body) -> Entity:
    spans = tuple(sorted({span for span in body.spans if span.paragraph != TITLE}))
    variants = tuple(form for form in body.forms if form != body.name)
    facts = {"country": body.country} if body.country else {}
    return Entity(KIND, body.name, spans, variants=variants, facts=facts, evidence=tuple(body.evidence))
