"""site/**/*.html → a finding for every link that leads nowhere."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from bindery import reading
from bindery.config import Site
from bindery.content import store
from bindery.errors import SiteError
from bindery.model import Finding, Library, Place
from bindery.publish import permalinks

LINKING = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}
"""Elements that lead to another file, and the attribute that names it."""
NOT_CHECKED_REL = {"canonical", "external"}
"""These name the archive's or somebody else's address on the web, not a file beside this one."""
MADE_IN_THE_BROWSER = {"search.html"}
"""Pages whose anchors and queries a script answers."""


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What matters of a page for its links."""

    path: str
    """Permalink."""
    links: tuple[str, ...]
    ids: frozenset[str]
    repeated: tuple[str, ...]
    """Ids that stand on more than one element."""


def findings(site: Site, library: Library) -> Iterator[Finding]:
    """Broken links, missing anchors and ids used twice, page by page in order of address.

    A problem that stands in a file of content/ is placed there, any other in the page.
    """
    output = site.output
    sources = _sources(library)
    files = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    pages = {path: _read(output / path, path) for path in sorted(files) if path.endswith(".html")}
    for page in pages.values():
        for repeated in page.repeated:
            yield Finding(
                "repeated-id",
                _place(site, page, sources, f"#{repeated}", f'id="{repeated}"'),
                f"id {repeated!r} stands twice",
                "give each element of the template its own id",
            )
        for link in dict.fromkeys(page.links):
            problem = _problem(link, page, pages, files)
            if problem:
                yield Finding(
                    "broken-link",
                    _place(site, page, sources, link, f'="{escape(link)}"'),
                    problem,
                    "correct the link in content/ or in the template, then publish",
                )


def _read(path: Path, permalink: str) -> HtmlPage:
    tree = LexborHTMLParser(_text(path, permalink))
    links = []
    for tag, attribute in LINKING.items():
        for node in tree.css(f"{tag}[{attribute}]"):
            rel = set((node.attributes.get("rel") or "").split())
            if not rel & NOT_CHECKED_REL and not _is_file(node.attributes):
                links.append(node.attributes.get(attribute) or "")
    ids = [node.attributes["id"] or "" for node in tree.css("[id]")]
    return HtmlPage(permalink, tuple(links), frozenset(ids), tuple(sorted(one for one, count in Counter(ids).items() if count > 1)))


def _is_file(attributes: Mapping[str, str | None]) -> bool:
    """A file that stands in the page itself, to be saved: it leads nowhere, and no browser opens one as a page."""
    return "download" in attributes and (attributes.get("href") or "").startswith("data:")


def _text(path: Path, permalink: str) -> str:
    return reading.text(path, f"site/{permalink}", SiteError)


def _problem(link: str, page: HtmlPage, pages: Mapping[str, HtmlPage], files: set[str]) -> str | None:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None if parts.scheme in ("http", "https", "mailto") else f"{link!r} is not an address that may stand in a page"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(parts.path))) if parts.path else page.path
    if target not in files:
        ends = "" if not parts.path.endswith("/") else " (a link inside the site ends in a file name)"
        return f"{link!r} leads to no file of the site{ends}"
    anchor = unquote(parts.fragment)
    if anchor and target in pages and target not in MADE_IN_THE_BROWSER and anchor not in pages[target].ids:
        return f"{link!r}: {target} has no element with that id"
    return None


def _sources(library: Library) -> dict[str, str]:
    """Permalink of a briefing's or record's page → its file in content/."""
    return {
        **{permalinks.briefing_permalink(briefing): briefing.path for briefing in library.briefings},
        **{permalinks.authority_permalink(authority): authority.path for authority in library.authorities.values()},
    }


def _place(site: Site, page: HtmlPage, sources: Mapping[str, str], words: str, markup: str) -> Place:
    """The line in the Markdown that says it, where there is one; else the line of the page."""
    path = sources.get(page.path)
    before, found, _ = store.read_text(site.root / path, path).partition(words) if path else ("", "", "")
    if path and found:
        return Place(path, before.count("\n") + 1)
    html = _text(site.output / page.path, page.path)
    return Place(f"{site.output.name}/{page.path}", html.partition(markup)[0].count("\n") + 1 if markup in html else None)
