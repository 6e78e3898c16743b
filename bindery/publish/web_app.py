"""site/ → what lets a browser keep the whole site: manifest, service worker, and the list of files with their digests."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping

import jinja2

from bindery.config import Site
from bindery.publish import follow, take_away
from bindery.publish.ledger import Made
from bindery.publish.search import packs
from bindery.publish.share import pictures

MANIFEST = "manifest.webmanifest"
WORKER = "sw.js"
LIST = "data/offline.json"
"""{"build", "size", "files": {permalink: [size, digest]}}; a digest is written as in HTML: "sha256-…"."""
SOURCE = "offline/sw.js"
NOT_KEPT = frozenset({WORKER, LIST, take_away.ARCHIVE, "404.html", "robots.txt", "sitemap.xml", ".nojekyll", *follow.FILES})
"""What a browser without a network has no use for, and what the list cannot name: itself and its reader."""
NOT_KEPT_FOLDERS = (f"{packs.FOLDER}/", f"{follow.FOLDER}/", f"{pictures.FOLDER}/")
SHORT_NAME = 12
"""Characters that fit under an icon."""


def manifest(site: Site) -> bytes:
    """The file by which browsers install the site."""
    return (json.dumps(_manifest(site), ensure_ascii=False, indent=1) + "\n").encode()


def files(outputs: Mapping[str, Made], env: jinja2.Environment) -> Iterator[tuple[str, bytes]]:
    """The list of what a browser keeps, and the worker that keeps it. The build is named for everything else in the site."""
    listed = {name: (made.size, _digest(made)) for name, made in sorted(outputs.items()) if is_kept(name)}
    template = env.get_template(SOURCE)
    # The worker's own text belongs to the build: a new worker must not take an old one's cache for its own.
    build = hashlib.sha256(json.dumps([listed, template.render(build="")]).encode("utf-8")).hexdigest()[:16]
    whole = {"build": build, "size": sum(length for length, _ in listed.values()), "files": listed}
    yield LIST, (json.dumps(whole, separators=(",", ":")) + "\n").encode()
    yield WORKER, template.render(build=build).encode()


def is_kept(permalink: str) -> bool:
    """Whether a browser keeps a file."""
    return permalink not in NOT_KEPT and not permalink.startswith(NOT_KEPT_FOLDERS) and not take_away.is_for_programs(permalink)


def _manifest(site: Site) -> dict[str, object]:
    """https://www.w3.org/TR/appmanifest/; addresses are relative to the manifest, so that it works in any folder of a host."""
    words = f"{site.title} "[: SHORT_NAME + 1].rpartition(" ")[0]
    return {
        "name": site.title,
        "short_name": words or site.title[:SHORT_NAME],
        "description": site.tagline or site.title,
        "lang": site.language,
        "start_url": "index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#14573f",
        "icons": [{"src": "static/icons/bindery.svg", "sizes": "any", "type": "image/svg+xml"}],
    }


def _digest(made: Made) -> str:
    return "sha256-" + base64.b64encode(made.sha256).decode("ascii")
