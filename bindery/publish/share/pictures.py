"""catalogue → site/share/: one picture for the archive, and one for each briefing where site.yaml asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bindery.config import Site
from bindery.languages import Interface
from bindery.model import Library
from bindery.publish.planned import Planned, key_of

if TYPE_CHECKING:
    from bindery.publish.entry import Entry
    from bindery.publish.views.catalogue import Catalogue

FOLDER = "share"
ARCHIVE = f"{FOLDER}/archive.png"
"""Stands for every page that has no picture of its own."""

DEFAULTS = {"paper": "#ffffff", "ink": "#191c1a", "ink-soft": "#4b524e", "accent": "#14573f", "rule-strong": "#7d8680"}
"""Tokens of static/css/tokens.css, where an archive has none of its own."""
_TOKEN = re.compile(r"(?<![\w-])--([a-z][a-z-]*):\s*(#[0-9a-fA-F]{3,6})\b")

Words = tuple[str, str, str, str, str]
"""Above the title, the title, below it, and at the foot: the fields of a Card."""


def permalink(entry: Entry) -> str:
    """Of the picture a link to a briefing shows."""
    return f"{FOLDER}/{entry.id}.png" if entry.has_picture else ARCHIVE


def drawable(title: str, site: Site) -> bool:
    """Whether a picture can show every letter of a title."""
    from bindery.publish.share import faces  # noqa: PLC0415 - a tenth of a second, for an archive that asks for such pictures

    return not faces.right_to_left(title) and not faces.missing(title, site)


def titles(library: Library, site: Site) -> Iterator[tuple[str, str]]:
    """Everything a picture is asked for: path of the briefing, empty for the archive, and title."""
    yield "", site.title
    if site.share_image == "briefing":
        from bindery.publish.share import faces  # noqa: PLC0415 - as above

        yield from ((briefing.path, briefing.heading) for briefing in library.briefings if not faces.right_to_left(briefing.heading))


def tokens(site: Site) -> dict[str, str]:
    """Colours by name, as the pages have them by day."""
    sources = (folder / "css/tokens.css" for folder in site.static_folders)
    css = next((path.read_text(encoding="utf-8") for path in sources if path.is_file()), "")
    first: dict[str, str] = {}
    for name, value in _TOKEN.findall(css):
        first.setdefault(name, value)
    return {**DEFAULTS, **{name: value for name, value in first.items() if name in DEFAULTS}}


def files(catalogue: Catalogue) -> Iterator[Planned]:
    """Every picture there is. What a drawing depends on beside words and colours, the program and the fonts, is not in the key."""
    colours = tuple(sorted(tokens(catalogue.site).values()))
    for target, words in cards(catalogue.entries.values(), catalogue.site):
        yield Planned(target, "", key_of(*words, *colours), partial(_drawn, words, catalogue.site), 20)


def _drawn(words: Words, site: Site) -> bytes:
    from bindery.publish.share import card  # noqa: PLC0415 - as above

    return card.png(card.Card(*words), site)


def cards(entries: Iterable[Entry], site: Site) -> Iterator[tuple[str, Words]]:
    """Permalink and words of every picture."""
    entries = list(entries)
    host = urlsplit(site.base_url).netloc
    yield ARCHIVE, ("", site.title, site.tagline, _extent(entries, site.interface), host)
    for entry in entries:
        if entry.has_picture:
            day = site.interface.day(entry.date) if entry.date else ""
            yield permalink(entry), (" · ".join(filter(None, (day, entry.source_name))), entry.title, "", site.title, host)


def _extent(entries: list[Entry], interface: Interface) -> str:
    """ "5 briefings, 2016 to 2023"."""
    years = [entry.date.year for entry in entries if entry.date]
    count = interface.count(len(entries), "briefing", "briefings")
    if not years:
        return count
    if years[0] == years[-1]:
        return interface.listed((count, str(years[0])))
    return interface.say("{briefings}, {first} to {last}", briefings=count, first=years[-1], last=years[0])
