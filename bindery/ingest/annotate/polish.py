"""Polish words → their cases: what an office is called in a sentence, and which city an inflected name means."""

from __future__ import annotations

from collections.abc import Iterator

MASCULINE = (
    ("ek", "ka", "kowi", "kiem", "ku"),
    ("ister", "istra", "istrowi", "istrem", "istrze"),
    ("er", "era", "erowi", "erem", "erze"),
    ("or", "ora", "orowi", "orem", "orze"),
    ("ent", "enta", "entowi", "entem", "encie"),
    ("ant", "anta", "antowi", "antem", "ancie"),
    ("nik", "nika", "nikowi", "nikiem", "niku"),
    ("es", "esa", "esowi", "esem", "esie"),
    ("sta", "sty", "scie", "sta", "scie"),
    ("oda", "ody", "odzie", "oda", "odzie"),
    ("ca", "cy", "cy", "ca", "cy"),
    ("jt", "jta", "jtowi", "jtem", "jcie"),
    ("sel", "sla", "slowi", "slem", "sle"),
    ("ny", "nego", "nemu", "nym", "nym"),
    ("wy", "wego", "wemu", "wym", "wym"),
    ("cy", "cego", "cemu", "cym", "cym"),
)
"""Ending of the nominative, then of the genitive, dative, instrumental and locative; folded, as all words are read here."""
FEMININE = (
    ("ka", "ki", "ce", "ke", "ce"),
    ("ni", "ni", "ni", "nie", "ni"),
    ("stra", "stry", "strze", "stre", "strze"),
    ("wa", "wej", "wej", "wa", "wej"),
    ("na", "nej", "nej", "na", "nej"),
    ("aca", "acej", "acej", "aca", "acej"),
)
PLAIN = ("a", "owi", "em", "u")
"""Added to the nominative of every other masculine noun: 'burmistrz', 'konsul', 'szef'."""
ADJECTIVES = ("alny", "alna", "owy", "owa", "jny", "jna", "czny", "czna", "acy", "aca")
"""Endings of what agrees with the noun before it; 'zarządu', 'rady', 'miasta' are genitives and stay."""
WOMEN = ("ka", "ni", "stra", "wa", "na", "aca")


def declined(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The oblique cases of an office, folded words.

    ('konsul', 'generalny') → ('konsula', 'generalnego') …; ('prezes', 'zarzadu') → ('prezesa', 'zarzadu') ….
    """
    columns = [_cases(words[0]), *(_cases(word) if word.endswith(ADJECTIVES) else (word,) * len(PLAIN) for word in words[1:])]
    return zip(*columns, strict=True)


def _cases(word: str) -> tuple[str, ...]:
    for ending, *others in FEMININE if word.endswith(WOMEN) else MASCULINE:
        if word.endswith(ending):
            return tuple(word[: -len(ending)] + other for other in others)
    return tuple(word + ending for ending in PLAIN)
