"""A file of the site before it is made, with the key that says whether it has to be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import NamedTuple

from bindery.model import Briefing
from bindery.publish.body import Block
from bindery.publish.pieces import Pieced

Content = Mapping[str, object] | Pieced | bytes | str
"""What a template is given, or the file itself."""
Read = Callable[[str], tuple[Briefing, tuple[Block, ...]]]
"""Briefing id → it and its body, links as they stand in briefings/."""


class Planned(NamedTuple):
    """A file of the site."""

    permalink: str
    template: str
    """Empty for a file that no template makes."""
    key: int
    """A digest of everything it will be made from, but the templates and the configuration."""
    make: Callable[[], Content]
    cost: int = 1
    """Roughly, that of a briefing's page being 1."""
    briefing: str = ""
    """Id of the briefing whose text it needs; empty for a file that needs none."""


def key_of(*words: str | None) -> int:
    """A key made of texts."""
    joined = "\0".join("\1" if word is None else word for word in words)
    return int.from_bytes(hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=7).digest())
