"""data/people/han_shapes.txt → one shape for a character that Chinese and Japanese write in several: 澤, 沢, 泽."""

from __future__ import annotations

from functools import cache, lru_cache

from bindery.ingest.annotate.names_lexicon import words


@cache
def _table() -> dict[int, str]:
    return {ord(other): group[0] for group in words("han_shapes.txt") for other in group[1:]}


@lru_cache(maxsize=4096)
def one_shape(text: str) -> str:
    """Every character in its simplified form; the length stays."""
    return text.translate(_table())
