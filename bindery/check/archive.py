"""library and site/ → findings about decisions, sources, pictures, records and addresses."""

from __future__ import annotations

from collections.abc import Container, Iterator

from bindery import config
from bindery.check import mentions
from bindery.config import Site
from bindery.content import decisions, lock
from bindery.model import Finding, Library, Place
from bindery.publish import permalinks, sources
from bindery.publish.share import faces, pictures


def findings(library: Library, site: Site, files: Container[str]) -> Iterator[Finding]:
    """Place by place. `files` are the permalinks of all files of the site."""
    yield from _decisions(library, site)
    yield from _sources(library, site)
    yield from _pictures(library, site)
    yield from mentions.findings(library, site)
    yield from _addresses(library, site, files)


def _decisions(library: Library, site: Site) -> Iterator[Finding]:
    decided = decisions.load(site.content)
    stands = {*decided.merged.values(), *(name for pair in decided.apart for name in pair)}
    stands |= {one.official for one in decided.held if one.official}
    for name in sorted(stands - set(library.authorities) - set(library.merged)):
        fix = "correct the name, or take it out: a decision about a record that does not exist decides nothing"
        yield Finding("unknown-record", Place(decisions.DECISIONS_FILE), f"there is no record {name}", fix)
    briefings = {one for group in (*decided.stories, *decided.events, *decided.no_copies, *decided.other_events) for one in group}
    for one in sorted(briefings - {briefing.id for briefing in library.briefings}):
        fix = "correct the id, or take it out: a decision about a briefing that does not exist decides nothing"
        yield Finding("unknown-briefing", Place(decisions.DECISIONS_FILE), f"there is no briefing {one}", fix)


def _sources(library: Library, site: Site) -> Iterator[Finding]:
    for rule in site.sources:
        if not any(sources.covers(rule, briefing) for briefing in library.briefings):
            fix = "write the name as the front matter of its briefings has it, or its host; a rule that fits no briefing withholds nothing"
            yield Finding("unknown-source", config.line_of(site, rule.name), f"no briefing has the source {rule.name!r}", fix)


def _pictures(library: Library, site: Site) -> Iterator[Finding]:
    for place, words in pictures.titles(library, site):
        if lacking := faces.missing(words, site):
            said = f"no font has {' '.join(lacking)} for the picture that a link to {words!r} shows"
            fix = "put a font that has it into the archive and name it in site.yaml: share_font: fonts/name.ttf"
            yield Finding("undrawn-letter", Place(place) if place else config.line_of(site, "title:"), said, fix)


def _addresses(library: Library, site: Site, files: Container[str]) -> Iterator[Finding]:
    published = permalinks.published(library.briefings, library.authorities)
    for permalink, address in lock.read(site.root).items():
        if permalink not in files:
            fix = "run build.py publish; if it refuses, it says how to keep the address"
            yield Finding("lost-address", lock.AT, f"{permalink} was published and is not in the site", fix)
        elif permalink in published and (address.reason or address.target):
            said = f"gone: {address.reason}" if address.reason else f"-> {address.target}"
            fix = f"delete its file in content/, or take {said!r} out of the line"
            yield Finding("address-in-use", lock.AT, f"{permalink} is said to be {said!r}, and its page is in the site", fix)
