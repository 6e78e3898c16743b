"""A paragraph's text → its figures: quantities with unit, subject and sentence. A pure function.

No library does this for us. quantulum3 knows English alone, takes years, days and the 500 of "Fortune Global 500" for quantities, reads
"($18.24 billion)" as a debt, and drops "over" and "nearly"; Microsoft's recognizers (which know Chinese and Japanese) no longer import;
pint converts units and price-parser reads one price, where the work is to tell what is a figure and of what. So the words are here.

Precision comes before recall: what is left out is read in the text, what is wrong stands in a table.
"""

from __future__ import annotations

from bindery.publish.figures import eastern, western
from bindery.publish.figures.figure import Bound, Figure, Measure, Sentences
from bindery.publish.scripts import WIDE, script
from bindery.publish.sentences import sentence_spans

__all__ = ["Bound", "Figure", "Measure", "Sentences", "figures"]


def figures(text: str, language: str | None, sentences: Sentences = sentence_spans) -> list[Figure]:
    """In order, none in another. `language` is a BCP 47 tag, None where it is not known: a text in another language than English,
    Chinese and Japanese has none, since its words are not known here. `sentences` says where those of a text begin and end."""
    main = (language or "").partition("-")[0].lower()
    if main in ("zh", "ja") or (not main and not text.isascii() and script(text) in WIDE):
        return list(eastern.figures(text, sentences))
    return list(western.figures(text, sentences)) if main in ("en", "") else []
