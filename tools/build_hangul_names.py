"""data/people/japanese_families_latin.txt → japanese_families_hangul.txt: Japanese family names as Korean spells their sounds.

Not part of the program: run by hand when the list of family names has changed,

    python tools/build_hangul_names.py

By the rules of the National Institute of Korean Language (외래어 표기법, Japanese): k, t and ch are ㄱ, ㄷ, ㅈ at the head of a name and
ㅋ, ㅌ, ㅊ inside it, long vowels are written short. Names of fewer than three syllables are left out: they are Korean words as often.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import wrap

PEOPLE = Path(__file__).resolve().parent.parent / "bindery/ingest/data/people"
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = {"": 0, "ㄴ": 4, "ㅅ": 19}
MORA = re.compile(
    r"(?P<double>([kstpcgdbz])(?=\2)|t(?=ch))|(?P<nasal>[nm](?![aiueoy])|n')|(?P<onset>ch|sh|ts|[kgsztdnhbpmyrwfj])?(?P<glide>y)?(?P<vowel>[aiueo])"
)
HEAD = {"k": "ㄱ", "t": "ㄷ", "ch": "ㅈ"}
INSIDE = {"k": "ㅋ", "t": "ㅌ", "ch": "ㅊ"}
SAME = {
    "": "ㅇ", "g": "ㄱ", "s": "ㅅ", "sh": "ㅅ", "z": "ㅈ", "j": "ㅈ", "ts": "ㅆ", "d": "ㄷ", "n": "ㄴ", "h": "ㅎ", "f": "ㅎ", "b": "ㅂ",
    "p": "ㅍ", "m": "ㅁ", "y": "ㅇ", "r": "ㄹ", "w": "ㅇ",
}  # fmt: skip
PLAIN = {"a": "ㅏ", "i": "ㅣ", "u": "ㅜ", "e": "ㅔ", "o": "ㅗ"}
GLIDED = {"a": "ㅑ", "u": "ㅠ", "o": "ㅛ"}
SHORTEST = 3


def hangul(romaji: str) -> str:
    """'matsuura' → '마쓰우라'; '' for what is no Hepburn."""
    word = re.sub(r"ou(?!e)|oo", "o", romaji)
    syllables: list[list[str]] = []
    place = 0
    while place < len(word):
        mora = MORA.match(word, place)
        if not mora or mora.end() == place:
            return ""
        place = mora.end()
        if mora["double"] or mora["nasal"]:
            if not syllables:
                return ""
            syllables[-1][2] = "ㅅ" if mora["double"] else "ㄴ"
        else:
            syllables.append(_syllable(mora, first=not syllables))
    return "".join(_composed(*syllable) for syllable in syllables)


def _syllable(mora: re.Match[str], *, first: bool) -> list[str]:
    onset, vowel = mora["onset"] or "", mora["vowel"]
    initial = SAME.get(onset) or (HEAD if first else INSIDE)[onset]
    if mora["glide"] or (onset in ("y", "sh") and vowel in GLIDED):
        return [initial, GLIDED.get(vowel, PLAIN[vowel]), ""]
    if onset == "w" and vowel == "a":
        return [initial, "ㅘ", ""]
    return [initial, "ㅡ" if onset in ("s", "z", "ts") and vowel == "u" else PLAIN[vowel], ""]


def _composed(initial: str, vowel: str, final: str) -> str:
    return chr(0xAC00 + (INITIALS.index(initial) * 21 + VOWELS.index(vowel)) * 28 + FINALS[final])


def names(romaji: Iterable[str]) -> Iterator[str]:
    spelt = {
        form for word in romaji for form in (word, re.sub("tsura$", "tsuura", word), re.sub("noe$", "noue", word))
    }  # the list has long vowels short
    for name in sorted(map(hangul, spelt)):
        if len(name) >= SHORTEST:
            yield name


def main() -> None:
    source = (PEOPLE / "japanese_families_latin.txt").read_text(encoding="utf-8")
    words = (word for line in source.splitlines() if not line.startswith("#") for word in line.split())
    notice = "# Written by tools/build_hangul_names.py: Japanese family names of three syllables and more as Korean spells their sounds."
    lines = wrap(" ".join(names(words)), 120, break_on_hyphens=False)
    (PEOPLE / "japanese_families_hangul.txt").write_text("\n".join([notice, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
