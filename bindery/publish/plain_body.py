"""A body of plain blocks (paragraphs, headings, lists, quotations, notes) → those, in a thirtieth of the time Python-Markdown takes.

That is what ingest writes and most people leave. It is read here only where Python-Markdown, with the extensions of
`bindery.publish.body`, is certain to read the same: no letter of it may be markup, escaped ones and the stars of emphasis apart,
and no line begins with anything that could make it another block. Every other body is for Python-Markdown as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from bindery.content import markup
from bindery.model import AuthorityId, Mention
from bindery.publish.block import (
    ALERT,
    MENTION_ATTRIBUTE,
    ROLE_ATTRIBUTE,
    BlockMention,
    Gathered,
    MentionTarget,
    Note,
    Target,
    Unkeyed,
    tone,
)

_BLOCK = re.compile(r"[^\n]++(?:\n[^\n]++)*+")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_SPECIAL = re.compile(r"[\x00-\x09\x0b-\x1f\\`_\[\]{<]")
"""Markup wherever it stands, and characters that Python-Markdown takes out, expands or works with."""
_ENTITY = re.compile(r"&#?\w+;")
_NOTE = re.compile(rf"> {ALERT}\n> (?=\S)(?P<words>[^\n]+)")
_NOTE_LABEL = re.compile(rf"^> {ALERT}$", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6}) +(?=\S)[^\n]*[^\n#]")
_QUOTATION = re.compile(r"> (?=\S)(?P<words>[^\n]+)")
_ITEM = re.compile(r"(?:[-+*]|\d+\.) +(?=\S)")
_STRUCTURE = re.compile(r"[\s#>:|+=~-]|\d+\.\s")
"""The beginning of a line that may make it a list, a rule, a table, a quotation, a definition."""
_EMPHASIS = re.compile(
    r"(?<!\*)(\*\*?)(?=[^\W_])([^*]*+)(?:(?<=[^\W_])\1(?!\*)|(?<=[.,;:!?%)”’。，])\1(?![^\s.,;:!?)”’。，]))",
)
"""Stars that open before a letter or a figure, and as many that close after one, or between punctuation and the end of a word. This
is emphasis whatever library reads it."""
_OPEN, _CLOSE, _OPEN_STRONG, _CLOSE_STRONG = "\x01", "\x02", "\x03", "\x04"
"""Each stands for a star once it is known which belong together."""
_MARK = re.compile("[\x01-\x04]")
_SPACE = re.compile(r"[^\S ]")
_AUTHORITY = re.compile(r"[a-z_]+/[a-z0-9][a-z0-9-]*")
_ODD_ROLE = re.compile("[\x00-\x1f`]")

LISTS = ("ul", "ol")
QUOTATION = "blockquote"
Inline = tuple[Markup, str, tuple[BlockMention, ...]]
"""Words as HTML, as plain text, and the mentions in it."""


class _NotPlainError(Exception):
    """Python-Markdown might see something else here. Never leaves this module."""


class Links(dict[AuthorityId, str]):
    """A target that is asked once for each record, whatever the number of bodies.

    Authority → what stands before its name, up to where one more attribute may follow; empty if there is no such record.
    """

    def __init__(self, target: MentionTarget) -> None:
        super().__init__()
        self.target = target

    def __call__(self, authority: AuthorityId) -> Target | None:
        return self.target(authority)

    def __missing__(self, authority: AuthorityId) -> str:
        if _AUTHORITY.fullmatch(authority) is None:
            raise _NotPlainError
        found = self.target(authority)
        if found and _MARK.search(found.href + found.kind):
            raise _NotPlainError
        self[authority] = link = (
            f'<span class="mention mention--{_attribute(found.kind)}">'
            f'<a class="mention__link" href="{_attribute(found.href)}" {MENTION_ATTRIBUTE}="{authority}"'
            if found
            else ""
        )
        return link


def read(text: str, mentions: Sequence[Mention], target: MentionTarget) -> list[Unkeyed] | None:
    """The blocks of a body, in order; None if it may be anything but plain."""
    if not _is_plain(text):
        return None
    try:
        return _blocks(text, mentions, target if isinstance(target, Links) else Links(target))
    except _NotPlainError:
        return None


def _is_plain(text: str) -> bool:
    """Whether nothing is markup but what may stand at the beginning of a line."""
    if "> [!" in text:
        text = _NOTE_LABEL.sub("", text)
    if "\\" in text:
        text = _ESCAPE.sub(".", text)
    return _SPECIAL.search(text) is None and ("&" not in text or _ENTITY.search(text) is None)


def _blocks(text: str, mentions: Sequence[Mention], links: Links) -> list[Unkeyed]:
    found: list[Unkeyed] = []
    before, read = "", 0
    for match in _BLOCK.finditer(text):
        kind, begin = _shape(match[0])
        start, end, first = match.start() + begin, match.end(), read
        while read < len(mentions) and mentions[read].start < end:
            read += 1
        here = mentions[first:read]
        if _runs_on(before, kind):
            raise _NotPlainError
        if kind in LISTS:
            found.append(Unkeyed(kind, *_list(text, (start, end), here, links)))
        elif kind == QUOTATION:
            found.append(_quotation(*_inline(text, (start, end), here, links)))
        elif kind.isupper():
            html, plain, _ = _inline(text, (start, end), here, links, roles=True)
            note = Note(tone(kind), f"<p>{html}</p>", plain)
            found[-1:] = [found[-1]._replace(notes=(note,)) if found else Unkeyed("p", Markup(), "", (), (note,))]
        else:
            found.append(Unkeyed(kind, *_inline(text, (start, end), here, links)))
        before = kind
    if read < len(mentions):
        raise _NotPlainError
    return found


def _runs_on(before: str, kind: str) -> bool:
    """Whether two blocks in a row may be one: two lists, two quotations. A note is a quotation with a label."""
    if kind in LISTS:
        return before in LISTS
    return (kind == QUOTATION or kind.isupper()) and (before == QUOTATION or before.isupper())


def _shape(block: str) -> tuple[str, int]:
    """The tag of a block, or the label of a note, and where its words begin."""
    if block[-1].isspace() or " \n" in block:
        raise _NotPlainError
    if block[0] == "#" and (heading := _HEADING.fullmatch(block)):
        return f"h{heading.end(1)}", len(block) - len(block[heading.end(1) :].lstrip(" "))
    quoted = _NOTE.fullmatch(block) or _QUOTATION.fullmatch(block) if block[0] == ">" else None
    words = quoted["words"] if quoted else block
    if _ITEM.match(words) and not quoted:
        return _kind_of_list(words.split("\n")), 0
    if _STRUCTURE.match(words) or ("\n" in words and any(map(_STRUCTURE.match, words.split("\n")))):
        raise _NotPlainError
    return (quoted[1] if quoted.re is _NOTE else QUOTATION, quoted.start("words")) if quoted else ("p", 0)


def _kind_of_list(lines: Sequence[str]) -> str:
    """Of items of one line each, with nothing but words in them."""
    for line in lines:
        item = _ITEM.match(line)
        if item is None or _STRUCTURE.match(line, item.end()) or line[0].isdigit() != lines[0][0].isdigit():
            raise _NotPlainError
    return "ol" if lines[0][0].isdigit() else "ul"


def _list(text: str, span: tuple[int, int], mentions: Sequence[Mention], links: Links) -> Inline:
    """Its items, each after a line end in the HTML and after a space in the text."""
    start, end = span
    items: list[Markup] = []
    texts: list[str] = []
    named: list[BlockMention] = []
    read = offset = 0
    for line in text[start:end].split("\n"):
        item = _ITEM.match(line)
        assert item is not None
        first, stop = read, start + len(line)
        while read < len(mentions) and mentions[read].start < stop:
            read += 1
        html, plain, places = _inline(text, (start + item.end(), stop), mentions[first:read], links)
        items.append(html)
        texts.append(plain)
        named += [BlockMention(place.start + offset, place.end + offset, place.authority, place.role) for place in places]
        start, offset = stop + 1, offset + len(plain) + 1
    inner = "".join(f"<li>{html}</li>\n" for html in items)
    return Markup(f"\n{inner}"), " ".join(texts), tuple(named)  # noqa: S704  # each item is HTML


def _quotation(html: Markup, plain: str, mentions: tuple[BlockMention, ...]) -> Unkeyed:
    if plain.startswith("[!"):
        raise _NotPlainError  # escaped or not, it may be the label of a note
    return Unkeyed(QUOTATION, Markup("\n<p>") + html + Markup("</p>\n"), plain, mentions)


def _inline(text: str, span: tuple[int, int], mentions: Sequence[Mention], links: Links, *, roles: bool = False) -> Inline:
    """The words of one block. `roles`: whether its links say the roles."""
    start, end = span
    words = text[start:end]
    if "*" not in words or "*" not in (seen := _ESCAPE.sub("..", words)):
        return _linked(text, span, mentions, links, roles=roles)
    text = text[:start] + _marked(words, seen)
    if any(_MARK.search(text, mention.start, mention.end) for mention in mentions):
        raise _NotPlainError  # a link that begins before an emphasis and ends in it
    html, plain, named = _linked(text, span, mentions, links, roles=roles)
    return _tagged(html), _MARK.sub("", plain), tuple(_unmarked(named, plain))


def _linked(text: str, span: tuple[int, int], mentions: Sequence[Mention], links: Links, *, roles: bool) -> Inline:
    """The same without emphasis."""
    start, end = span
    words = text[start:end]
    is_straight = "\\" not in words and "  " not in words and ("\n" not in words if words.isascii() else not _SPACE.search(words))
    shown = _as_typed if is_straight and "&" not in words and ">" not in words else _html
    gathered, position = Gathered(), start
    pieces: list[str] = []
    named: list[BlockMention] = []
    for mention in mentions:
        before, form = text[position : mention.start], text[mention.start : mention.end]
        if not position <= mention.start < mention.end <= end or (not is_straight and _may_be_cut(before, form)):
            raise _NotPlainError
        position = mention.end
        place = (
            (mention.start - start, mention.end - start) if is_straight else gathered.place(markup.unescape(before), markup.unescape(form))
        )
        role = _role(mention.role) if mention.role else None
        if link := links[mention.authority]:
            named.append(BlockMention(*place, mention.authority, role))
            attribute = f' {ROLE_ATTRIBUTE}="{_attribute(role)}"' if roles and role else ""
            pieces += (shown(before), link, attribute, ">", shown(form), "</a></span>")
        else:
            pieces += (shown(before), "<span><span>", shown(form), "</span></span>")
    pieces.append(shown(text[position:end]))
    if not is_straight:
        gathered.append(markup.unescape(text[position:end]))
    return Markup("".join(pieces)), words if is_straight else gathered.text, tuple(named)  # noqa: S704  # escaped piece by piece


def _marked(words: str, seen: str) -> str:
    """The words with marks for stars. `seen` are the words without escapes, as long. Raises _NotPlainError unless all stars pair."""
    found = list(_EMPHASIS.finditer(seen))
    if sum(2 * len(match[1]) for match in found) != seen.count("*"):
        raise _NotPlainError
    pieces: list[str] = []
    read = 0
    for match in found:
        opening, closing = (_OPEN, _CLOSE) if match[1] == "*" else (_OPEN_STRONG * 2, _CLOSE_STRONG * 2)
        pieces += (words[read : match.start()], opening, words[match.start(2) : match.end(2)], closing)
        read = match.end()
    return "".join([*pieces, words[read:]])


def _tagged(html: Markup) -> Markup:
    tagged = str(html).replace(_OPEN, "<em>").replace(_CLOSE, "</em>")
    return Markup(tagged.replace(_OPEN_STRONG * 2, "<strong>").replace(_CLOSE_STRONG * 2, "</strong>"))  # noqa: S704  # HTML already


def _unmarked(mentions: Iterable[BlockMention], marked: str) -> Iterator[BlockMention]:
    """The mentions where they stand without the marks."""
    for mention in mentions:
        start, end = (place - len(_MARK.findall(marked, 0, place)) for place in (mention.start, mention.end))
        yield BlockMention(start, end, mention.authority, mention.role)


def _may_be_cut(before: str, form: str) -> bool:
    """Whether a name begins or ends inside an escape, or holds a bracket or a line end where Python-Markdown might end it."""
    return before[-1:] == "\\" or form[-1] == "\\" or not {"[", "]", "\n"}.isdisjoint(form)


def _role(role: str) -> str | None:
    role = " ".join(role.split())
    if _ODD_ROLE.search(role):
        raise _NotPlainError
    return role or None


def _as_typed(words: str) -> str:
    return words


def _html(words: str) -> str:
    """As the serializer of `bindery.publish.body` writes text."""
    return markup.unescape(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(value: str) -> str:
    return value.replace("&", "&amp;").replace(">", "&gt;").replace('"', "&quot;")
