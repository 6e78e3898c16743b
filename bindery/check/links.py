"""pages → a finding for every link that leads nowhere, and every id that stands twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from urllib.parse import urlsplit

from bindery import reading
from bindery.check.ledger import Memory, Problem
from bindery.check.pages import Link, Pages, page_data
from bindery.config import Site
from bindery.content import store
from bindery.errors import SiteError
from bindery.model import Finding, Library, Place
from bindery.publish import permalinks

MADE_IN_THE_BROWSER = {"search.html"}
"""Pages whose anchors and queries a script answers."""


def findings(site: Site, library: Library, pages: Pages, memory: Memory, gone: frozenset[str]) -> Iterator[Finding]:
    """Broken links, missing anchors and ids used twice, page by page in order of address.

    `gone` are files that the site had at the last check and has no more. A problem that stands in a file of content/ is placed
    there, any other in the page.
    """
    ids: dict[str, frozenset[str]] = {}

    def ids_of(permalink: str) -> frozenset[str]:
        if permalink not in ids:
            ids[permalink] = pages.page(permalink).ids
        return ids[permalink]

    def problems(permalink: str) -> Iterator[Problem]:
        page = pages.page(permalink)
        for repeated in page.repeated:
            yield Problem(f"#{repeated}", f'id="{repeated}"', f"id {repeated!r} stands twice", is_repeated=True)
        for link in page.links:
            if problem := _problem(link, pages, ids_of):
                yield Problem(link.href, f'="{escape(link.href)}"', problem, is_repeated=False)

    judged = _to_judge(pages, memory, gone)
    memory.problems = {
        permalink: found
        for permalink in pages.now
        if (found := tuple(problems(permalink)) if permalink in judged else memory.problems.get(permalink))
    }
    sources = _sources(library)
    for permalink, found in memory.problems.items():
        for one in found:
            at = _place(site, permalink, sources, one)
            if one.is_repeated:
                yield Finding("repeated-id", at, one.message, "give each element of the template its own id")
            else:
                yield Finding("broken-link", at, one.message, "correct the link in content/ or in the template, then publish")


def _to_judge(pages: Pages, memory: Memory, gone: frozenset[str]) -> frozenset[str]:
    """Pages whose links may lead elsewhere than at the last check: changed ones, wrong ones, and those that want what was lost."""
    lost = pages.lost()
    if lost is None:
        return frozenset(pages.now)
    judged = pages.changed | memory.problems.keys()
    lost |= gone
    if not lost:
        return judged
    return judged | {name for name in pages.now.keys() - judged if not lost.isdisjoint(pages.page(name).wants())}


def _problem(link: Link, pages: Pages, ids_of: Callable[[str], frozenset[str]]) -> str | None:
    if link.is_wrong:
        return f"{link.href!r} is not an address that may stand in a page"
    if not link.target:
        return None
    if link.target not in pages.files:
        ends = "" if not urlsplit(link.href).path.endswith("/") else " (a link inside the site ends in a file name)"
        return f"{link.href!r} leads to no file of the site{ends}"
    if link.anchor and link.target in pages.now and link.target not in MADE_IN_THE_BROWSER and link.anchor not in ids_of(link.target):
        return f"{link.href!r}: {link.target} has no element with that id"
    return None


def _sources(library: Library) -> dict[str, str]:
    """Permalink of a briefing's or record's page → its file in content/."""
    return {
        **{permalinks.briefing_permalink(briefing): briefing.path for briefing in library.briefings},
        **{permalinks.authority_permalink(authority): authority.path for authority in library.authorities.values()},
    }


def _place(site: Site, permalink: str, sources: Mapping[str, str], problem: Problem) -> Place:
    """The line in the Markdown that says it, where there is one; else the line of the page."""
    path = sources.get(permalink)
    before, found, _ = store.read_text(site.root / path, path).partition(problem.words) if path else ("", "", "")
    if path and found:
        return Place(path, before.count("\n") + 1)
    html = reading.decoded(page_data(permalink, site), f"site/{permalink}", SiteError)
    line = html.partition(problem.markup)[0].count("\n") + 1 if problem.markup in html else None
    return Place(f"{site.output.name}/{permalink}", line)
