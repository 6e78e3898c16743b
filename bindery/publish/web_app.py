"""site/ → what lets a browser keep the whole site: manifest, service worker, and the list of files with their digests."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import jinja2

from bindery.config import Site
from bindery.publish import follow, take_away
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


def write(folder: Path, site: Site, env: jinja2.Environment) -> None:
    """Write the three files. To be called last: the build is named for everything else that is in `folder`."""
    _write(folder / MANIFEST, json.dumps(_manifest(site), ensure_ascii=False, indent=1) + "\n")
    files = {name: (path.stat().st_size, _digest(path)) for name, path in kept(folder)}
    template = env.get_template(SOURCE)
    # The worker's own text belongs to the build: a new worker must not take an old one's cache for its own.
    build = hashlib.sha256(json.dumps([files, template.render(build="")]).encode("utf-8")).hexdigest()[:16]
    listed = {"build": build, "size": sum(length for length, _ in files.values()), "files": files}
    (folder / LIST).parent.mkdir(exist_ok=True)
    _write(folder / LIST, json.dumps(listed, separators=(",", ":")) + "\n")
    _write(folder / WORKER, template.render(build=build))


def size(folder: Path) -> int:
    """Bytes of everything a browser keeps."""
    return sum(path.stat().st_size for _, path in kept(folder))


def kept(folder: Path) -> Iterator[tuple[str, Path]]:
    """Permalink and path of every file that a browser keeps, in order."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in NOT_KEPT and not name.startswith(NOT_KEPT_FOLDERS):
            yield name, path


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


def _digest(path: Path) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode("ascii")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
