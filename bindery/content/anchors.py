"""content/anchors/<id>.tsv ⇄ anchors: every paragraph address of a briefing that was ever published.

The program's own file, a line for each, sorted: two branches that both published merge line by line (.gitattributes says
`merge=union`), and a key that then stands twice is read as two tries to find one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bindery.errors import ContentError
from bindery.model import Anchor, Place

_LINE = re.compile(r"^(?P<key>[a-z0-9-]++)\t(?P<digest>[0-9a-f]{8})\t(?P<sample>(?:[0-9a-f]{4}(?: [0-9a-f]{4})*+)?+)\n", re.MULTILINE)


def dump(anchors: Iterable[Anchor]) -> str:
    """`key TAB digest TAB sample` each, the pairs of a sample apart by spaces."""
    return "".join(sorted({f"{anchor.key}\t{anchor.digest}\t{anchor.sample}\n" for anchor in anchors}))


def load(source: str, path: str) -> tuple[Anchor, ...]:
    """The inverse of `dump`, whatever the order of the lines. Raises ContentError with the line."""
    rows = _LINE.findall(source)
    if len(rows) == source.count("\n") and source.endswith("\n"):  # every line is one
        return tuple(Anchor(*row) for row in rows)
    return tuple(_anchor(line, path, number) for number, line in enumerate(source.splitlines(), 1) if line.strip())


def _anchor(line: str, path: str, number: int) -> Anchor:
    match = _LINE.fullmatch(f"{line}\n")
    if match is None:
        fix = "restore the line from the git history: without it an address of this paragraph may lead nowhere"
        raise ContentError(f"not a paragraph's address: {line!r}", at=Place(path, number), fix=fix)
    return Anchor(match["key"], match["digest"], match["sample"])
