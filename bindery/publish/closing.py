"""site/ → what is made of all of it: the search, the archive to take away, what lets a browser keep the site, and its manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from bindery.publish import manifest, search, take_away, web_app
from bindery.publish.ledger import Made
from bindery.publish.planned import key_of
from bindery.publish.press import Edition
from bindery.publish.search.kept import Kept
from bindery.publish.views import documents


def close(edition: Edition) -> Mapping[str, Made]:
    """Put them into the folder. Gives what stands there."""
    site, folder = edition.site, edition.folder
    made = _search(edition)
    env = edition.reader.known.templates.env

    def put(permalink: str, data: bytes) -> None:
        stat = folder.put(permalink, data)
        made[permalink] = Made(0, len(data), stat.st_mtime_ns, sha256(data).digest())

    put(web_app.MANIFEST, web_app.manifest(site))
    newest = next((entry.date for entry in edition.catalogue.entries.values() if entry.date), None)
    path = folder.path / take_away.ARCHIVE
    path.unlink(missing_ok=True)
    captured = manifest.seeds(edition.catalogue.entries.values())
    source = take_away.Source(folder.path, {**edition.outputs, **made}, newest, captured)
    take_away.write(path, site.output / take_away.ARCHIVE, source, site, env)
    made[take_away.ARCHIVE] = _made(path, 0)
    kept_size = sum(one.size for name, one in (*edition.outputs.items(), *made.items()) if web_app.is_kept(name))
    put(take_away.FACTS, take_away.facts(path.stat().st_size, kept_size, newest))
    for permalink, data in web_app.files({**edition.outputs, **made}, env):
        put(permalink, data)
    put(manifest.FILE, manifest.dump({name: one.sha256 for name, one in (*edition.outputs.items(), *made.items())}, captured))
    for permalink in edition.before.keys() - made.keys():
        folder.drop(permalink)
    return made


def _search(edition: Edition) -> dict[str, Made]:
    """pagefind/ and packs/: files that are as they were stay."""
    site, folder, reader = edition.site, edition.folder, edition.reader
    kept = Kept(site.cache / search.FOLDER)
    found = search.index(list(documents.all_documents(edition.catalogue, reader.keys, reader.body)), site.language, kept)
    made: dict[str, Made] = {}
    for permalink, name in found.files.items():
        key, before = key_of(name), edition.before.get(permalink)
        if before is not None and before.key == key and kept.stat(name) == (before.size, before.modified):
            made[permalink] = before
        else:
            folder.take(permalink, kept.path(name))
            made[permalink] = _made(folder.path / permalink, key)
    kept.drop_unused()
    return made


def _made(path: Path, key: int) -> Made:
    stat = path.stat()
    with path.open("rb") as file:
        return Made(key, stat.st_size, stat.st_mtime_ns, hashlib.file_digest(file, "sha256").digest())
