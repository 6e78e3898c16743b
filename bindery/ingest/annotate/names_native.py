"""Personal names in Chinese, Japanese and Korean script: by family name, and by what stands behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bindery.ingest.annotate.han_shapes import one_shape
from bindery.ingest.annotate.names_lexicon import sections, words

HAN = "㐀-鿿々〆ヶ"
KANA = "ァ-ヴー"
OFFICES_NATIVE = "offices_native.txt"
_PART = rf"[{HAN}]{{1,6}}(?:-[{HAN}]{{1,6}})*"
FOREIGN = re.compile(rf"{_PART}(?:[·•‧・]{_PART})+")


PARTS = re.compile("[·•‧・＝ ]")


@dataclass(frozen=True, slots=True)
class NativeLexicon:
    single: frozenset[str]
    """Chinese family names of one character."""
    compound: frozenset[str]
    sounds: frozenset[str]
    """Characters by which Chinese spells foreign names."""
    hangul: frozenset[str]
    japanese: frozenset[str]
    japanese_given: frozenset[str]


@cache
def native_lexicon() -> NativeLexicon:
    asian = sections("asian_names.txt")
    return NativeLexicon(
        single=frozenset("".join(asian["hanzi families"].split())),
        compound=frozenset(asian["hanzi compound families"].split()),
        sounds=frozenset("".join(asian["hanzi sounds"].split())),
        hangul=frozenset(asian["hangul families"].split()),
        japanese=words("japanese_families.txt"),
        japanese_given=words("japanese_given.txt"),
    )


@cache
def terms_of(section: str) -> frozenset[str]:
    return frozenset(sections(OFFICES_NATIVE)[section].split())


def alternation(entries: Iterable[str]) -> str:
    """A pattern of literal strings, the longest first."""
    return "|".join(map(re.escape, sorted(entries, key=lambda entry: (-len(entry), entry))))


def chinese_family(name: str) -> str:
    """The family name a string begins with; '' if none is known."""
    known = native_lexicon()
    if name[:2] in known.compound and len(name) > 2:
        return name[:2]
    return name[:1] if name[:1] in known.single else ""


def japanese_family(name: str) -> str:
    """The Japanese family name a full name of three to six characters begins with; the split whose given name is known first."""
    known = native_lexicon()
    splits = [size for size in (2, 3, 1) if name[:size] in known.japanese and 1 <= len(name) - size <= 3]
    sure = [size for size in splits if name[size:] in known.japanese_given]
    best = (sure or splits)[:1]
    return name[: best[0]] if best else ""


@dataclass(frozen=True, slots=True)
class _Shaped:
    """Japanese names with every character in one shape."""

    families: frozenset[str]
    given: frozenset[str]
    firsts: frozenset[str]
    """First characters of given names of two."""
    seconds: frozenset[str]

    def is_given(self, name: str) -> bool:
        """A known given name, or the first and second halves of two met again: 孝一 and 正則 give 孝則."""
        return name in self.given or (len(name) == 2 and name[0] in self.firsts and name[1] in self.seconds)


@cache
def _shaped_japanese() -> _Shaped:
    known = native_lexicon()
    given = frozenset(map(one_shape, known.japanese_given))
    pairs = [name for name in given if len(name) == 2]
    return _Shaped(
        families=frozenset(map(one_shape, known.japanese)),
        given=given,
        firsts=frozenset(name[0] for name in pairs),
        seconds=frozenset(name[1] for name in pairs),
    )


def japanese_written(name: str) -> str:
    """The family name of a Japanese full name as Chinese prints it, 宫胁健 for 宮脇健; '' unless the given name is known too."""
    known, shaped = _shaped_japanese(), one_shape(name)
    sizes = (size for size in (2, 3, 1) if shaped[:size] in known.families and known.is_given(shaped[size:]))
    return name[: next(sizes, 0)]


def korean_family(name: str) -> str:
    """The family name of a name of two to four syllables."""
    known = native_lexicon().hangul
    if name[:2] in known and len(name) in (3, 4):
        return name[:2]
    return name[:1] if name[:1] in known and len(name) in (2, 3, 4) else ""


def chinese_in_hangul(name: str) -> bool:
    """'쉬젠핑': a Chinese name as Korean spells it, of sounds that all are Chinese and not all Korean."""
    marked = name[:1] in terms_of("korean chinese sure families") or _chinese_mark().search(name, 1)
    return bool(_chinese_spelt().fullmatch(name) and marked)


@cache
def _chinese_mark() -> re.Pattern[str]:
    return re.compile(alternation(terms_of("korean chinese marks")))


@cache
def _chinese_spelt() -> re.Pattern[str]:
    sounds = alternation(terms_of("korean chinese syllables") | terms_of("korean chinese marks"))
    return re.compile(rf"(?:{alternation(terms_of('korean chinese families'))})(?:{sounds}){{1,2}}")


def family(name: str) -> str:
    """The family name of a full name in any of the three scripts, the last part of a foreign one; '' where none is known."""
    parts = PARTS.split(name)
    if len(parts) > 1 and len(parts[-1]) > 1:
        return parts[-1]
    if "가" <= name[:1] <= "힣":
        return korean_family(name)
    long = japanese_family(name) if len(name) > 3 else ""
    written = long or japanese_written(name)
    return written if len(written) > 1 or long else chinese_family(name) or japanese_family(name)
