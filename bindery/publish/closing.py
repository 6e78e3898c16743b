"""site/ → what is made of all of it: search, data, the archive to take away, what lets a browser keep the site, and its manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import jinja2

from bindery import progress, team
from bindery.publish import manifest, render, search, swap, take_away, web_app
from bindery.publish.data import database, files
from bindery.publish.data.holdings import Holdings
from bindery.publish.data.package import datapackage
from bindery.publish.ledger import Made
from bindery.publish.permalinks import DATA_PAGE
from bindery.publish.planned import Planned, key_of
from bindery.publish.press import Edition
from bindery.publish.search.kept import Kept
from bindery.publish.views import data_page, documents

FOR_TWO = 300
"""Briefings from which on a second process is worth being made."""


def close(edition: Edition) -> Mapping[str, Made]:
    """Put them into the folder. Gives what stands there."""
    site, folder = edition.site, edition.folder
    env = edition.reader.known.templates.env
    made = _search_and_data(edition, env)

    def put(permalink: str, data: bytes) -> None:
        made[permalink] = _put(folder, permalink, data)

    put(web_app.MANIFEST, web_app.manifest(site))
    newest = next((entry.date for entry in edition.catalogue.entries.values() if entry.date), None)
    path = folder.path / take_away.ARCHIVE
    path.unlink(missing_ok=True)
    captured = manifest.seeds(edition.catalogue.entries.values())
    source = take_away.Source(folder.path, {**edition.outputs, **made}, newest, captured)
    take_away.write(path, site.output / take_away.ARCHIVE, source, site, env)
    made[take_away.ARCHIVE] = _made(path, 0)
    kept_size = sum(one.size for name, one in (*edition.outputs.items(), *made.items()) if web_app.is_kept(name))
    put(take_away.FACTS, take_away.facts(path.stat().st_size, kept_size, newest, site.interface))
    for permalink, data in web_app.files({**edition.outputs, **made}, env):
        put(permalink, data)
    put(manifest.FILE, manifest.dump({name: one.sha256 for name, one in (*edition.outputs.items(), *made.items())}, captured))
    for permalink in edition.before.keys() - made.keys():
        folder.drop(permalink)
    return made


def _search_and_data(edition: Edition, env: jinja2.Environment) -> dict[str, Made]:
    """Neither needs the other: in a large archive they are made side by side."""
    halves = ("search",), ("data",)
    is_large = len(edition.catalogue.entries) >= FOR_TWO and team.size() > 1
    with team.Team(_Half(edition, env), 2 if is_large else 1) as crew:
        made = crew.call("make", halves if is_large else [sum(halves, ())], progress.quiet, "search and data")
    return {permalink: one for half in made for permalink, one in half.items()}


class _Half:
    """Who makes one of them, or both."""

    def __init__(self, edition: Edition, env: jinja2.Environment) -> None:
        self.edition, self.env = edition, env
        self.result: dict[str, Made] = {}

    def make(self, parts: Sequence[str]) -> Iterator[None]:
        self.result = {}
        for part in parts:
            self.result |= _search(self.edition) if part == "search" else _data(self.edition, self.env)
            yield


def _search(edition: Edition) -> dict[str, Made]:
    """pagefind/ and packs/: files that are as they were stay."""
    site, folder, reader = edition.site, edition.folder, edition.reader
    kept = Kept(site.cache / search.FOLDER)
    found = search.index(list(documents.all_documents(edition.catalogue, reader.keys, reader.body)), search.STEMMED, kept)
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


def _data(edition: Edition, env: jinja2.Environment) -> dict[str, Made]:
    """data/: files that are made of what is as it was stay."""
    site, keys, holdings = edition.site, edition.reader.keys, Holdings(edition.catalogue, edition.reader.keys.said)
    key_by_kind = {"records": keys.records, "everything": keys.everything}
    made: dict[str, Made] = {}
    for one in files.files(site):
        key = hash((key_by_kind[one.made_of], database.edition()))
        before = edition.before.get(one.permalink)
        same = before is not None and before.key == key
        made[one.permalink] = before if before and same else _put(edition.folder, one.permalink, _content(one, key, holdings, edition), key)
    there = {**edition.outputs, **made}
    package = datapackage(data_page.resources(site, there), site)
    made[files.PACKAGE] = there[files.PACKAGE] = _put(edition.folder, files.PACKAGE, package)
    page = Planned(DATA_PAGE, "pages/data.html", 0, dict)
    context = {"view": data_page.view(edition.catalogue, there)}
    made[DATA_PAGE] = _put(edition.folder, DATA_PAGE, render.text(page, context, env).encode())
    return made


def _content(one: files.DataFile, key: int, holdings: Holdings, edition: Edition) -> bytes:
    made = one.make(holdings)
    return made if isinstance(made, bytes) else edition.reader.pieces.content(one.permalink, key, made)


def _put(folder: swap.Folder, permalink: str, data: bytes, key: int = 0) -> Made:
    stat = folder.put(permalink, data)
    return Made(key, len(data), stat.st_mtime_ns, sha256(data).digest())


def _made(path: Path, key: int) -> Made:
    stat = path.stat()
    with path.open("rb") as file:
        return Made(key, stat.st_size, stat.st_mtime_ns, hashlib.file_digest(file, "sha256").digest())
