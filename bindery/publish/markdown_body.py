"""A body of any Markdown → its blocks, by Python-Markdown.

Raw HTML is not Markdown here: whatever a body contains, no markup but Markdown's own reaches a page.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import cast
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from bindery.content import markup
from bindery.publish.block import ALERT, MENTION_ATTRIBUTE, ROLE_ATTRIBUTE, BlockMention, Gathered, MentionTarget, Note, Unkeyed, tone

LIVE_SCHEMES = ("", "http", "https", "mailto")
"""Links a person may write; any other is shown as text."""
ALLOWED_ATTRIBUTES = {"href", "src", "alt", "title", "class", "id", "lang", "dir", "start", "colspan", "rowspan"}
"""What is left of the attributes a body may carry; never an event handler."""
BREAKING_TAGS = {"li", "tr", "td", "th", "dt", "dd", "p", "br"}
"""Elements whose text stands apart from what is before it."""
_ALERT = re.compile(rf"\s*{ALERT}\s*")
_OUTER_TAG = re.compile(r"^<[a-z0-9]+(?:\s[^>]*)?>")
_PLACEHOLDER = re.compile("\u0002[^\u0002\u0003]*\u0003")
"""What Python-Markdown puts where a postprocessor will put something: the arrow of a footnote."""


def read(source: str, target: MentionTarget) -> list[Unkeyed]:
    """The blocks of a body, in order."""
    found: list[Unkeyed] = []
    for element in _elements(source, target):
        note = _note(element)
        if note is None:
            found.append(_block(element))
        elif found:
            found[-1] = found[-1]._replace(notes=(*found[-1].notes, note))
        else:
            found.append(Unkeyed("p", Markup(), "", (), (note,)))
    return found


def html(source: str, target: MentionTarget) -> Markup:
    """All of it as it stands."""
    return Markup("\n").join(_serialise(element) for element in _elements(source, target))


class _Document(Treeprocessor):
    """Keeps the parsed document, so that its blocks can be taken one by one."""

    elements: list[Element]

    def run(self, root: Element) -> None:
        self.elements = list(root)


class _MentionPattern(InlineProcessor):
    """A mention link → a span that `_finish` turns into a link to the authority's page."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__("", md)
        self.compiled_re = markup.MENTION

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002 - the library's signature
        span = Element("span", {MENTION_ATTRIBUTE: m["id"], ROLE_ATTRIBUTE: markup.role(m) or ""})
        SubElement(span, "a").text = m["form"]
        return span, m.end("before"), m.end()


class _EntityPattern(InlineProcessor):
    """&nbsp; → the character itself: what is left of HTML is escaped like any text."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802, ARG002 - the library's signature
        return unescape(m[0]), m.start(), m.end()


class _Body(Extension):
    """Markdown as people write it on GitHub, without raw HTML and with mentions."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the library's name
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(_EntityPattern(r"&(?:#[0-9]+|#x[0-9a-fA-F]+|[0-9a-zA-Z]+);", md), "entity", 80)
        md.ESCAPED_CHARS = list(string.punctuation)
        md.inlinePatterns.register(_MentionPattern(md), "mention", 185)  # before escapes, since it reads its own
        md.treeprocessors.register(_Document(md), "document", -1)  # after all others


@cache
def _parser() -> markdown.Markdown:
    return markdown.Markdown(extensions=["tables", "footnotes", "sane_lists", "attr_list", "def_list", _Body()])


def _elements(source: str, target: MentionTarget) -> Iterator[Element]:
    parser = _parser()
    document = cast("_Document", parser.treeprocessors["document"])
    document.elements = []
    parser.reset()
    parser.convert(source)
    for element in document.elements:
        _finish(element, target)
        yield element


def _finish(root: Element, target: MentionTarget) -> None:
    """Resolve mentions and leave only attributes and addresses that cannot do harm."""
    for code in root.iter("code"):
        code.text = unescape(code.text or "")  # Python-Markdown escapes code itself, since its serializer lets entities through
    mentions = [element for element in root.iter("span") if MENTION_ATTRIBUTE in element.attrib]
    for element in root.iter():
        if element in mentions:
            continue
        for name in set(element.attrib) - ALLOWED_ATTRIBUTES:
            del element.attrib[name]
        for name in ("href", "src"):
            if name in element.attrib and not _harmless(element.attrib[name], element.tag):
                del element.attrib[name]
    for mention in mentions:
        _resolve(mention, target)


def _resolve(span: Element, target: MentionTarget) -> None:
    authority, role = span.attrib.pop(MENTION_ATTRIBUTE), span.attrib.pop(ROLE_ATTRIBUTE)
    found, link = target(authority), span[0]
    if found is None:
        link.tag = "span"
        return
    span.set("class", f"mention mention--{found.kind}")
    link.attrib = {"class": "mention__link", "href": found.href, MENTION_ATTRIBUTE: authority}
    if role:
        link.set(ROLE_ATTRIBUTE, role)


def _harmless(address: str, tag: str) -> bool:
    """Pictures come from the archive itself, links may lead out, scripts go nowhere."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return (not parts.scheme and not parts.netloc) if tag == "img" else parts.scheme in LIVE_SCHEMES


def _note(element: Element) -> Note | None:
    """A blockquote that begins with [!NOTE] or alike; None for anything else."""
    first = element[0] if element.tag == "blockquote" and len(element) else None
    label = _ALERT.match(first.text or "") if first is not None else None
    if first is None or label is None:
        return None
    first.text = (first.text or "")[label.end() :]
    html = Markup("\n").join(_serialise(child) for child in element)
    return Note(tone(label[1]), str(html), _gathered(element).text)


def _block(element: Element) -> Unkeyed:
    gathered = _gathered(element)
    for link in element.iter("a"):
        link.attrib.pop(ROLE_ATTRIBUTE, None)
    html = _serialise(element)
    inner = _OUTER_TAG.sub("", html, count=1)
    return Unkeyed(str(element.tag), html[len(html) - len(inner) : html.rfind("</")], gathered.text, tuple(gathered.mentions))


def _serialise(element: Element) -> Markup:
    """HTML of one element. ElementTree escapes every `&`, Python-Markdown's own serializer lets entities through."""
    html = tostring(element, encoding="unicode", method="html")
    for postprocessor in _parser().postprocessors:
        html = postprocessor.run(html)
    return Markup(html.strip())  # noqa: S704 - the serializer escaped it, and raw HTML is no part of our Markdown


def _gathered(element: Element) -> Gathered:
    """Text of an element, and where its mentions stand in it."""
    gathered = Gathered()
    _gather(element, gathered)
    return gathered


def _gather(element: Element, gathered: Gathered) -> None:
    if element.tag in BREAKING_TAGS:
        gathered.append(" ")
    start = gathered.length
    gathered.append(_PLACEHOLDER.sub("", element.text or ""))
    for child in element:
        _gather(child, gathered)
        gathered.append(_PLACEHOLDER.sub("", child.tail or ""))
    if MENTION_ATTRIBUTE in element.attrib:
        gathered.mentions.append(BlockMention(start, gathered.length, element.attrib[MENTION_ATTRIBUTE], element.get(ROLE_ATTRIBUTE)))
