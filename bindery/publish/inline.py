"""A style sheet or a script → what stands in a page that asks for no other file, with the digest by which alone it applies or runs."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import Self

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Inline:
    """Between the tags of its element; the page's policy names the digest, and lets nothing else apply or run."""

    text: Markup
    digest: str
    """As a Content-Security-Policy writes it: "sha256-…"."""

    @classmethod
    def of(cls, source: str) -> Self:
        """Of one of our own files. A browser that reads a page knows no other end of line than a line feed."""
        text = "\n" + source.replace("\r\n", "\n").replace("\r", "\n")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
        return cls(Markup(text), f"sha256-{digest}")  # noqa: S704  # our own file
