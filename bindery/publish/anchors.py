"""Paragraph → key: an anchor made from its words, so that a correction elsewhere moves nothing; and the keys it had before.

A key changes with the first words of its paragraph. The keys that were published are known (content/anchors/), each with a
sample of the words it led to: one that no paragraph has any more becomes an alias of the paragraph that is closest to them.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from bindery.model import Anchor

WORD_COUNT = 3
"""Words a reader sees in a key: enough to recognise a paragraph in an address."""
HASHED_WORD_COUNT = 12
HASHED_CHARACTER_COUNT = 40
"""The beginning the check digits are made from: corrections after it leave the key alone. Characters for scripts without spaces."""
SAMPLE_SIZE = 24
"""Pairs of words kept of a paragraph; a shorter one keeps all. The share of them found elsewhere is right to a tenth."""
CLOSE = 0.3
"""Share of a paragraph's pairs that another must have to stand for it."""
_WORD = re.compile(r"[a-z0-9]+")
_SPOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
"""A word, or one letter of a script that is written without spaces."""
_NUMBER = re.compile(r"-\d++$")
_SPOKEN_OF_ASCII = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else ord(" ") for code in range(256))
"""For `bytes.translate`: what is no part of a word becomes a space."""
_BOUND = b""


class Keyed(NamedTuple):
    """The key of a paragraph, and its earlier ones."""

    key: str
    aliases: tuple[str, ...] = ()
    """Sorted."""


def keys(texts: Iterable[str], published: Sequence[Anchor] = ()) -> list[Keyed]:
    """A key for each text, and every published key that no text has by itself with the text that is closest to its words.

    Texts that begin alike (a caption printed twice) are numbered from the second on; one that was published keeps its number.
    """
    texts = list(texts)
    found = _numbered(texts, published)
    current = set(found)
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for alias, place in _closest(texts, [anchor for anchor in published if anchor.key not in current], published).items():
        aliases[place].append(alias)
    return [Keyed(key, tuple(sorted(aliases[place]))) for place, key in enumerate(found)]


def record(texts: Mapping[str, str], published: Sequence[Anchor], *, all_shown: bool = True) -> tuple[Anchor, ...]:
    """What is to be remembered after a build. `texts` are the paragraphs by each of their keys, aliases among them.

    A key whose paragraph is gone keeps its words, in case it comes back. Where not all of the text is shown, the words of
    what was published before stay as they are.
    """
    known = {anchor.key: anchor for anchor in published}
    now = {key: _anchor(key, text, known.get(key)) for key, text in texts.items() if all_shown or key not in known}
    return (*now.values(), *(anchor for anchor in published if anchor.key not in now))


def key(text: str) -> str:
    """Three words and three check digits: "tang-noted-that-a41"; "k-" and six digits where no word is in Latin letters.

    >>> key("Tang noted that Liangjiang New Area has advantages")[:15]
    'tang-noted-that'
    """
    first = text.split(maxsplit=HASHED_WORD_COUNT)[:HASHED_WORD_COUNT]
    beginning = " ".join(first).casefold()
    words = _words(beginning)
    if len(words) < WORD_COUNT and len(first) == HASHED_WORD_COUNT:  # more may follow
        words = _words(text.casefold())
    if len(beginning) > HASHED_CHARACTER_COUNT * 4 or len(words) < WORD_COUNT:
        beginning = beginning[:HASHED_CHARACTER_COUNT]
    digits = hashlib.sha256(beginning.encode()).hexdigest()
    return "-".join([*(word[:24] for word in words), digits[:3]]) if words else f"k-{digits[:6]}"


