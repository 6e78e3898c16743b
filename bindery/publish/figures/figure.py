"""The noun: a quantity as a text prints it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

Measure = Literal["count", "money", "share", "area", "length", "mass", "volume", "power", "energy", "speed"]
"""What kind of quantity it is: things counted, or something measured. A share is a percentage, or points of one."""
Bound = Literal["exactly", "over", "under", "about"]
"""How the text takes the number: "over", "at least" and "more than" are `over`; "nearly", "up to" and "less than" are `under`."""

Value = int | float
Span = tuple[int, int]
Sentences = Callable[[str], Sequence[Span]]
"""A text → where its sentences begin and end, in order. Asked only for a text that has a number."""


class Figure(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A quantity in a text. Offsets count code points."""

    start: int
    end: int
    """Exclusive."""
    printed: str
    """The words of the text from `start` to `end`: "nearly 400 Japanese enterprises", "over $12 billion", "48.5%"."""
    measure: Measure
    value: Value
    """With its scale: 12000000000 for "$12 billion". The lower one of a range."""
    most: Value | None
    """The upper one of a range, "10 to 15 percent"; None for a single number."""
    bound: Bound
    unit: str
    """Currency code, "%", "km²", "kWh" …; of things counted the noun, as printed: "enterprises". Nothing is converted."""
    subject: str
    """The words counted, or what it is the figure of, as printed: "Japanese enterprises", "total area"; empty where the words beside
    it do not say."""
    sentence: Span
    """Where the sentence it stands in begins and ends."""
