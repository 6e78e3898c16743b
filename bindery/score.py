"""Gold records and predictions → figures, and every mistake with its line.

The rules are those of the gold set's own guidelines; the figures agree with its score.py to the last digit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bindery.model import Place

KINDS = ("cities", "officials", "companies")

METADATA = ("title", "date", "source", "byline")

KEPT_LABELS = frozenset({"body"})
DROPPED_LABELS = frozenset({"nav", "related", "footer", "junk"})
"""Title, date, byline, source, meta, caption and about lines may stand in the body or not."""

ROLE_OVERLAP = 0.6
"""Share of words that two wordings of one role have in common: 'deputy director of the committee' and 'committee deputy director'
are one, 'director' and 'deputy director of the committee' are not."""

SHORTEST_LINE = 4
"""Letters and digits; a shorter line ('|', '>>') says nothing about cleaning."""

SHORT_LINE = 25
"""A shorter line counts as kept only as a line of its own: 'Home' is a word of many sentences."""

LINE_START = 60
"""Letters and digits by which a longer line is found in the body, where it may be joined with the next."""

HONORIFIC = re.compile(r"^(the|mr|mrs|ms|dr|prof|h\.?\s?e|his excellency|her excellency|hon|shri|smt|thiru)\.?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """One city, official or company of one document, recorded or predicted."""

    name: str
    forms: tuple[str, ...]
    role: str | None = None

    @property
    def keys(self) -> frozenset[str]:
        """By any one of them it is recognised."""
        return frozenset(folded(form) for form in (self.name, *self.forms)) - {""}


@dataclass(frozen=True, slots=True)
class Record:
    """What is found in one document: by an archivist (gold) or by the program (prediction)."""

    file: str
    """Name of the text: "d001.txt"."""
    metadata: Mapping[str, str | None]
    """By METADATA; date as ISO."""
    named: Mapping[str, tuple[Named, ...]]
    """By KINDS."""
    body: str = ""
    """Predictions only: the kept text, a line a paragraph."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A record with the text it is of."""

    record: Record
    lines: tuple[str, ...]
    labels: Mapping[int, str]
    """By line number, counted from 1."""
    optional: Mapping[str, frozenset[str]]
    """By KINDS: folded forms that count neither for nor against."""


@dataclass(slots=True)
class Matches:
    hits: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.wrong) if self.hits + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Share:
    right: int = 0
    total: int = 0

    @property
    def value(self) -> float | None:
        """None where there was nothing to get right."""
        return self.right / self.total if self.total else None

    def count(self, right: bool) -> bool:
        self.right += right
        self.total += 1
        return right


@dataclass(frozen=True, slots=True)
class Mistake:
    at: Place
    message: str

    def __str__(self) -> str:
        return f"{self.at}: {self.message}"


@dataclass(slots=True)
class Scores:
    document_count: int = 0
    kinds: dict[str, Matches] = field(default_factory=lambda: {kind: Matches() for kind in KINDS})
    roles: Share = field(default_factory=Share)
    metadata: dict[str, Share] = field(default_factory=lambda: {key: Share() for key in METADATA})
    body_kept: Share = field(default_factory=Share)
    junk_gone: Share = field(default_factory=Share)
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def macro_f1(self) -> float:
        return sum(matches.f1 for matches in self.kinds.values()) / len(self.kinds)


def score(golds: Iterable[Gold], predictions: Mapping[str, Record]) -> Scores:
    """Compare every gold record with the prediction for its file; a missing prediction is an empty one."""
    scores = Scores()
    for gold in golds:
        scores.document_count += 1
        prediction = predictions.get(gold.record.file) or Record(gold.record.file, {}, {})
        for step in (_score_names, _score_roles, _score_metadata, _score_lines):
            scores.mistakes += step(gold, prediction, scores)
    return scores


