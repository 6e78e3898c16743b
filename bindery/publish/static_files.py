"""static/ → site/static/: the archive's own files over the program's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from bindery.languages import Interface
from bindery.publish import stylesheets
from bindery.publish.planned import Planned
from bindery.stamps import Found, Stamp

NO_JEKYLL = ".nojekyll"
"""Tells GitHub Pages to leave the files as they are."""


def files(found: Found, stamps: Mapping[str, Stamp], interface: Interface) -> Iterator[Planned]:
    """Each file as it is, style sheets squeezed, both they and scripts in the language of the site."""
    yield Planned(NO_JEKYLL, "", 0, bytes, 0)
    for name, (path, _) in sorted(found.items()):
        yield Planned(f"static/{name}", "", stamps[name].digest ^ interface.digest, partial(_content, Path(path), interface), 0)


def _content(path: Path, interface: Interface) -> bytes:
    if path.suffix == ".css":
        return stylesheets.squeeze(interface.in_script(path.read_text(encoding="utf-8"))).encode()
    if path.suffix == ".js" and not interface.is_source:
        return interface.in_script(path.read_text(encoding="utf-8")).encode()
    return path.read_bytes()
