"""A paragraph in Latin script → tokens with what each could be in a name or an office."""

from __future__ import annotations

import re
from functools import lru_cache

from bindery.ingest.annotate.names_lexicon import folded, lexicon
from bindery.ingest.annotate.offices_lexicon import office_lexicon, split_prefix
from bindery.ingest.annotate.words import LONGEST_PART, PART

STOP = 1
INSTITUTION = 2
ORGANISATION = 4
HONORIFIC = 8
PARTICLE = 16
HEAD = 32
MODIFIER = 64
POST_NOMINAL = 128
NEVER = 256
GIVEN = 512
"""In the lists of given names."""
BEGINS = 1024
"""Begins the head of an office of several words: 'prime', 'managing'. HEAD is said of words that are heads alone."""

CAPITAL, UPPER, LOWER, NUMBER, MARK, OPAQUE, POSSESSIVE, INITIAL = "CALNPXSI"
"""Kinds of token. OPAQUE: a word in another script, or of two scripts grown together."""

TOKEN = re.compile(
    r"""
    (?P<small>[a-z]++(?![^\W\d_]|[-‐‑·'’‘`´?&]))
  | (?P<abbreviation>\b(?:Mrs?|Ms|Drs?|Prof|St|Jr|Sr|Inc|Co|Ltd|Corp|Gov|Sen|Rep|Hon|Lt|Gen|Col|Capt|Maj|Adm|Brig|Rev|No|Cllr|Ambr?|Sec|Pres
        |Ma|Md|Mohd|Wm|Pte|Pty|Supt|Messrs|Mme|Mlle|Engr|Esq|Ph\.D|M\.D|[A-Z]{1,2}\.(?:[A-Za-z]\.)+[A-Za-z]?|(?:[A-Z]\.)+[A-Z]|[A-Z])\.(?![^\W\d_]{2}[a-z]))
  | (?P<messrs>\bM/[sS]\b\.?)
  | (?P<elision>\b(?:[lL]['’](?=[aeiouyhéèêâîôû])|l['’](?=[AEIOUYHÉÈÊÂÎÔÛ])))
  | (?P<grown>\b(?:dell|all|nell|dall|sull)['’](?=[^\W\d_]))
  | (?P<possessive>(?<=[^\W\d_])['’‘`´]s\b|(?<=s)['’](?=[\s]))
  | (?P<word>[^\W\d_]+(?:[-‐‑·][^\W\d_]+|['’‘`´](?!s\b)
        (?!(?<=[^\W\d_]{4}['’])(?:[dt][ae](?:n|ki)?|n?[ıiuü]n|y[aeıiuü]|y?l[ae])\b)[^\W\d_]+|\?(?=[a-zà-ÿ])[^\W\d_]+|&(?=[A-Z])[^\W\d_]+)*)
  | (?P<number>\d+(?:[.,]\d+)*(?:st|nd|rd|th)?\b|\d+)
  | (?P<mark>[^\s])
    """,
    re.VERBOSE,
)
SPELT_LIKE_WORDS = frozenset({"us", "it", "who"})
"""Abbreviations that are common words in lower case."""
FRENCH = frozenset({"des", "une", "est", "les", "du", "et", "le", "aux", "été", "maire", "ete"})
"""Words by which 'M.' before a name is 'Monsieur'."""
INITIALS = re.compile(r"(?:[A-Z]\.){2,}")
OTHER_SCRIPT = re.compile(r"[぀-ヿ㐀-鿿가-힯]")


