"""What the index is told of a page: a page of HTML of its own, with its words, the addresses of its paragraphs and its facts, and
nothing of how the site looks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from bindery.publish.body import Block
from bindery.publish.views.search_data import SearchData

FIELDS = ("aliases", "bigrams", "date", "source", "title")
"""Metadata a document may have, in the order in which Pagefind numbers them."""
RECORD, UNDATED = "#", "-"
"""Shelf marks of what has no date begin so: before every year."""
USUAL = ' data-pagefind-weight="1.05"'
"""Of a text. Pagefind notes the weight of every word but 25/24; of this it makes just that, and the index gets a tenth smaller."""
_PLAIN = re.compile("p|h[1-6]")
_PICTURE = re.compile("<img[^>]*>")


@dataclass(frozen=True, slots=True)
class Document:
    """A page as the index sees it."""

    permalink: str
    """Of the page that a result leads to."""
    shelf: str
    """Where it stands among the others ("2016-01-19"): documents are numbered in the order of their marks, and those whose marks
    begin alike are indexed together."""
    digest: str
    """Of everything that `html` depends on."""
    html: Callable[[], str]
    """Made only when it is indexed."""


def of_briefing(permalink: str, date: str | None, digest: str, html: Callable[[], str]) -> Document:
    return Document(permalink, date or f"{UNDATED}{_spread(permalink)}", digest, html)


def of_record(permalink: str, digest: str, html: Callable[[], str]) -> Document:
    return Document(permalink, f"{RECORD}{_spread(permalink)}", digest, html)


def _spread(permalink: str) -> str:
    """Eight binary figures: documents without a date fall into halves, quarters …"""
    return f"{hashlib.blake2b(permalink.encode(), digest_size=1).digest()[0]:08b}"


def briefing_html(data: SearchData, title: str, blocks: Iterable[Block]) -> str:
    """Each block with the address of its paragraph. The address stands on an element around it: on its own, Pagefind would keep the
    text a second time."""
    return _html(data, title, "".join(map(_block, blocks)))


def record_html(data: SearchData, title: str, stretches: Iterable[str]) -> str:
    """A record: its name, and texts that stand on its page (HTML)."""
    return _html(data, title, "".join(f"<p>{_PICTURE.sub('', stretch)}\n</p>" for stretch in stretches))


def _block(block: Block) -> str:
    if block.tag == "hr":
        return ""
    inside = escape(block.text, quote=False) if _PLAIN.fullmatch(block.tag) else _PICTURE.sub("", block.html)
    weight = "" if block.tag.startswith("h") else USUAL
    # A text that touches its end tag gets a full stop from Pagefind.
    return f'<div id="p-{block.key}"{weight}><{block.tag}>{inside}\n</{block.tag}></div>'


def fields_html() -> str:
    """A page with every field: fields are numbered by those a part has, and so they have the same numbers in all."""
    return _html(SearchData((), tuple((field, field) for field in FIELDS)), "fields", "")


def _html(data: SearchData, title: str, body: str) -> str:
    """A value stands in an attribute of its own, since a list in data-pagefind-* is cut at commas ("NEC Japan Electric Co., Ltd.")."""
    facts = [f'<meta content="{escape(value)}" data-pagefind-filter="{name}[content]">' for name, value in data.filters]
    facts += [f'<meta content="{escape(value)}" data-pagefind-meta="{name}[content]">' for name, value in data.meta]
    heading = escape(title, quote=False)
    return f"<!DOCTYPE html><html><head>{''.join(facts)}</head><body data-pagefind-body><h1>{heading}</h1>{body}</body></html>"
