"""Text in Chinese, Japanese and Korean → which name holds which office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

IsPlace = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class NativeHeld:
    """A name beside an office, in code points of a paragraph."""

    start: int
    end: int
    name: str
    role: tuple[int, int]
    """Where the role stands."""
    head: str
    """The last head of the role: "市长"."""
    rule: str
    sure: bool
    """Proven by an honorific or by its shape; an unsure one needs a second sighting."""
    surname: bool = False
    """The name is a surname alone."""
    body: tuple[int, int] | None = None
    """Where the body stands that the name parts from its office: 信用金庫の寺田昭夫理事長."""
    latin: str = ""
    """The name in Latin script, from brackets behind it."""
