"""site/data/archive.json and site/briefings/ → a finding for every paragraph address that its page does not have.

An archive's own templates may leave out what the program gives them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bindery import reading
from bindery.config import Site
from bindery.errors import SiteError
from bindery.model import Finding, Place
from bindery.publish import exports

_ANCHOR = re.compile(r'\sid="p-([^"]*)"')
_FIX = "let the template give every paragraph the id .anchor and those of .aliases, as the program's components/paragraph.html does"


def findings(site: Site) -> Iterator[Finding]:
    """Page by page, in the order of the archive; nothing for a site without data."""
    path = site.output / exports.ARCHIVE
    if path.is_file():
        for briefing in json.loads(reading.text(path, f"{site.output.name}/{exports.ARCHIVE}", SiteError))["briefings"]:
            yield from _missing(briefing, site)


def _missing(briefing: Mapping[str, Any], site: Site) -> Iterator[Finding]:
    shown = f"{site.output.name}/briefings/{briefing['slug']}.html"
    path = site.root / shown
    there = set(_ANCHOR.findall(reading.text(path, shown, SiteError))) if path.is_file() else set()
    for paragraph in briefing["paragraphs"]:
        for key in (paragraph["key"], *paragraph["aliases"]):
            if key not in there:
                yield Finding("lost-address", Place(shown), f"#p-{key} was published and is not in the page", _FIX)
