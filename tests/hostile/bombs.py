"""A pattern → texts on which it may take more than linear time: its own repeated parts, repeated, with an end that does not fit.

A backtracking matcher is slow where one text can be divided among repeated parts in many ways, or where a search begins anew at every
place and reads to the end each time. Both are provoked by what the pattern itself repeats, so that is taken from its syntax tree.
"""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterable, Iterator
from re import _constants as op
from re import _parser as syntax
from types import FrameType
from typing import Any

from bindery.ingest.read import WIDEST_GAP

MANY = 8
"""Repetitions from which a part counts as endless: {2,7} costs what seven of them cost."""
MISFITS = ("\0", "\n", "!", "x")
"""Ends that most patterns do not expect."""
LENGTHS = 1_500, 3_000, 6_000
"""Code points of three bombs: enough for a square to show, and what shows twice is no accident."""
SLOW = 0.008
"""Seconds from which the growth is looked at: what takes less can be of any shape, and does no harm at ten times the length."""
SQUARE = 3.0
"""Twice the text, more than this times the time: a square takes four times, a straight line two."""
PATIENCE = 1.0
"""Seconds of CPU after which a match is given up."""
ENOUGH, TRIES = 3, 12
"""Tries that show that a pattern is harmless, and after which it is not."""
MOST = 24
"""Bombs for one pattern: a list of a thousand names repeats the same few parts."""


class TooSlowError(Exception):
    """A bomb went off."""


def bombs(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """What stands before, what is repeated, what stands behind: each pump once."""
    seen: set[tuple[str, str]] = set()
    tree = syntax.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    for before, part in _pumps(tree, ""):
        pump = _narrow(part)
        if pump and (before, pump) not in seen and len(seen) < MOST:
            seen.add((before, pump))
            yield before, pump, MISFITS[len(seen) % len(MISFITS)]
    whole = _narrow(_sample(tree))
    if whole:
        yield "", whole, "\0"
        yield "", _narrow(whole[: max(1, len(whole) // 2)]), "\0"


def _narrow(pump: str) -> str:
    """Of white space as much as a seed can have in a row."""
    return (pump * WIDEST_GAP)[:WIDEST_GAP] + "." if pump.isspace() else pump


def _pumps(tree: Iterable[Any], before: str) -> Iterator[tuple[str, str]]:
    """Every repeated part as (a text for what stands before it, a text for itself), outer ones first."""
    for code, value in tree:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _, most, inner = value
            if most >= MANY:
                for sample in {_sample(inner), _sample(inner, last=True)}:
                    yield before, sample
                    yield "", before + sample
            yield from _pumps(inner, before)
        elif code is op.SUBPATTERN:
            yield from _pumps(value[-1], before)
        elif code is op.ATOMIC_GROUP:
            yield from _pumps(value, before)
        elif code is op.BRANCH:
            for branch in value[1][:12]:
                yield from _pumps(branch, before)
        elif code in (op.ASSERT, op.ASSERT_NOT):
            yield from _pumps(value[1], before)
        before += _sample([(code, value)])


def _sample(tree: Iterable[Any], *, last: bool = False) -> str:
    """A text that the tree takes, or nearly: the first of what it leaves open, or the last."""
    text = ""
    for code, value in tree:
        if code is op.LITERAL:
            text += chr(value)
        elif code is op.NOT_LITERAL:
            text += "a" if value != ord("a") else "b"
        elif code is op.ANY:
            text += "a"
        elif code is op.IN:
            text += _member(value, last=last)
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            text += _sample(value[2], last=last) * max(value[0], 1)
        elif code is op.SUBPATTERN:
            text += _sample(value[-1], last=last)
        elif code is op.ATOMIC_GROUP:
            text += _sample(value, last=last)
        elif code is op.BRANCH:
            text += _sample(value[1][-1 if last else 0], last=last)
    return text


def _member(members: list[Any], *, last: bool) -> str:
    """One character of a set; of a set of what is not in it, a letter, digit, space or sign that is not."""
    if members[0][0] is op.NEGATE:
        probe = re.compile("[" + "".join(map(_in_set, members[1:])) + "]")
        return next((char for char in ("a", "1", " ", "市", "-", "A") if not probe.match(char)), "\x7f")
    code, value = members[-1 if last else 0]
    if code is op.LITERAL:
        return chr(value)
    if code is op.RANGE:
        return chr(value[1 if last else 0])
    return {op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "a", op.CATEGORY_NOT_WORD: "-"}.get(value, "a")


def _in_set(member: Any) -> str:
    code, value = member
    if code is op.LITERAL:
        return re.escape(chr(value))
    if code is op.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    names = {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s", op.CATEGORY_WORD: r"\w"}
    names |= {op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_NOT_WORD: r"\W"}
    return names[value]


def damage(pattern: re.Pattern[str], *, searches: bool) -> str | None:
    """The first bomb that goes off, in words; None where none does."""
    return next((said for bomb in bombs(pattern) if (said := _damage(pattern, bomb, searches=searches))), None)


def _damage(pattern: re.Pattern[str], bomb: tuple[str, str, str], *, searches: bool) -> str | None:
    before, pump, behind = bomb
    short, long, longest = (f"{before}{(pump * (length // len(pump) + 1))[:length]}{behind}" for length in LENGTHS)
    try:
        if _seconds(pattern, long, searches=searches) < SLOW:
            return None
        seconds = _grown(pattern, short, long, searches=searches)
        if seconds is None or _grown(pattern, long, longest, searches=searches) is None:
            return None
    except TooSlowError:
        return f"{before!r} + {pump!r} * n + {behind!r}: more than {PATIENCE:.0f} s"
    return f"{before!r} + {pump!r} * n + {behind!r}: {seconds[0]:.3f} s, for twice as much {seconds[1]:.3f} s"


def _grown(pattern: re.Pattern[str], half: str, whole: str, *, searches: bool) -> tuple[float, float] | None:
    """Seconds of the quickest tries of the two, if they grow as a square does. A busy machine makes a try slow, never quick."""
    short = long = PATIENCE
    for tried in range(1, TRIES + 1):
        short, long = (min(quickest, _seconds(pattern, text, searches=searches)) for quickest, text in ((short, half), (long, whole)))
        if tried >= ENOUGH and (long < SLOW or long < SQUARE * short):
            return None
    return short, long


def _seconds(pattern: re.Pattern[str], text: str, *, searches: bool) -> float:
    """Of all matches, or of one try at the beginning. By the clock: some systems count a process's time in ticks of ten milliseconds."""
    started = time.perf_counter()
    with _alarm():
        if searches:
            for _ in pattern.finditer(text):
                pass
        else:
            pattern.fullmatch(text)
            pattern.match(text)
    return time.perf_counter() - started


class _alarm:  # noqa: N801 - reads like the function it is
    """Ends what takes longer than PATIENCE: the matcher of Python looks at signals now and then."""

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGPROF, self._ring)
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, self._before)

    @staticmethod
    def _ring(_number: int, _frame: FrameType | None) -> None:
        raise TooSlowError
