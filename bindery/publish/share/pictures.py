"""library → site/share/: one picture for the archive, and one for each briefing where site.yaml asks for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from urllib.parse import urlsplit

import PIL
from PIL import features

from bindery.config import Site
from bindery.model import Briefing, Library
from bindery.publish.render import NO_BREAK_SPACE, long_date
from bindery.publish.share import card, faces
from bindery.publish.share.card import Card

FOLDER = "share"
ARCHIVE = f"{FOLDER}/archive.png"
"""Stands for every page that has no picture of its own."""
SOURCES = (Path(card.__file__), Path(faces.__file__))
"""What decides, beside the words, how a picture looks."""


def permalink(briefing: Briefing, site: Site) -> str:
    """Of the picture a link to a briefing shows."""
    return f"{FOLDER}/{briefing.id}.png" if site.share_image == "briefing" and drawable(briefing.heading, site) else ARCHIVE


def drawable(title: str, site: Site) -> bool:
    return not faces.right_to_left(title) and not faces.missing(title, site)


def titles(library: Library, site: Site) -> Iterator[tuple[str, str]]:
    """Everything a picture is asked for: path of the briefing, empty for the archive, and title."""
    yield "", site.title
    if site.share_image == "briefing":
        yield from ((briefing.path, briefing.heading) for briefing in library.briefings if not faces.right_to_left(briefing.heading))


def write(folder: Path, library: Library, site: Site) -> None:
    """Draw every picture, or take it from the cache; what the cache has of other days is taken out of it."""
    cache = site.cache / FOLDER
    cache.mkdir(parents=True, exist_ok=True)
    (folder / FOLDER).mkdir(exist_ok=True)
    drawn = _drawing(site)
    used = set()
    for target, words in cards(library, site):
        kept = cache / f"{hashlib.sha256(repr((drawn, astuple(words))).encode()).hexdigest()[:32]}.png"
        used.add(kept)
        if not kept.exists():
            _write(kept, card.png(words, site))
        (folder / target).write_bytes(kept.read_bytes())
    for path in set(cache.iterdir()) - used:
        path.unlink()


def cards(library: Library, site: Site) -> Iterator[tuple[str, Card]]:
    """Permalink and words of every picture."""
    host = urlsplit(site.base_url).netloc
    yield ARCHIVE, Card("", site.title, site.tagline, _extent(library), host)
    for briefing in library.briefings:
        if (target := permalink(briefing, site)) != ARCHIVE:
            day = long_date(briefing.date).replace(NO_BREAK_SPACE, " ") if briefing.date else ""
            yield target, Card(" · ".join(filter(None, (day, briefing.source))), briefing.heading, "", site.title, host)


def _extent(library: Library) -> str:
    """ "5 briefings, 2016 to 2023"."""
    years = [briefing.date.year for briefing in library.briefings if briefing.date]
    count = f"{len(library.briefings):,} briefing{'' if len(library.briefings) == 1 else 's'}"
    if not years:
        return count
    return f"{count}, {years[-1]}" if years[0] == years[-1] else f"{count}, {years[-1]} to {years[0]}"


def _drawing(site: Site) -> tuple[str, ...]:
    """What else a picture depends on: the code, the library, the faces, the colours."""
    files = [*SOURCES, *(path for path, _ in faces.chain(site, 1))]
    digests = (hashlib.sha256(path.read_bytes()).hexdigest() for path in files)
    return (*digests, PIL.__version__, str(features.version("freetype2")), repr(sorted(card.tokens(site).items())))


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a build may be killed at any moment."""
    half = path.with_suffix(".part")
    half.write_bytes(content)
    half.replace(path)
