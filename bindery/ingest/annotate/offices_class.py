"""A role as printed → the kind of office it is."""

from __future__ import annotations

import re
from functools import cache

from bindery.ingest.annotate.names_lexicon import folded, terms

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
CLASS_WORDS = "office_classes.txt"


@cache
def _words(section: str) -> frozenset[str]:
    return terms(CLASS_WORDS, section)


def office_class(role: str, classes: frozenset[str]) -> str:
    """ "diplomatic", "government", "corporate" or "other", by the head of the office and the body it belongs to."""
    words = {folded(word) for word in WORD.findall(role)}
    if "diplomatic" in classes or words & _words("diplomatic"):
        return "diplomatic"
    if words & _words("company"):
        return "corporate"
    if words & _words("association"):
        return "other"
    if "government" in classes or words & _words("government"):
        return "government"
    if "corporate" in classes:
        return "corporate"
    if "other" in classes:
        return "other"
    return "government" if words & _words("state heads") else "corporate"
