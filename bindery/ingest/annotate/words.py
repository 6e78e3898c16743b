"""A paragraph → its words with places and cases: what every finder reads."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

import msgspec
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


PART = re.compile("[^ ]*+ ?")
"""A text as far as the next space: no pattern of a word looks beyond it, so that a part is read once, on whatever page it stands."""
LONGEST_PART = 40
"""Characters, in scripts that have spaces; a line of Chinese is read anew each time."""


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word wherever it stands, without a possessive."""

    text: str
    folded: str
    capital: bool
    possessive: bool


@lru_cache(maxsize=65536)
def _word(printed: str) -> Word:
    short = POSSESSIVE.sub("", printed) if len(printed) > 2 and printed[-2] in "'’ʼ" else printed
    return Word(short, fold(short), short[0].isupper(), short != printed)


def _read(part: str) -> tuple[tuple[int, int, Word], ...]:
    """The words of a text, each with its start and its end."""
    found = [(match.start(), _word(match[0])) for match in WORD.finditer(part)]
    return tuple([(start, start + len(word.text), word) for start, word in found])


_known = lru_cache(maxsize=65536)(_read)


class Text:
    """The title or one paragraph; each is itself alone, so that what is found in it can be kept by it."""

    __slots__ = ("capitals", "ends", "folds", "paragraph", "starts", "text", "words")

    def __init__(self, paragraph: int, text: str) -> None:
        self.paragraph = paragraph
        self.text = text
        words: list[Word] = []
        starts: list[int] = []
        ends: list[int] = []
        place = 0
        for part in PART.findall(text):
            for start, end, word in (_known if len(part) <= LONGEST_PART else _read)(part):
                words.append(word)
                starts.append(place + start)
                ends.append(place + end)
            place += len(part)
        self.words, self.starts, self.ends = words, starts, ends
        """Where each word starts and ends: exclusive, without a possessive."""
        self.folds = [word.folded for word in words]
        self.capitals = [index for index, word in enumerate(words) if word.capital]
        """Numbers of the words with a capital."""

    def gap(self, index: int) -> str:
        """What stands between a word and the one before it; everything before the first word."""
        return self.text[self.ends[index - 1] if index else 0 : self.starts[index]]

    def after(self, index: int) -> str:
        """What stands between a word and the next one."""
        return self.text[self.ends[index] : self.starts[index + 1] if index + 1 < len(self.starts) else None]

    def folded(self, index: int) -> str:
        """The folded word; empty outside the text."""
        return self.folds[index] if 0 <= index < len(self.folds) else ""


def words(text: str) -> tuple[Word, ...]:
    return tuple([word for _, _, word in _read(text)])


def texts(draft: Draft) -> tuple[Text, ...]:
    """The title, if there is one, and every paragraph."""
    title = [Text(TITLE, draft.metadata.title)] if draft.metadata.title else []
    return (*title, *(Text(number, paragraph.text) for number, paragraph in enumerate(draft.paragraphs)))


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