def folded(form: str | None) -> str:
    """A name without case, accents, punctuation, possessive and honorifics: "H.E. Mr. Ōta's" is "ota"."""
    text = unicodedata.normalize("NFKD", form or "")
    text = "".join(character for character in text if not unicodedata.combining(character)).casefold().replace("’", "'")
    text = re.sub(r"'s$|'$", "", text.strip())
    while (shorter := HONORIFIC.sub("", text)) != text:
        text = shorter
    return re.sub(r"[^\w]+", " ", text).strip()


def squashed(text: str | None) -> str:
    """Letters and digits only, without case and width."""
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text or "").casefold())


def _score_names(gold: Gold, prediction: Record, scores: Scores) -> Iterator[Mistake]:
    for kind in KINDS:
        matches, wanted = scores.kinds[kind], gold.record.named.get(kind, ())
        taken: set[int] = set()
        for found in prediction.named.get(kind, ()):
            candidates = [index for index, named in enumerate(wanted) if found.keys & named.keys]
            fresh = [index for index in candidates if index not in taken]
            if fresh:
                taken.add(fresh[0])
                matches.hits += 1
            elif candidates:
                matches.wrong += 1
                yield _mistake(gold, found.forms, f"{kind}: split: {found.name!r} is {wanted[candidates[0]].name!r} again")
            elif not found.keys & gold.optional.get(kind, frozenset()):
                matches.wrong += 1
                yield _mistake(gold, found.forms, f"{kind}: wrong: {found.name!r}")
        for index, named in enumerate(wanted):
            if index not in taken:
                matches.missed += 1
                yield _mistake(gold, named.forms, f"{kind}: missed: {named.name!r}")


def _score_roles(gold: Gold, prediction: Record, scores: Scores) -> Iterator[Mistake]:
    for wanted in gold.record.named.get("officials", ()):
        found = next((named for named in prediction.named.get("officials", ()) if named.keys & wanted.keys), None)
        if found is not None and wanted.role and not scores.roles.count(same_role(found.role, wanted.role)):
            yield _mistake(gold, wanted.forms, f"role of {wanted.name!r}: {found.role!r}, not {wanted.role!r}")


def same_role(found: str | None, wanted: str) -> bool:
    words, others = set(folded(found).split()), set(folded(wanted).split())
    return bool(words and others) and len(words & others) / len(words | others) >= ROLE_OVERLAP


def _score_metadata(gold: Gold, prediction: Record, scores: Scores) -> Iterator[Mistake]:
    for key in METADATA:
        wanted, found = gold.record.metadata.get(key), prediction.metadata.get(key)
        if not scores.metadata[key].count(same_metadata(key, found, wanted)):
            line = next((number for number, label in sorted(gold.labels.items()) if label in (key, "meta")), None)
            yield Mistake(Place(gold.record.file, line), f"{key}: {found!r}, not {wanted!r}")


def same_metadata(key: str, found: str | None, wanted: str | None) -> bool:
    """A source is also right as part of the other wording: "China Daily" and "China Daily (Europe)"."""
    one, other = squashed(found), squashed(wanted)
    return one == other or (key == "source" and bool(one and other) and (one in other or other in one))


def _score_lines(gold: Gold, prediction: Record, scores: Scores) -> Iterator[Mistake]:
    body = squashed(prediction.body)
    body_lines = {squashed(line) for line in prediction.body.split("\n")}
    for number, label in gold.labels.items():
        text = gold.lines[number - 1]
        line = squashed(text)
        if len(line) < SHORTEST_LINE:
            continue
        is_kept = line in body_lines if len(line) < SHORT_LINE else line[:LINE_START] in body
        if label in KEPT_LABELS and not scores.body_kept.count(is_kept):
            yield Mistake(Place(gold.record.file, number), f"lost: {text[:70]!r}")
        elif label in DROPPED_LABELS and not scores.junk_gone.count(not is_kept):
            yield Mistake(Place(gold.record.file, number), f"junk kept ({label}): {text[:70]!r}")


def _mistake(gold: Gold, forms: Sequence[str], message: str) -> Mistake:
    line = next((number for number, text in enumerate(gold.lines, 1) if any(form in text for form in forms)), None)
    return Mistake(Place(gold.record.file, line), message)
