"""Plain text ⇄ Markdown, and mentions ⇄ links: `inline` puts them in, `standoff` lifts them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bindery.model import Mention

_ALWAYS_SPECIAL = re.compile(r"([\\`*_\[\]{<])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What Markdown reads as structure only where a line begins: headings, quotes, lists, rules, tables, fences.
_LINE_START = re.compile(r"^(\s*)(?:([#>|:=~]|[-+](?=\s|[-+]*$))|(\d{1,9})([.)])(?=\s|$))", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")

_LINK = r"""\[{}(?P<form>(?:[^\[\]\\\n]++|\\.)++)\]
        \(\.\./(?P<id>[a-z_]+/[a-z0-9][a-z0-9-]*+)\.md
        (?:[ ]"(?P<role>(?:[^"\\\n]++|\\.)*+)")?\)"""
MENTION = re.compile(r"(?<!\\)(?P<before>(?:\\\\)*)" + _LINK.format(""), re.VERBOSE)
"""A mention as it stands in a body: [form](../officials/tang-zongwei.md "role as printed")."""
_PLAIN_MENTION = re.compile(_LINK.format(r"(?<!\\\[)"), re.VERBOSE)
"""The same where no bracket has two backslashes before it. It begins with one letter, which is searched for ten times as fast."""


def escape(text: str) -> str:
    """Markdown that reads as exactly this plain text: whatever a seed contains, none of it is markup."""
    text = _ALWAYS_SPECIAL.sub(r"\\\1", text)
    text = _ENTITY.sub(r"\\&", text)
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", text)


def unescape(markdown: str) -> str:
    """The plain text behind escaped Markdown: the inverse of `escape`."""
    return _ESCAPED.sub(r"\1", markdown) if "\\" in markdown else markdown


def inline(text: str, mentions: Iterable[Mention]) -> str:
    """Write each mention as a link to its authority record, the role as its title.

    Raises ValueError when mentions overlap, lie outside the text, or cover an unescaped bracket or a line break.
    """
    pieces, end = [], 0
    for mention in sorted(mentions, key=lambda mention: mention.start):
        if not end <= mention.start < mention.end <= len(text):
            raise ValueError(f"mention {mention} overlaps its neighbour or lies outside the text")
        pieces += [text[end : mention.start], link(text[mention.start : mention.end], mention)]
        end = mention.end
    return "".join([*pieces, text[end:]])


def link(form: str, mention: Mention) -> str:
    """One mention as a Markdown link."""
    title = "" if mention.role is None else ' "' + re.sub(r'(["\\])', r"\\\1", " ".join(mention.role.split())) + '"'
    markdown = f"[{form}](../{mention.authority}.md{title})"
    if MENTION.fullmatch(markdown) is None:
        raise ValueError(f"cannot be written as a link: {markdown!r}")
    return markdown


def standoff(markdown: str) -> tuple[str, tuple[Mention, ...]]:
    """Lift inline mentions out of a body: the inverse of `inline`.

    Offsets count code points of the returned text. A link to anything but an authority stays in the text as it is.
    """
    pieces: list[str] = []
    mentions: list[Mention] = []
    read = length = 0
    pattern = MENTION if "\\\\[" in markdown else _PLAIN_MENTION
    for match in pattern.finditer(markdown):
        form = match["form"]
        before = markdown[read : match.start("form") - 1]
        start = length + len(before)
        length = start + len(form)
        mentions.append(Mention(start, length, match["id"], role(match)))
        pieces += (before, form)
        read = match.end()
    return "".join([*pieces, markdown[read:]]), tuple(mentions)


def role(mention: re.Match[str]) -> str | None:
    """The role in a match of MENTION, its escapes undone and its spaces single, as `link` writes it; None where it prints none."""
    printed: str | None = mention["role"]
    if printed and "\\" in printed:
        printed = re.sub(r"\\([\"\\])", r"\1", printed)
    return printed if printed is None else " ".join(printed.split())


def escape_with_spans(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Escape a text and say where its spans (sorted, apart from each other) lie in the result."""
    escaped = escape(text)
    if escaped == text:
        return text, tuple(spans)
    cuts = sorted({0, *(cut for span in spans for cut in span)})
    offset_by_cut, position = {0: 0}, 0
    for before, after in pairwise(cuts):
        position = _advance(escaped, position, after - before)
        offset_by_cut[after] = position
    return escaped, tuple((offset_by_cut[start], offset_by_cut[end]) for start, end in spans)


def _advance(escaped: str, position: int, count: int) -> int:
    """The offset after `count` more plain characters of an escaped text."""
    for _ in range(count):
        position += 2 if _ESCAPED.match(escaped, position) else 1
    return position
