"""site/ → what is made of all of it: the search, the archive to take away, and what lets a browser keep the site."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from bindery.publish import packs, render, search, take_away, web_app
from bindery.publish.ledger import Made
from bindery.publish.press import Edition


def close(edition: Edition) -> Mapping[str, Made]:
    """Put them into the folder. Gives what stands there."""
    site, folder = edition.site, edition.folder
    search.index(folder.path, site.language)
    packs.write(folder.path)
    made = dict(_walked(folder.path, (search.FOLDER, packs.FOLDER)))
    env = render.environment(site)

    def put(permalink: str, data: bytes) -> None:
        stat = folder.put(permalink, data)
        made[permalink] = Made(0, len(data), stat.st_mtime_ns, sha256(data).digest())

    put(web_app.MANIFEST, web_app.manifest(site))
    newest = next((entry.date for entry in edition.catalogue.entries.values() if entry.date), None)
    path = folder.path / take_away.ARCHIVE
    path.unlink(missing_ok=True)
    source = take_away.Source(folder.path, {**edition.outputs, **made}, newest)
    take_away.write(path, site.output / take_away.ARCHIVE, source, site, env)
    made[take_away.ARCHIVE] = _made(path)
    kept_size = sum(one.size for name, one in (*edition.outputs.items(), *made.items()) if web_app.is_kept(name))
    put(take_away.FACTS, take_away.facts(path.stat().st_size, kept_size, newest))
    for permalink, data in web_app.files({**edition.outputs, **made}, env):
        put(permalink, data)
    return made


def _walked(root: Path, folders: tuple[str, ...]) -> Iterator[tuple[str, Made]]:
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                yield path.relative_to(root).as_posix(), _made(path)


def _made(path: Path) -> Made:
    stat = path.stat()
    with path.open("rb") as file:
        return Made(0, stat.st_size, stat.st_mtime_ns, hashlib.file_digest(file, "sha256").digest())