class _WithoutMarks(dict[int, int | None]):
    """For `str.translate`: drops apostrophes and combining marks; each character is looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = kept = None if unicodedata.combining(chr(code)) else code
        return kept


_WITHOUT_MARKS = _WithoutMarks.fromkeys(map(ord, "'’"))


def _words(folded: str) -> list[str]:
    """The first words in Latin letters, at most three."""
    letters = folded.replace("'", "") if folded.isascii() else unicodedata.normalize("NFKD", folded).translate(_WITHOUT_MARKS)
    return [word[0] for word in islice(_WORD.finditer(letters), WORD_COUNT)]


def _numbered(texts: Sequence[str], published: Sequence[Anchor]) -> list[str]:
    """A key for each text, each once."""
    bases = [key(text) for text in texts]
    return bases if _are_alone(bases, published) else _among_others(bases, texts, published)


def _among_others(bases: Sequence[str], texts: Sequence[str], published: Sequence[Anchor]) -> list[str]:
    places_by_base: defaultdict[str, list[int]] = defaultdict(list)
    for place, base in enumerate(bases):
        places_by_base[base].append(place)
    found = [""] * len(texts)
    families = _families(published)
    for base, places in places_by_base.items():
        names = _family(base, [texts[place] for place in places], families[base], published)
        for place, name in zip(places, names, strict=True):
            found[place] = name
    return found


def _are_alone(bases: Sequence[str], published: Sequence[Anchor]) -> bool:
    """Whether no two texts begin alike, and none of them had a number or stands twice among what was published."""
    current, known = set(bases), {anchor.key for anchor in published}
    numbered = (key[: number.start()] for key in known if (number := _NUMBER.search(key)))
    return len(current) == len(bases) and len(known) == len(published) and current.isdisjoint(numbered)


def _families(published: Iterable[Anchor]) -> Mapping[str, list[Anchor]]:
    """Key without its number → who has it with one or without, the lowest first. "…-123" may be a key or a number: it is in both."""
    families: defaultdict[str, list[Anchor]] = defaultdict(list)
    for anchor in sorted(published, key=lambda anchor: (len(anchor.key), anchor.key)):
        for base in {anchor.key, _NUMBER.sub("", anchor.key)}:
            families[base].append(anchor)
    return families


def _family(base: str, texts: Sequence[str], known: Sequence[Anchor], published: Sequence[Anchor]) -> list[str]:
    """Keys of texts that begin alike: what was published keeps its key, the others take the lowest free number."""
    if len(texts) == 1 and len(known) < 2:
        return [known[0].key if known else base]
    taken: dict[int, str] = {}
    for anchor in known:  # the very words first, since another's sample may be as close
        place = next((place for place, text in enumerate(texts) if place not in taken and _digest(text) == anchor.digest), None)
        if place is not None and anchor.key not in taken.values():
            taken[place] = anchor.key
    for anchor in known:
        left = {place: text for place, text in enumerate(texts) if place not in taken}
        close = _closest(list(left.values()), [anchor], published) if anchor.key not in taken.values() else {}
        for place in close.values():
            taken[list(left)[place]] = anchor.key
    free = (name for name in _numbers(base, len(texts) + len(known)) if name not in set(taken.values()))
    return [taken[place] if place in taken else next(free) for place in range(len(texts))]


def _numbers(base: str, count: int) -> list[str]:
    return [base, *(f"{base}-{number}" for number in range(2, count + 2))]


def _closest(texts: Sequence[str], lost: Sequence[Anchor], published: Iterable[Anchor]) -> dict[str, int]:
    """Key → the place of the text that has its very words, or else most of them; without those of which too little is left anywhere.

    A text that was published as it is now is another paragraph, however close: it stands in only where nothing that changed is.
    """
    if not lost:
        return {}
    digests, pairs = [_digest(text) for text in texts], [_pairs(text) for text in texts]
    stood = {anchor.digest for anchor in published}
    best: dict[str, tuple[bool, bool, float, int]] = {}
    for anchor in lost:
        sample = [int(digits, 16) for digits in anchor.sample.split()]
        for place, (digest, there) in enumerate(zip(digests, pairs, strict=True)):
            is_it, share = digest == anchor.digest, sum(pair in there for pair in sample) / max(len(sample), 1)
            if is_it or share >= CLOSE:
                one = is_it, digest not in stood, share, -place
                best[anchor.key] = max(one, best.get(anchor.key, one))
    return {key: -place for key, (*_, place) in best.items()}


def _anchor(key: str, text: str, known: Anchor | None) -> Anchor:
    digest = _digest(text)
    return known if known and known.digest == digest else Anchor(key, digest, _sample(text))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _sample(text: str) -> str:
    """The pairs with the smallest numbers: the same ones wherever they stand, so that two samples of one text agree."""
    least = sorted(_pairs(text))[:SAMPLE_SIZE]
    return struct.pack(f">{len(least)}H", *least).hex(" ", 2)


def _pairs(text: str) -> set[int]:
    """Pairs of neighbouring words, the ends counted as words: of each the last two bytes of its CRC-32, a space between the words.

    A build from nothing asks for every pair of every text, so that all of it is left to functions that are no Python.
    """
    words = _spoken(text)
    if not words:
        return set()
    firsts = b" \n".join([_BOUND, *words, _BOUND]).split(b"\n")  # each with its space
    return {checksum & 0xFFFF for checksum in map(zlib.crc32, [*words, _BOUND], map(zlib.crc32, firsts))}


def _spoken(text: str) -> list[bytes]:
    """The words of a text."""
    if text.isascii():
        return text.encode().translate(_SPOKEN_OF_ASCII).split()
    return " ".join(_SPOKEN.findall(unicodedata.normalize("NFKC", text.casefold()))).encode().split()