@lru_cache(maxsize=32768)
def flags_of(word: str) -> int:
    """What a folded word could be."""
    names, offices = lexicon(), office_lexicon()
    bare = word.rstrip(".")
    sets = (
        (names.stop, STOP), (names.institution, INSTITUTION), (names.organisation, ORGANISATION), (names.honorifics, HONORIFIC),
        (names.particles, PARTICLE), (offices.modifiers, MODIFIER), (names.post_nominals, POST_NOMINAL), (offices.never, NEVER),
        (names.given, GIVEN),
    )  # fmt: skip
    flags = sum(flag for known, flag in sets if word in known or bare in known)
    found = offices.heads.get(word, ()) or offices.heads.get(split_prefix(word), ())
    if found:
        flags |= BEGINS | (HEAD if len(found[-1].words) == 1 else 0)
    if word.startswith("d'") and not flags:
        flags = flags_of(word[2:]) & (INSTITUTION | ORGANISATION)
    if "-" in word and not flags and all(part in names.institution or part in offices.modifiers for part in word.split("-")):
        flags |= INSTITUTION
    return flags


def _word(word: str) -> tuple[str, str, int]:
    """Kind, folded form and flags of a word or abbreviation."""
    if not word.isascii() and OTHER_SCRIPT.search(word):
        return OPAQUE, word, 0
    form = folded(word)
    if not word[0].isupper():
        # d'Alema, al-Sayed: a particle grown to its name
        inner = word[1:3] in ("'A", "’A") or (word[:3].lower() in ("al-", "el-") and word[3:4].isupper())
        return (CAPITAL if inner else LOWER), form, flags_of(form)
    letters = word.rstrip(".")
    if len(letters) == 1:
        return INITIAL, form, flags_of(form) & ~PARTICLE
    if INITIALS.fullmatch(word) and not flags_of(form):
        return INITIAL, form, 0
    if letters.isupper():
        return UPPER, form, (INSTITUTION | ORGANISATION if form in SPELT_LIKE_WORDS else flags_of(form))
    return CAPITAL, form, flags_of(form)


@lru_cache(maxsize=32768)
def _token(group: str, printed: str) -> tuple[str, str, int]:
    """Kind, folded form and flags of what the pattern found."""
    if group in ("word", "small", "abbreviation", "messrs", "grown"):
        return _word(printed)
    return {"number": NUMBER, "possessive": POSSESSIVE}.get(group, MARK), printed, 0


Token = tuple[int, int, str, str, int]
"""Start and end, kind, folded form, flags."""


def _read(part: str) -> tuple[Token, ...]:
    return tuple([(*match.span(), *_token(match.lastgroup or "", match[0])) for match in TOKEN.finditer(part)])


_known = lru_cache(maxsize=65536)(_read)
"""Most words stand on many pages."""


class Tokens:
    """Parallel lists, one entry a token."""

    __slots__ = ("ends", "flags", "folded", "kinds", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        starts: list[int] = []
        ends: list[int] = []
        kinds: list[str] = []
        folded: list[str] = []
        flags: list[int] = []
        place = 0
        for part in PART.findall(text):
            for start, end, kind, form, flag in (_known if len(part) <= LONGEST_PART else _read)(part):
                starts.append(place + start)
                ends.append(place + end)
                kinds.append(kind)
                folded.append(form)
                flags.append(flag)
            place += len(part)
        self.starts, self.ends, self.kinds, self.folded, self.flags = starts, ends, kinds, folded, flags
        if "m." in folded and not FRENCH.isdisjoint(folded):
            self.flags = [flag | HONORIFIC * (word == "m.") for word, flag in zip(folded, flags, strict=True)]

    def __len__(self) -> int:
        return len(self.starts)

    def is_mark(self, index: int, marks: str) -> bool:
        """Whether a token is one of some punctuation marks; False outside the text."""
        return 0 <= index < len(self.starts) and self.kinds[index] == MARK and self.folded[index] in marks

    def word(self, index: int) -> str:
        """The folded form; '' outside the text."""
        return self.folded[index] if 0 <= index < len(self.folded) else ""

    def kind(self, index: int) -> str:
        return self.kinds[index] if 0 <= index < len(self.kinds) else ""

    def flag(self, index: int) -> int:
        return self.flags[index] if 0 <= index < len(self.flags) else 0

    def printed(self, start: int, end: int) -> str:
        """The text of tokens start to end, exclusive."""
        return self.text[self.starts[start] : self.ends[end - 1]]
