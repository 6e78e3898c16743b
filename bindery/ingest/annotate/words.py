"""A paragraph → its words with places and cases: what every finder reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import yaml

from bindery.ingest.annotate.gazetteer import fold
from bindery.ingest.draft import Draft

TITLE = -1
"""Paragraph number of the title: it proves names and is annotated in no place of the body."""

LETTERS = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿЀ-ӿΆ-ώ"
WORD = re.compile(
    rf"(?<![{LETTERS}0-9])[dl]['’](?=[A-ZÀ-ÖØ-Þ])|[a-z]{{2,}}+(?![{LETTERS}0-9\u0300-\u036f.'’ʼ‘])|(?:[{LETTERS}]\.){{2,}}(?![{LETTERS}]{{2}})|[{LETTERS}0-9][{LETTERS}0-9\u0300-\u036f]*(?:['’ʼ‘][{LETTERS}]+)*"
)
POSSESSIVE = re.compile(r"['’ʼ]s$", re.IGNORECASE)


class Word(NamedTuple):
    start: int
    end: int
    """Exclusive, without a possessive."""
    text: str
    folded: str
    capital: bool
    possessive: bool


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """The title or one paragraph; each is itself alone, so that what is found in it can be kept by it."""

    paragraph: int
    text: str
    words: tuple[Word, ...]
    capitals: tuple[int, ...] = field(init=False)
    """Numbers of the words with a capital."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "capitals", tuple([index for index, word in enumerate(self.words) if word.capital]))

    def gap(self, index: int) -> str:
        """What stands between a word and the one before it; everything before the first word."""
        return self.text[self.words[index - 1].end if index else 0 : self.words[index].start]

    def after(self, index: int) -> str:
        """What stands between a word and the next one."""
        end = self.words[index + 1].start if index + 1 < len(self.words) else len(self.text)
        return self.text[self.words[index].end : end]

    def folded(self, index: int) -> str:
        """The folded word; empty outside the text."""
        return self.words[index].folded if 0 <= index < len(self.words) else ""


@lru_cache(maxsize=65536)
def _read(word: str) -> tuple[int, str, str, bool, bool]:
    """Length without a possessive, and what a `Word` has of a printed word wherever it stands."""
    short = POSSESSIVE.sub("", word) if len(word) > 2 and word[-2] in "'’ʼ" else word
    return len(short), short, fold(short), short[0].isupper(), short != word


_new = tuple.__new__
"""A page has four hundred words: the constructor of a named tuple would be a third of the time."""


def words(text: str) -> tuple[Word, ...]:
    found = []
    for match in WORD.finditer(text):
        size, short, folded, capital, possessive = _read(match[0])
        start = match.start()
        found.append(_new(Word, (start, start + size, short, folded, capital, possessive)))
    return tuple(found)


def texts(draft: Draft) -> tuple[Text, ...]:
    """The title, if there is one, and every paragraph."""
    title = [Text(TITLE, draft.metadata.title, words(draft.metadata.title))] if draft.metadata.title else []
    return (*title, *(Text(number, paragraph.text, words(paragraph.text)) for number, paragraph in enumerate(draft.paragraphs)))


def lexicon(folder: str, name: str) -> frozenset[str]:
    """Words of a data file, set apart by white space; lines that begin with # are comments."""
    source = resources.files("bindery.ingest").joinpath("data", folder, name).read_text(encoding="utf-8")
    return frozenset(word for line in source.splitlines() if not line.startswith("#") for word in line.split())


@cache
def english() -> frozenset[str]:
    """Common English words: they have a capital from where they stand only."""
    return lexicon("companies", "english.txt")


@cache
def cues(folder: str) -> dict[str, frozenset[str]]:
    """data/<folder>/cues.yaml: sets of folded words by what they say. Every scalar is a text: "no" and "on" are words here."""
    source = resources.files("bindery.ingest").joinpath("data", folder, "cues.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    table: dict[str, list[str]] = yaml.load(source, Loader=loader)  # noqa: S506 - the base loader builds nothing but texts
    return {key: frozenset(values) for key, values in table.items()}
