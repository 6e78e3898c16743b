"""Every kind of page the site has, by one example each: what must hold for all of them is tested on these."""

from __future__ import annotations

from pathlib import Path

KINDS = {
    "home": "index.html",
    "briefings": "briefings/index.html",
    "briefing": "briefings/*.html",
    "cities": "cities/index.html",
    "city": "cities/*.html",
    "officials": "officials/index.html",
    "official": "officials/*.html",
    "companies": "companies/index.html",
    "company": "companies/*.html",
    "organisation": "organisations/*.html",
    "network": "network.html",
    "map": "map.html",
    "together": "together/*/*/*/*.html",
    "dossiers": "dossiers/index.html",
    "dossier": "dossiers/*.html",
    "offices": "offices/index.html",
    "office": "offices/*.html",
    "side by side": "dossiers/*/side-by-side.html",
    "any dossier": "dossier.html",
    "search": "search.html",
    "review": "review.html",
    "methodology": "methodology.html",
    "data": "data/index.html",
    "missing": "404.html",
}
"""Kind → where its pages stand. Of several the longest is the example: it has most of what the kind can have."""


def example(site_folder: Path, kind: str) -> str:
    """Path of the example below the site's root: "officials/tang-zongwei.html"."""
    pattern = KINDS[kind]
    pages = [path for path in site_folder.glob(pattern) if "*" not in pattern or path.name != "index.html"]
    assert pages, f"the site has no page {pattern}"
    longest = max(sorted(pages), key=lambda path: path.stat().st_size)
    return longest.relative_to(site_folder).as_posix()
