"""library → every page there is, each with its template and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bindery.config import Site
from bindery.model import Briefing, Kind, Library, Page
from bindery.publish.body import Block
from bindery.publish.permalinks import authority_permalink, briefing_permalink, short_permalink
from bindery.publish.views import authority, briefing, lists, methodology, suggestions
from bindery.publish.views.catalogue import Catalogue, catalogue

FALLBACK = "pages/authority.html"
"""Template of a kind that has none of its own."""


def all_pages(library: Library, blocks: Mapping[str, tuple[Block, ...]], site: Site) -> Iterator[Page]:
    """Every page of the site but stubs and feeds. `blocks` has the body of every briefing by its id, links as they stand in briefings/."""
    read = catalogue(library, blocks, site)
    yield _page("index.html", "home", lists.home(read))
    yield _page("search.html", "search", lists.counts(read))
    yield _page("methodology.html", "methodology", methodology.view(read))
    yield _page("404.html", "404", lists.counts(read))
    yield _page("briefings/index.html", "briefings", lists.all_years(read), section="briefings")
    yield Page("data/names.js", "feeds/data.js", {**suggestions.names(read)})
    yield Page("data/titles.js", "feeds/data.js", {**suggestions.titles(read)})
    yield from _briefings(read)
    for kind in site.kinds:
        yield _page(f"{kind.folder}/index.html", "kind", lists.kind_index(kind, read), section=kind.folder)
        yield from _authorities(kind, read)


def _briefings(read: Catalogue) -> Iterator[Page]:
    """Each briefing between its neighbours in time, and its short address. One without a date has no neighbours."""
    found = read.library.briefings
    for later, this, earlier in zip((None, *found), found, (*found[1:], None), strict=False):
        view = briefing.view(this, _dated(earlier, this), _dated(later, this), read)
        yield _page(briefing_permalink(this), "briefing", view, section="briefings")
        yield Page(short_permalink(this), "pages/short_address.html", {"target": briefing_permalink(this), "title": this.heading})


def _dated(neighbour: Briefing | None, this: Briefing) -> Briefing | None:
    return neighbour if neighbour and neighbour.date and this.date else None


def _authorities(kind: Kind, read: Catalogue) -> Iterator[Page]:
    template = f"pages/{kind.name}.html"
    has_own = any((folder / template).is_file() for folder in read.site.template_folders)
    for record in read.library.authorities.values():
        if record.kind == kind.name:
            context = {"view": authority.view(record, read), "section": kind.folder}
            yield Page(authority_permalink(record), template if has_own else FALLBACK, context)


def _page(permalink: str, name: str, view: object, section: str = "") -> Page:
    return Page(permalink, f"pages/{name}.html", {"view": view, "section": section})
