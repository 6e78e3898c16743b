"""A published site → what of it a browser would run, load or follow: held against a site made of harmless pages.

A page made from a hostile seed consists of the same elements, attributes and scripts as one made from a harmless seed, and no more:
whatever the seed holds is text.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "srcset", "xlink:href", "ping", "background", "cite")
"""Attributes that a browser loads or follows."""
DATA = ("application/ld+json", "application/json")
"""Types of script elements that are data."""
OF_LANGUAGE = {"lang", "dir", "bdi"}
"""Attributes and an element that only pages in some languages have."""
WEB = ("http", "https")
STRING = re.compile(r'"(?:[^"\\\n\u2028\u2029]|\\(?:["\\/bfnrt]|u[0-9a-f]{4}))*"')
"""A string of JSON that is one of JavaScript as well."""


@dataclass
class Structure:
    """What a site's pages consist of."""

    marks: set[tuple[str, str]] = field(default_factory=set)
    """Element and attribute, of every element that has one; attribute "" for the element itself."""
    scripts: set[str] = field(default_factory=set)
    """Files that run, by their path in the site."""
    inline: set[str] = field(default_factory=set)
    """Scripts that stand in a page and run."""
    pages: int = 0


def structure(site: Path) -> Structure:
    """Of every page of a site."""
    found = Structure()
    for path in pages(site):
        found.pages += 1
        for node in parsed(path).css("*"):
            _enter(node, path, site, found)
    return found


def _enter(node: LexborNode, path: Path, site: Path, found: Structure) -> None:
    tag = node.tag or ""
    found.marks.update((tag, name) for name in ("", *node.attributes) if not {tag, name} & OF_LANGUAGE)
    if tag == "script":
        source = node.attributes.get("src")
        if source is not None:
            found.scripts.add((path.parent / source).resolve().relative_to(site.resolve()).as_posix())
        elif node.attributes.get("type") not in DATA:
            found.inline.add(node.text())


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def parsed(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_text(encoding="utf-8"))


def policy(path: Path) -> str | None:
    """The Content-Security-Policy of a page, if it stands before anything that the page loads."""
    head = parsed(path).css_first("head")
    first = next((node for node in head.iter() if node.attributes.get("charset") is None), None) if head else None
    if first is None or first.attributes.get("http-equiv") != "Content-Security-Policy":
        return None
    return first.attributes.get("content")


def addresses(site: Path) -> Iterator[tuple[str, str, str]]:
    """Page, element and address, of everything that a browser would load or follow."""
    for path in pages(site):
        for node in parsed(path).css("*"):
            for name in ADDRESSES:
                if (value := node.attributes.get(name)) is not None:
                    yield path.relative_to(site).as_posix(), node.tag or "", value
            if (node.attributes.get("http-equiv") or "").lower() == "refresh":
                yield path.relative_to(site).as_posix(), "refresh", (node.attributes.get("content") or "").partition("url=")[2]


def followed(site: Path) -> Iterator[tuple[str, str]]:
    """File and address, of everything that a reader of its feeds or a search engine would load or follow."""
    for path in sorted((*site.rglob("*.xml"), *site.rglob("*.opml"))):
        for element in ET.fromstring(path.read_text(encoding="utf-8")).iter():
            found = [value for name, value in element.attrib.items() if name in (*ADDRESSES, "xmlUrl", "htmlUrl")]
            found += [element.text or ""] if element.tag.endswith("}loc") else []
            found += _in_html(element.text or "") if element.get("type") == "html" else []
            yield from ((path.relative_to(site).as_posix(), address) for address in found)
    for item in json.loads((site / "feed.json").read_text(encoding="utf-8"))["items"]:
        found = [item[name] for name in ("url", "external_url", "image", "banner_image") if name in item]
        yield from (("feed.json", address) for address in (*found, *_in_html(item.get("content_html", ""))))


def _in_html(source: str) -> list[str]:
    found = [node.attributes.get(name) for node in LexborHTMLParser(source).css("*") for name in ADDRESSES]
    return [address for address in found if address is not None]


def leads_out(address: str) -> bool:
    """Whether an address leaves the site, or is none at all."""
    parts = urlsplit(address.strip())
    return bool(parts.scheme or parts.netloc)


def broken_data(site: Path) -> Iterator[str]:
    """Data inside pages that does not parse, or that a browser would read as markup."""
    for path in pages(site):
        for node in parsed(path).css("script[type]"):
            if node.attributes["type"] in DATA and (problem := _problem(node.text())):
                yield f"{path.relative_to(site)}: {problem}"


def _problem(source: str) -> str | None:
    try:
        json.loads(source)
    except ValueError as error:
        return str(error)
    return "has <" if "<" in source else None


def code_beside_strings(source: str) -> str:
    """A script of data without its strings and numbers: nothing of a seed is left."""
    return re.sub(r"-?\d+(?:\.\d+)?", "0", STRING.sub('""', source))
