"""Text in Chinese, Japanese and Korean → which name holds which office."""

from __future__ import annotations

from dataclasses import dataclass


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
    latin: str = ""
    """The name in Latin script, from brackets behind it."""
