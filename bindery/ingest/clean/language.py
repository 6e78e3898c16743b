"""Text → language tag, by script and, for Latin script, by stop words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from bindery.ingest.clean.lexicon import folded, languages_by_stopword

ENOUGH = 3_000
"""Characters looked at; the language of a page does not change after them."""

FEWEST_STOPWORDS = 3
"""Below, a Latin-script text is too short to tell: a list of names has none."""

SCRIPTS = (  # first that holds SCRIPT_SHARE of the letters wins
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("he", re.compile("[\u0590-\u05ff]")),
)

SCRIPT_SHARE = {"ja": 0.12}
"""Kana are 45–60% of Japanese prose and 15% of its tersest headlines; Chinese pages quote a few."""

USUAL_SHARE = 0.3

_BEYOND_LATIN = re.compile("[^\x00-\u024f\u1e00-\u1eff\u2000-\u206f]")
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS_ALONE = {point: " " for point in range(128) if not chr(point).isalpha()}
"""The same in ASCII, in a tenth of the time."""
_LETTER = re.compile(r"[^\W\d_]")
_CYRILLIC_UKRAINIAN = re.compile("[іїєґ]")
_PERSIAN = re.compile("[پچژگ]")


def language(text: str) -> str | None:
    """BCP 47 tag, None where there is nothing to tell by."""
    low = folded(text[:ENOUGH])
    if len(_BEYOND_LATIN.findall(low)) * 10 < len(low):
        return _latin(low)
    letters = len(_LETTER.findall(low))
    for tag, script in SCRIPTS:
        if len(script.findall(low)) >= letters * SCRIPT_SHARE.get(tag, USUAL_SHARE):
            return _neighbour(tag, low)
    return _latin(low)


def _neighbour(tag: str, low: str) -> str:
    """The language that shares a script with a bigger one and has letters of its own."""
    if tag == "ru" and _CYRILLIC_UKRAINIAN.search(low):
        return "uk"
    return "fa" if tag == "ar" and len(_PERSIAN.findall(low)) > 2 else tag


def _latin(low: str) -> str | None:
    speaking = languages_by_stopword()
    counts = Counter(low.translate(_LETTERS_ALONE).split() if low.isascii() else _WORD.findall(low))
    scores: defaultdict[str, int] = defaultdict(int)
    for word in counts.keys() & speaking.keys():
        for tag in speaking[word]:
            scores[tag] += counts[word]
    best = max(sorted(scores), key=lambda tag: scores[tag], default=None)
    return best if best and scores[best] >= FEWEST_STOPWORDS else None
