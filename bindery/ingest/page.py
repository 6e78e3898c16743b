"""A cleaned and annotated seed ⇄ bytes that can be kept: what was read of a page need not be read again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

import msgspec

from bindery.ingest.annotate.known import Known
from bindery.ingest.draft import Annotation, Draft, Label, Metadata, Paragraph, ParagraphForm, Suspect, Verdict
from bindery.model import AuthorityId, Line, Seed

Answer = TypeVar("Answer")
Forms = dict[str, tuple[tuple[str, AuthorityId], ...]]
Page = tuple[Draft, Annotation]
AS_ITS_LINE = 0
"""Stands for the text of a paragraph that is just that of its one line."""


class Asked(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What annotation wanted to know of the archive's confirmed names: it would find the same as long as the answers are."""

    forms: tuple[str, ...]
    geonames: tuple[str, ...]
    everything: bool
    """It went through all of them."""

    def is_met_by(self, changed: Changed) -> bool:
        """Whether a change of the confirmed names may change what was found."""
        if self.everything:
            return bool(changed.forms or changed.geonames)
        return not (changed.forms.isdisjoint(self.forms) and changed.geonames.isdisjoint(self.geonames))


class Changed(msgspec.Struct, frozen=True, gc=False):
    """The names whose records are others than before."""

    forms: frozenset[str]
    geonames: frozenset[str]

    @classmethod
    def between(cls, before: Known, now: Known) -> Changed:
        return cls(_differing(before.by_form, now.by_form), _differing(before.by_geonames, now.by_geonames))


def _differing(before: Mapping[str, Answer], now: Mapping[str, Answer]) -> frozenset[str]:
    return frozenset(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))


class Witness(Mapping[str, Answer]):
    """A mapping that remembers what it was asked for."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self._answers = answers
        self.asked: dict[str, None] = {}
        self.everything = False

    def __getitem__(self, key: str) -> Answer:
        self.asked[key] = None
        return self._answers[key]

    def __iter__(self) -> Iterator[str]:
        self.everything = True
        return iter(self._answers)

    def __len__(self) -> int:
        self.everything = True
        return len(self._answers)


class Inquiry:
    """The archive's confirmed names, asked by one annotation."""

    def __init__(self, known: Known) -> None:
        self._forms, self._geonames = Witness(known.by_form), Witness(known.by_geonames)
        self.known = Known(self._forms, self._geonames)

    @property
    def asked(self) -> Asked:
        forms, geonames = self._forms, self._geonames
        return Asked(tuple(forms.asked), tuple(geonames.asked), forms.everything or geonames.everything)


class _Kept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A page without what can be told from the rest of it."""

    sha256: str
    size: int
    encoding: str
    lines: tuple[str, ...]
    verdicts: tuple[tuple[int, Label, str], ...]
    """Number of the line, label, rule."""
    metadata: Metadata
    paragraphs: tuple[tuple[str | int, tuple[int, ...], ParagraphForm], ...]
    suspects: tuple[Suspect, ...]
    annotation: Annotation


class _Envelope(msgspec.Struct, frozen=True, array_like=True, gc=False):
    asked: Asked
    page: msgspec.Raw


_encode = msgspec.msgpack.Encoder().encode
_envelope = msgspec.msgpack.Decoder(_Envelope)
_kept = msgspec.msgpack.Decoder(_Kept)


def encode(draft: Draft, annotation: Annotation, asked: Asked) -> bytes:
    seed = draft.seed
    kept = _Kept(
        seed.sha256,
        seed.size,
        seed.encoding,
        tuple(line.text for line in seed.lines),
        tuple((verdict.line.number, verdict.label, verdict.rule) for verdict in draft.verdicts),
        draft.metadata,
        tuple((_text(paragraph, seed), paragraph.lines, paragraph.form) for paragraph in draft.paragraphs),
        draft.suspects,
        annotation,
    )
    return _encode(_Envelope(asked, msgspec.Raw(_encode(kept))))


def decode(data: bytes, path: str) -> Page:
    """The page as it was, of the seed at `path`. Raises msgspec.MsgspecError."""
    kept = _kept.decode(_envelope.decode(data).page)
    lines = tuple(Line(number, text) for number, text in enumerate(kept.lines, 1))
    verdicts = tuple(Verdict(lines[number - 1], label, rule) for number, label, rule in kept.verdicts)
    paragraphs = tuple(
        Paragraph(text if isinstance(text, str) else lines[numbers[0] - 1].text, numbers, form) for text, numbers, form in kept.paragraphs
    )
    seed = Seed(path, kept.sha256, kept.size, kept.encoding, lines)
    return Draft(seed, verdicts, kept.metadata, paragraphs, kept.suspects), kept.annotation


def asked(data: bytes) -> Asked:
    """What its annotation wanted to know. Raises msgspec.MsgspecError."""
    return _envelope.decode(data).asked


def _text(paragraph: Paragraph, seed: Seed) -> str | int:
    is_its_line = len(paragraph.lines) == 1 and seed.lines[paragraph.lines[0] - 1].text == paragraph.text
    return AS_ITS_LINE if is_its_line else paragraph.text
