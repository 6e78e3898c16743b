"""Paragraphs → suspects: runs that look injected. Flagged for the reader, never repaired by guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bindery.ingest.clean.lexicon import folded, spam
from bindery.ingest.clean.shape import WIDE
from bindery.ingest.draft import Paragraph, Suspect
from bindery.rules import active

FOREIGN_RUN = re.compile(
    r"[A-Za-z0-9]{0,20}[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,40}[A-Za-z0-9]{0,20}(?: ?[(（][A-Za-z0-9. ]{2,24}[)）])?"
)
"""A wide-letter run in a Latin text, with the Latin letters glued to it and its brackets: 'yabo网站登陆 (yabo)' (seeds/004…)."""

WIDE_LANGUAGES = frozenset({"zh", "ja", "ko"})


def suspects(paragraphs: Sequence[Paragraph], language: str | None) -> tuple[Suspect, ...]:
    """Every suspected run, in order, none overlapping."""
    words = _words_on_page(paragraphs)
    if not words:
        return ()
    found = (suspect for index, paragraph in enumerate(paragraphs) for suspect in _in(index, paragraph.text, language, words))
    return tuple(suspect for suspect in found if active(suspect.rule))


def _words_on_page(paragraphs: Sequence[Paragraph]) -> tuple[tuple[str, bool], ...]:
    """Spam words that occur, with whether they are strong. A text without wide letters has no run of them."""
    printed = "\n".join(paragraph.text for paragraph in paragraphs)
    if printed.isascii() or not WIDE.search(printed):
        return ()
    page = folded(printed)
    return tuple((word, strength == "strong") for strength in ("strong", "portal") for word in spam(strength) if word in page)


def _in(index: int, text: str, language: str | None, words: tuple[tuple[str, bool], ...]) -> Iterator[Suspect]:
    if language not in WIDE_LANGUAGES:
        for run in FOREIGN_RUN.finditer(text):
            if any(word in folded(run[0]) for word, _ in words):
                yield Suspect(index, run.start(), run.end(), "foreign-spam-run")
    else:
        yield from _brand_runs(index, text, words)


def _brand_runs(index: int, text: str, words: tuple[tuple[str, bool], ...]) -> Iterator[Suspect]:
    """In Chinese, Japanese and Korean text only what names the trade and the portal at once: '亚博网站登陆'."""
    low = folded(text)
    strong = "|".join(re.escape(word) for word, is_strong in words if is_strong)
    portal = "|".join(re.escape(word) for word, is_strong in words if not is_strong)
    if strong and portal:
        for run in re.finditer(rf"(?:{strong})[^\s，。、；,.;]{{0,2}}?(?:{portal})+", low):
            yield Suspect(index, run.start(), run.end(), "spam-brand-run")
