"""Provenance → the panel beneath a text: the file, its checksum, and what became of every captured line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from bindery import rules
from bindery.languages import Interface
from bindery.model import FateName, Provenance
from bindery.publish import languages

BODY = "body"


@dataclass(frozen=True, slots=True)
class CapturedLine:
    number: int
    html: Markup
    """The line as captured, languages marked."""


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that follow each other and met the same fate by the same rule."""

    fate: FateName
    reason: str
    """The rule in words; empty for kept lines, whose reason is that nothing spoke against them."""
    lines: tuple[CapturedLine, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    file: str
    size: int
    encoding: str
    digest: tuple[str, ...]
    """SHA-256 in eights."""
    sha256: str
    line_count: int
    """Of lines that are not blank."""
    kept: int
    used: int
    dropped: int
    has_words: bool
    """False where the captured lines may not be shown."""
    runs: tuple[Run, ...]


def panel(provenance: Provenance, language: str | None, interface: Interface) -> Panel:
    """Everything about where a briefing comes from. `language` is the briefing's."""
    counts = Counter(fate.fate for fate in provenance.fates)
    runs = tuple(
        Run(
            fate,
            reason(rule, interface),
            tuple(CapturedLine(line.number, languages.printed(line.text, language, interface.language)) for line in lines),
        )
        for (fate, rule), lines in groupby(provenance.fates, key=lambda line: (line.fate, line.rule))
    )
    digest = tuple(provenance.sha256[start : start + 8] for start in range(0, len(provenance.sha256), 8))
    return Panel(
        file=provenance.seed,
        size=provenance.size,
        encoding=provenance.encoding,
        digest=digest,
        sha256=provenance.sha256,
        line_count=len(provenance.fates),
        kept=counts["kept"],
        used=counts["used"],
        dropped=counts["dropped"],
        has_words=any(fate.text for fate in provenance.fates),
        runs=runs,
    )


def reason(rule: str, interface: Interface) -> str:
    """The rule in words, as the end of 'Dropped: …'."""
    return "" if rule == BODY else interface.say(rules.sentence(rule)).rstrip(".。")
