"""Tables of words → what pages say around the briefings, in the language of the site.

A language is one file here. Texts stand in English where they are used, in templates, scripts and the program, and a table has for
each of them what is said instead; en.yaml has nothing but what Unicode's CLDR says of English. `tools/build_languages.py` writes
that part of every table, people the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date as Date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from bindery import stamps

FOLDER = Path(__file__).resolve().parent
SOURCE = "en"
"""What texts are written in where they are used."""
NO_BREAK_SPACE = "\u00a0"
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOT_SIMPLIFIED = re.compile(r"zh-(?:hant|tw|hk|mo)\b", re.IGNORECASE)
PLACE = re.compile(r"\{(\w+)\}")
"""Where something is put into a text: "{briefings}, newest first." """


class Interface:
    """What is said in one language."""

    def __init__(self, table: Mapping[str, Any], digest: int = 0) -> None:
        self.language: str = table["language"]
        """BCP 47."""
        self.texts: Mapping[str, str] = table.get("texts") or {}
        """English → what is said instead."""
        self.counts: Mapping[str, str | Mapping[str, str]] = table.get("counts") or {}
        """English noun in the plural → with its number: {"one": "{n} Satz", "other": "{n} Sätze"}, or one text for all numbers;
        "unit" is the noun without one, where that is not what is left."""
        self.scripts: Mapping[str, str] = table.get("scripts") or {}
        """As `texts`, for literals in scripts and style sheets."""
        self.facts: Mapping[str, Any] = table["cldr"]
        self.digest = digest
        """Of the table; 0 for English, which stands in what it is used in."""

    @property
    def is_source(self) -> bool:
        return self.language == SOURCE

    @property
    def locale(self) -> str:
        """As Open Graph has it: "de_DE"."""
        return str(self.facts["locale"])

    def say(self, text: str, **values: object) -> str:
        """A text with what is put into it."""
        said = self.texts.get(text, text)
        return PLACE.sub(lambda place: str(values[place[1]]), said) if values else said

    def count(self, number: int, one: str, many: str) -> str:
        """12 briefings; the nouns are English, or those of a kind as site.yaml has them."""
        said = self.counts.get(many)
        if said is None:
            return self.say("{n} {noun}", n=self.number(number), noun=one if number == 1 else many)
        form = said if isinstance(said, str) else said["one" if number == 1 and "one" in said else "other"]
        return form.replace("{n}", self.number(number))

    def unit(self, number: int, one: str, many: str) -> str:
        """What is counted, where its number stands apart."""
        said = self.counts.get(many)
        if isinstance(said, Mapping) and "unit" in said:
            return said["unit"]
        return self.count(number, one, many).replace(self.number(number), "", 1).strip()

    def times(self, number: int) -> str:
        """How often: once, twice, 12 times."""
        if number in (1, 2):
            return self.say("once" if number == 1 else "twice")
        return self.say("{n} times", n=self.number(number))

    def number(self, value: int) -> str:
        """1,234; a decimal is written by `decimal`."""
        return f"{value:,}".replace(",", self._group)

    def decimal(self, value: float, digits: int) -> str:
        return f"{value:.{digits}f}".replace(".", self._decimal)

    def day(self, value: Date) -> str:
        """19 January 2016."""
        day = {"day": value.day, "month": self._months[value.month - 1], "number": value.month, "year": value.year}
        return self._day.format_map(day)

    def long_date(self, value: Date) -> str:
        """The same, held together by no-break spaces."""
        return self.day(value).replace(" ", NO_BREAK_SPACE)

    def long_month(self, value: Date) -> str:
        """January 2016, held together."""
        said = self._month_of_year.format(month=self._months[value.month - 1], number=value.month, year=value.year)
        return said.replace(" ", NO_BREAK_SPACE)

    def short_month(self, value: Date | int) -> str:
        """Jan, of a day or of the number of a month."""
        return str(self.facts["months_short"][(value if isinstance(value, int) else value.month) - 1])

    def listed(self, parts: Iterable[str]) -> str:
        """Parts of equal rank, such as a day and a source."""
        return self.say(", ").join(parts)

    def in_sentence(self, text: str) -> str:
        """A heading's word as it stands within a sentence: German nouns keep their capitals."""
        return text.lower() if self.is_source else text

    def in_script(self, source: str) -> str:
        """A script or a style sheet with its texts, each a whole literal in double quotes, said in this language."""
        for text, said in self.scripts.items():
            source = source.replace(_quoted(text), _quoted(said))
        return source

    def language_name(self, tag: str) -> str:
        """ "ja" → "Japanese"; a tag that nobody has a word for is shown as it is."""
        return str(self.facts["languages"].get(tag.partition("-")[0].lower(), tag))

    def country(self, name: str) -> str:
        """A country by its English name, as records have it; anything else is left as it is."""
        return str(self.facts["countries"].get(name, name))

    @cached_property
    def _group(self) -> str:
        return str(self.facts["numbers"]["group"])

    @cached_property
    def _decimal(self) -> str:
        return str(self.facts["numbers"]["decimal"])

    @cached_property
    def _months(self) -> list[str]:
        return list(self.facts["months"])

    @cached_property
    def _month_of_year(self) -> str:
        return str(self.facts["month"])

    @cached_property
    def _day(self) -> str:
        return str(self.facts["day"])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def tags() -> list[str]:
    """Languages that pages can speak, English first."""
    return sorted((path.stem for path in FOLDER.glob("*.yaml")), key=lambda tag: (tag != SOURCE, tag))


def speaks(tag: str) -> str | None:
    """The table for a language tag: "de-AT" → "de". None where there is none; Chinese in traditional characters is not Chinese in
    simplified ones."""
    main = tag.partition("-")[0].lower()
    return main if main in tags() and not _NOT_SIMPLIFIED.match(tag) else None


@lru_cache(maxsize=16)
def interface(tag: str) -> Interface:
    """What is said to readers of a language that there is a table for."""
    name = speaks(tag) or SOURCE
    data = (FOLDER / f"{name}.yaml").read_bytes()
    return Interface(yaml.load(data, _LOADER), 0 if name == SOURCE else stamps.digest(data))  # noqa: S506 - the program's own, and a safe loader
