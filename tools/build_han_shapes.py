"""OpenCC → bindery/ingest/data/people/han_shapes.txt: characters that Chinese and Japanese write in several shapes.

Not part of the program: run by hand when the list is to be renewed, in an environment of its own,

    pip install opencc
    python tools/build_han_shapes.py

OpenCC's dictionaries (Apache License 2.0) say which traditional character is which simplified one, and how Japan writes it.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

import opencc

OUTPUT = Path(__file__).resolve().parent.parent / "bindery/ingest/data/people/han_shapes.txt"
HAN = range(0x3400, 0xA000)
IN_NAMES = ("高髙", "滨濵", "岛嶋嶌", "渊渕", "青靑", "崎﨑", "吉𠮷")
"""Shapes of family names that the dictionaries leave out."""
NOTICE = (
    "# One character a group: the simplified form, then its traditional and Japanese forms.",
    "# Derived from the dictionaries of OpenCC (TSCharacters, JPVariants), Apache License 2.0.",
    "# Copyright 2010-2020 BYVoid and contributors.",
)


def groups() -> list[str]:
    """Simplified form first; what has one shape only is left out."""
    simplified, to_japanese, from_japanese = (opencc.OpenCC(name) for name in ("t2s", "t2jp", "jp2t"))
    shapes: dict[str, set[str]] = {}
    for character in map(chr, HAN):
        traditional = from_japanese.convert(character)
        for simple in (simplified.convert(character), simplified.convert(traditional)):
            if len(simple) == 1 and ord(simple) in HAN:
                shapes.setdefault(simple, set()).update((character, to_japanese.convert(character)))
    for simple, *others in IN_NAMES:
        shapes.setdefault(simple, set()).update(others)
    return [simple + "".join(sorted(forms - {simple})) for simple, forms in sorted(shapes.items()) if forms - {simple}]


if __name__ == "__main__":
    OUTPUT.write_text("\n".join([*NOTICE, *wrap(" ".join(groups()), 120)]) + "\n", encoding="utf-8")
