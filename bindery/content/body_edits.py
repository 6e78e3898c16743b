"""A briefing's file → the same file with one mention or paragraph otherwise: every other character stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bindery.content import front_matter, markup
from bindery.errors import ContentError
from bindery.model import AuthorityId, Mention, Place

_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Plain:
    """A body as it reads: without links and escapes."""

    text: str
    offsets: tuple[int, ...]
    """Of each of its characters in the file; one more for the end."""
    is_linked: tuple[bool, ...]
    """Whether a character stands in a mention."""


def with_role(source: str, path: str, number: int, seen: tuple[AuthorityId, str], role: str | None) -> str:
    """The role of one mention, counted from 0, said otherwise, or not at all. `seen` is its record and its form.

    Raises ContentError where another mention stands there.
    """
    matches = _mentions(source, path)
    if number >= len(matches) or (matches[number]["id"], markup.unescape(matches[number]["form"])) != seen:
        raise ContentError("the mention is not there any more", at=Place(path), fix="look at the briefing again")
    match = matches[number]
    link = _link(match["form"], match["id"], role, path)
    return source[: match.end("before")] + link + source[match.end() :]


def with_link(source: str, path: str, sentence: str, form: str, authority: AuthorityId) -> str:
    """The first place of the sentence where the name stands without a link gets one. Raises ContentError where there is none."""
    body = plain(source, path)
    begin = body.text.find(sentence)
    found = re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)|{re.escape(form)}", sentence) if begin >= 0 else ()
    for match in found:
        start, end = begin + match.start(), begin + match.end()
        if not any(body.is_linked[start:end]):
            at, to = body.offsets[start], body.offsets[end - 1] + len(_written(source, body.offsets[end - 1]))
            return source[:at] + _link(source[at:to], authority, None, path) + source[to:]
    raise ContentError(f"{form!r} does not stand there without a link any more", at=Place(path), fix="look at the briefing again")


def repointed(source: str, path: str, old: AuthorityId, new: AuthorityId) -> str:
    """Every mention of one record names the other."""
    pieces, end = [], 0
    for match in _mentions(source, path):
        if match["id"] == old:
            pieces += [source[end : match.start("id")], new]
            end = match.end("id")
    return "".join([*pieces, source[end:]])


def with_paragraph(source: str, path: str, text: str, above: Sequence[str]) -> str:
    """A captured line as a paragraph: after the one that has the last of the lines `above` that is there, and its notes; else first."""
    body, line_end = plain(source, path), "\r\n" if "\r\n" in source else "\n"
    written = markup.escape(text)
    at = next((body.offsets[found + len(line) - 1] for line in reversed(above) if line and (found := body.text.rfind(line)) >= 0), None)
    if at is None:
        begin = body.offsets[0] + len(body.text) - len(body.text.lstrip())
        return f"{source[:begin]}{written}{line_end}{line_end}{source[begin:]}"
    blank = re.compile(r"\r?\n[ \t]*\r?\n(?!>)|\s*\Z")
    gap = blank.search(source, at)
    end = gap.start() if gap else len(source)
    return f"{source[:end]}{line_end}{line_end}{written}{source[end:]}"


def plain(source: str, path: str) -> Plain:
    """What a reader of the body reads, and where in the file each character of it stands."""
    characters: list[str] = []
    offsets: list[int] = []
    linked: list[bool] = []

    def take(start: int, end: int, *, is_linked: bool) -> None:
        at = start
        while at < end:
            written = _written(source, at)
            characters.append(written[-1])
            offsets.append(at)
            linked.append(is_linked)
            at += len(written)

    end = _body(source, path)
    for match in _mentions(source, path):
        take(end, match.end("before"), is_linked=False)
        take(match.start("form"), match.end("form"), is_linked=True)
        end = match.end()
    take(end, len(source), is_linked=False)
    return Plain("".join(characters), (*offsets, len(source)), tuple(linked))


def _written(source: str, at: int) -> str:
    """A character with its escape."""
    return source[at : at + 2] if _ESCAPED.match(source, at) else source[at]


def _mentions(source: str, path: str) -> list[re.Match[str]]:
    return list(markup.MENTION.finditer(source, _body(source, path)))


def _body(source: str, path: str) -> int:
    fence = front_matter.head_span(source, path)[1]
    return source.find("\n", fence) + 1 or len(source)


def _link(form: str, authority: AuthorityId, role: str | None, path: str) -> str:
    try:
        return markup.link(form, Mention(0, len(form), authority, role))
    except ValueError as error:
        raise ContentError(f"cannot be written: {error}", at=Place(path), fix="edit the file by hand") from error
