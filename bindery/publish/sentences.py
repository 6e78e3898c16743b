"""Text → sentences: where each begins and ends, so that a mention can be quoted as it was printed.

Every step looks at a bounded number of characters around a mark, so the time is linear in the text, whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEVER_LAST = _words(
    """
    mr mrs ms messrs mx dr prof hon h.e h.e.mr gen col lt capt cmdr maj sgt adm rev fr st sen rep gov amb pres supt insp e.g
    i.e cf vs viz
    """
)
"""Abbreviations that always lead on to a name or an example: a sentence never ends with one."""

MAY_BE_LAST = _words(
    """
    co ltd inc corp bros pte pty plc llc cie s.a s.p.a k.k jr sr ph.d m.d etc al u.s u.k u.n e.u p.r.c r.o.k d.c a.m p.m a.d
    b.c no nos vol pp fig art dept univ est approx jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu
    thur thurs fri sat sun ave blvd rd mt ft int'l gov't
    """
)
"""Abbreviations that end a sentence only if a word follows that begins one."""

OPENING_WORDS = _words(
    """
    the a an this that these those it its he his she her they their we our i you in on at as after before during since when
    while if but and so yet for from with by to of all both some many most more over about according also another because
    despite each earlier following however meanwhile moreover no not now one once other several such then there thus today
    two three under until what who why how
    """
)
"""Words that begin a sentence and are no part of a name: 'Kawasaki Co. The two sides' against 'Kawasaki Co. Ltd.'"""

_CLOSERS = r"""["'”’»)\]』」）】》〉]{0,4}+"""
_MARK = re.compile(r"[.!?…‽؟۔।。！？｡．\n]")
# Possessive: a run of marks is read once, whatever follows it. Each alternative begins with a _MARK: that one is searched for.
_BOUNDARY = re.compile(rf"(?P<western>[.!?…‽؟۔।]++){_CLOSERS}|(?P<eastern>[。！？｡．]++)(?P<closers>{_CLOSERS})|\n++")
_NEXT_WORD = re.compile(r"""\s{0,8}["'“‘«(\[『「（【《]{0,4}(?P<first>\w)(?P<rest>[\w'’]{0,20})""")
_WORD_BEFORE = re.compile(r"[^\s\"'“‘(（]+$")
_LONGEST_ABBREVIATION = 12
_HIRAGANA = re.compile(r"[\u3041-\u309f]")


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a plain text as (start, end), in order, white space left out between them.

    Offsets count code points. A closing quote or bracket belongs to the sentence before it; a line break always ends one.

    >>> [text[a:b] for text in ["Mr. Mori came. “Really?” he asked."] for a, b in sentence_spans(text)]
    ['Mr. Mori came.', '“Really?” he asked.']
    """
    spans, start = [], 0
    for end in (*_ends(text), len(text)):
        words = text[start:end]
        begin = start + len(words) - len(words.lstrip())
        stop = start + len(words.rstrip())
        if begin < stop:
            spans.append((begin, stop))
        start = end
    return tuple(spans)


def _ends(text: str) -> Iterator[int]:
    start = read = 0
    for found in _MARK.finditer(text):
        if found.start() < read:
            continue
        mark = _BOUNDARY.match(text, found.start())
        assert mark is not None
        read = mark.end()
        if _is_end(text, mark, start):
            start = read
            yield start


def _is_end(text: str, mark: re.Match[str], start: int) -> bool:
    if mark["western"]:
        return text[mark.end() : mark.end() + 1].isspace() and _ends_sentence(text, mark, start)
    return not (mark["eastern"] and mark["closers"] and _HIRAGANA.match(text, mark.end()))  # 「…。」と述べた goes on


def _ends_sentence(text: str, mark: re.Match[str], start: int) -> bool:
    """Whether a full stop, or what stands for one, is the end and not part of an abbreviation, a number or a quotation."""
    following = _NEXT_WORD.match(text, mark.end())
    if following is None:
        return True
    if following["first"].islower():
        return False
    if mark["western"] != ".":
        return True
    before = _WORD_BEFORE.search(text, max(0, mark.start() - _LONGEST_ABBREVIATION), mark.start())
    word = before[0].casefold() if before else ""
    if word in NEVER_LAST or _is_point(text, start, mark.start()):
        return False
    if word in MAY_BE_LAST or _is_initial(word):
        return (following["first"] + following["rest"]).casefold() in OPENING_WORDS
    return True


def _is_initial(word: str) -> bool:
    """'J.' in 'J. Edwards', and 'J.F.' in 'J.F. Edwards'."""
    if not word or word[1:2] not in {"", "."}:  # nearly every word
        return False
    return all(len(letter) == 1 and letter.isalpha() for letter in word.split("."))


def _is_point(text: str, start: int, end: int) -> bool:
    """'1.' in '1. First point': the number is all there is of the sentence so far."""
    return end - start <= _LONGEST_ABBREVIATION and text[start:end].strip().isdigit()
