"""data/clean/*.yaml → phrases ready to be looked up. Everything about particular words is data; the rules are elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import cast

import yaml

from bindery import rules
from bindery.ingest.draft import Label

IDEOGRAPHIC_SPACE, NO_BREAK_SPACE = "\u3000", "\u00a0"

_WIDTHS = {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F)} | {ord(IDEOGRAPHIC_SPACE): " "}
_WIDE = re.compile("[\uff01-\uff5e\u3000]")
_QUOTES = (
    ("’", "'"),
    ("‘", "'"),
    ("“", '"'),
    ("”", '"'),
    (NO_BREAK_SPACE, " "),
    ("İ", "i"),  # the one letter whose lower case is two characters
)


def folded(text: str) -> str:
    """Lower case, full-width forms as ASCII, quotes straight: for looking up. As long as `text`, so offsets fit both."""
    if text.isascii():
        return text.lower()
    for printed, straight in _QUOTES:
        if printed in text:
            text = text.replace(printed, straight)
    return (text.translate(_WIDTHS) if _WIDE.search(text) else text).lower()


@dataclass(frozen=True, slots=True)
class Formula:
    """What a fixed phrase says about its line."""

    label: Label
    rule: str


@dataclass(frozen=True, slots=True)
class Formulas:
    """formulas.yaml, arranged so that a line costs a few lookups however many phrases there are."""

    whole: Mapping[str, Formula]
    start: Mapping[str, tuple[tuple[str, Formula], ...]]
    """By the first PREFIX characters of the phrase (all of a shorter one)."""
    end: Mapping[str, tuple[tuple[str, Formula], ...]]
    """By the last PREFIX characters."""
    anywhere: tuple[tuple[str, Formula], ...]
    prose: tuple[tuple[str, Formula], ...]


PREFIX = 3


@cache
def _data(name: str) -> Mapping[str, object]:
    """A YAML file of phrases. The base loader takes every scalar as text: "no", "on" and "y" are words here, not truth values."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return cast(Mapping[str, object], yaml.load(_text(name), Loader=loader))  # noqa: S506 - the base loader builds nothing but texts


def _text(name: str) -> str:
    return resources.files("bindery.ingest").joinpath("data", "clean", name).read_text(encoding="utf-8")


def _words(value: object) -> Iterator[str]:
    """Every text in a value of lists and tables."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)


def formulas() -> Formulas:
    """formulas.yaml without the phrases of rules that are switched off."""
    return _formulas(rules.switched_off())


@lru_cache(maxsize=2)
def _formulas(off: frozenset[str]) -> Formulas:
    by_place: dict[str, list[tuple[str, Formula]]] = {place: [] for place in ("whole", "start", "end", "any", "prose")}
    for label, by_rule in _data("formulas.yaml").items():
        for rule, places in cast(Mapping[str, Mapping[str, list[str]]], by_rule).items():
            for place, phrases in places.items() if rule not in off else ():
                by_place[place] += [(folded(phrase), Formula(cast(Label, label), rule)) for phrase in phrases]
    return Formulas(
        whole={core(phrase) or phrase: formula for phrase, formula in reversed(by_place["whole"])},
        start=_by_key(by_place["start"], lambda phrase: phrase[:PREFIX]),
        end=_by_key(by_place["end"], lambda phrase: phrase[-PREFIX:]),
        anywhere=tuple(by_place["any"]),
        prose=tuple(by_place["prose"]),
    )


def _by_key(phrases: Iterable[tuple[str, Formula]], key: Callable[[str], str]) -> dict[str, tuple[tuple[str, Formula], ...]]:
    found: dict[str, tuple[tuple[str, Formula], ...]] = {}
    for phrase, formula in phrases:
        place = key(phrase)
        found[place] = (*found.get(place, ()), (phrase, formula))
    return found


_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def core(text: str) -> str:
    """A folded line without the symbols and punctuation at its ends: "• related links »" → "related links"."""
    return _EDGES.sub("", text)


@cache
def menu() -> frozenset[str]:
    """Cells of menus, folded."""
    lines = _text("menu.txt").splitlines()
    return frozenset(folded(line) for line in lines if line and not line.startswith("# "))


@cache
def fields() -> Mapping[str, str]:
    """Field by label, folded: "release time" → "published"."""
    order = ("other", "byline", "source", "updated", "published")  # the later wins where languages collide
    return {folded(label): field for field in order for label in _words(_data("fields.yaml")[field])}


@cache
def bare_fields() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Label and field of those that may stand without a colon, by their first two letters, the longer labels first."""
    table = cast(Mapping[str, list[str]], _data("fields.yaml")["bare"])
    pairs = [(folded(label), field) for field, labels in table.items() for label in labels]
    by_start: dict[str, tuple[tuple[str, str], ...]] = {}
    for label, field in sorted(pairs, key=lambda pair: -len(pair[0])):
        by_start[label[:2]] = (*by_start.get(label[:2], ()), (label, field))
    return by_start


@cache
def word_set(name: str) -> frozenset[str]:
    """A list of fields.yaml, folded: "accounts", "outlet_words", "outlet_marks"."""
    return frozenset(folded(word) for word in _words(_data("fields.yaml")[name]))


@cache
def agencies() -> tuple[str, ...]:
    """News agencies as printed, the longer names first."""
    return tuple(sorted(_words(_data("fields.yaml")["agencies"]), key=len, reverse=True))


@cache
def agency_names() -> frozenset[str]:
    """The same as a set, for asking after one."""
    return frozenset(agencies())


@cache
def outlets() -> frozenset[str]:
    """Newspapers, broadcasters and portals by `outlet_key`."""
    return frozenset(outlet_key(line) for line in _text("outlets.txt").splitlines() if line and not line.startswith("# "))


def outlet_key(name: str) -> str:
    """A name folded, without the article before it: 'The Straits Times' and 'STRAITS TIMES' are one."""
    low = folded(name).strip(" .")
    return low.removeprefix("the ")


@cache
def any_agency() -> str:
    """A pattern of every agency's name as a whole word."""
    return rf"(?<!\w)(?:{'|'.join(map(re.escape, agencies()))})(?!\w)"


_TOKEN = re.compile(r"[^\W_]+")


@cache
def _agency_beginnings() -> frozenset[str]:
    return frozenset(token[0] for name in agencies() if (token := _TOKEN.search(name)))


def may_name_agency(text: str) -> bool:
    """Whether a word of it begins the name of an agency: a quick look that saves the pattern."""
    return not text.isascii() or not _agency_beginnings().isdisjoint(_TOKEN.findall(text))


@cache
def months() -> Mapping[str, int]:
    """Number by name or abbreviation, folded."""
    return {folded(name): int(number) for number, names in _data("months.yaml").items() for name in _words(names)}


@cache
def languages_by_stopword() -> Mapping[str, tuple[str, ...]]:
    """Which languages a frequent word speaks for: "de" for Spanish, French, Dutch …"""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in _data("stopwords.yaml").items():
        for word in set(_words(words)):
            found[word] = (*found.get(word, ()), language)
    return found


@cache
def spam(strength: str) -> tuple[str, ...]:
    """Vocabulary of injected text, "strong" or "portal", folded."""
    return tuple(folded(word) for word in _words(_data("spam.yaml")[strength]))
