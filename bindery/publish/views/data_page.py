"""What there is of the archive for programs, in words: the page "Data"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bindery.config import Site
from bindery.languages import Interface
from bindery.publish import exports
from bindery.publish.data import database, files, tables
from bindery.publish.data.package import Resource
from bindery.publish.data.tables import Table
from bindery.publish.ledger import Made
from bindery.publish.take_away import words
from bindery.publish.views import lists
from bindery.publish.views.catalogue import Catalogue
from bindery.publish.views.lists import Counts

ARCHIVE_TITLE = "The whole archive"
ARCHIVE_ABOUT = "One object: every briefing with its paragraphs and mentions, every record with its facts."
PACKAGE_ABOUT = "What every file here is: its columns and keys, its size and SHA-256, as a Frictionless Data Package."
SCHEMA_ABOUT = "What every field of archive.json and of the lines is: JSON Schema."


@dataclass(frozen=True, slots=True)
class File:
    """One that can be taken."""

    permalink: str
    name: str
    title: str
    description: str
    size: str
    """ "1.2 MB"."""


@dataclass(frozen=True, slots=True)
class DataView:
    counts: Counts
    tables: tuple[File, ...]
    whole: tuple[File, ...]
    about: tuple[File, ...]
    columns: tuple[Table, ...]
    views: tuple[str, ...]
    """Of the database."""
    has_full_text: bool
    """Words can be looked for in the database."""
    is_withheld: bool
    """Some texts are not, or not all, in the files."""


def resources(site: Site, made: Mapping[str, Made]) -> list[Resource]:
    """The files that datapackage.json tells of. `made` has what stands at each permalink."""
    found = [
        Resource(
            one.table.name if one.table else one.file.replace(".", "-"),
            one.file,
            one.title,
            one.description,
            one.media_type,
            one.table,
            made[one.permalink],
        )
        for one in files.files(site)
    ]
    name = exports.ARCHIVE.rpartition("/")[2]
    return [*found, Resource("archive-json", name, ARCHIVE_TITLE, ARCHIVE_ABOUT, "application/json", None, made[exports.ARCHIVE])]


def view(catalogue: Catalogue, made: Mapping[str, Made]) -> DataView:
    site = catalogue.site
    listed = files.files(site)
    interface = site.interface
    archive = _file(exports.ARCHIVE, ARCHIVE_TITLE, ARCHIVE_ABOUT, made, interface)
    return DataView(
        counts=lists.counts(catalogue),
        tables=tuple(_files((one for one in listed if one.table), made, interface)),
        whole=(archive, *_files((one for one in listed if not one.table), made, interface)),
        about=(
            _file(files.PACKAGE, "Description of the files", PACKAGE_ABOUT, made, interface),
            _file(exports.SCHEMA, "Description of the JSON", SCHEMA_ABOUT, made, interface),
        ),
        columns=tables.tables(site),
        views=database.view_names(),
        has_full_text=database.has_full_text(),
        is_withheld=any(entry.rights != "full" for entry in catalogue.entries.values()),
    )


def _files(found: Iterable[files.DataFile], made: Mapping[str, Made], interface: Interface) -> Iterable[File]:
    return (_file(one.permalink, one.title, one.description, made, interface) for one in found)


def _file(permalink: str, title: str, description: str, made: Mapping[str, Made], interface: Interface) -> File:
    size = words(made[permalink].size, interface)
    return File(permalink, permalink.rpartition("/")[2], interface.say(title), interface.say(description), size)
