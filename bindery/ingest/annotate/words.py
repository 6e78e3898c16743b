"""A paragraph → its words with places and cases: what every finder reads."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

import msgspec
import yaml

from bindery.ingest.annotate.gazetteer import fold
from bindery.ingest.annotate.inflected import nominatives
from bindery.ingest.draft import Draft

INFLECTING = frozenset({"pl"})
"""Languages whose names of cities have cases."""

TITLE = -1
"""Paragraph number of the title: it proves names and is annotated in no place of the body."""

LETTERS = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿЀ-ӿΆ-ώ"
WORD = re.compile(
    rf"(?<![{LETTERS}0-9])[dl]['’](?=[A-ZÀ-ÖØ-Þ])|[a-z]{{2,}}+(?![{LETTERS}0-9\u0300-\u036f.'’ʼ‘])|(?:[{LETTERS}]\.){{2,}}(?![{LETTERS}]{{2}})|[{LETTERS}0-9][{LETTERS}0-9\u0300-\u036f]*(?:['’ʼ‘][{LETTERS}]+)*"
)
POSSESSIVE = re.compile(r"['’ʼ]s$", re.IGNORECASE)
TURKISH_CASE = re.compile(r"(?<=[^\W\d_]{4})['’ʼ](?:[dt][ae](?:n|ki)?|n?[ıiuü]n|y[aeıiuü]|y?l[ae]|(?<=[^\W\d_]{6}['’ʼ])[ae])$")
"""What Turkish sets off a name by an apostrophe: 'Bursa'nın', 'Ankara'da', 'Konya'ya'."""


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
    possessive = short != printed
    if not possessive and ("'" in printed or "’" in printed):
        short = TURKISH_CASE.sub("", printed)
    return Word(short, fold(short), short[0].isupper(), possessive)


def _read(part: str) -> tuple[tuple[int, int, Word], ...]:
    """The words of a text, each with its start and its end."""
    found = [(match.start(), _word(match[0])) for match in WORD.finditer(part)]
    return tuple([(start, start + len(word.text), word) for start, word in found])


_known = lru_cache(maxsize=65536)(_read)


class Text:
    """The title or one paragraph; each is itself alone, so that what is found in it can be kept by it."""

    __slots__ = ("capitals", "ends", "folds", "paragraph", "starts", "text", "words")

    def __init__(self, paragraph: int, text: str, language: str | None = None) -> None:
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
        self._to_nominative(language)

    def gap(self, index: int) -> str:
        """What stands between a word and the one before it; everything before the first word."""
        return self.text[self.ends[index - 1] if index else 0 : self.starts[index]]

    def after(self, index: int) -> str:
        """What stands between a word and the next one."""
        return self.text[self.ends[index] : self.starts[index + 1] if index + 1 < len(self.starts) else None]

    def folded(self, index: int) -> str:
        """The folded word; empty outside the text."""
        return self.folds[index] if 0 <= index < len(self.folds) else ""

    def _to_nominative(self, language: str | None) -> None:
        """Let the folds of places be nominatives: 'w |Gdańsku' reads 'gdansk'. A first word of a sentence stays as it is."""
        for index in self.capitals if language in INFLECTING else ():
            if not self._inside_sentence(index):
                continue
            for size in (2, 1):
                folded = tuple(self.folds[index : index + size])
                if len(folded) < size or not self.words[index + size - 1].capital:
                    continue
                base = nominatives(folded, language)
                if base != folded:
                    for place, form in enumerate(base, index):
                        self.words[place] = msgspec.structs.replace(self.words[place], folded=form)
                        self.folds[place] = form
                    break

    def _inside_sentence(self, index: int) -> bool:
        before = self.text[max(0, self.starts[index] - 2) : self.starts[index]]
        return before.strip()[-1:].isalnum() or before == ", "


def words(text: str) -> tuple[Word, ...]:
    return tuple([word for _, _, word in _read(text)])


def texts(draft: Draft) -> tuple[Text, ...]:
    """The title, if there is one, and every paragraph."""
    language = draft.metadata.language
    title = [Text(TITLE, draft.metadata.title, language)] if draft.metadata.title else []
    return (*title, *(Text(number, paragraph.text, language) for number, paragraph in enumerate(draft.paragraphs)))


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
