"""What each file of site/data/ is → datapackage.json (Frictionless Data Package): columns, keys, sizes, checksums."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bindery.config import Site
from bindery.publish.data.tables import Column, Table
from bindery.publish.ledger import Made
from bindery.publish.take_away import short_name

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


class Resource(NamedTuple):
    """A file of the package."""

    name: str
    file: str
    """Beside datapackage.json."""
    title: str
    description: str
    media_type: str
    table: Table | None
    """For a file that is a table."""
    made: Made


def datapackage(resources: Iterable[Resource], site: Site) -> bytes:
    """Says no day and no version: the checksums say whether it is the same."""
    package = {
        "$schema": PROFILE,
        "name": short_name(site.title),
        "title": site.title,
        "description": " ".join((site.description or site.tagline or site.title).split()),
        "homepage": f"{site.base_url}/" if site.base_url else None,
        "contributors": [{"title": site.publisher, "roles": ["publisher"]}] if site.publisher else None,
        "resources": [_resource(resource) for resource in resources],
    }
    return (json.dumps(_given(package), ensure_ascii=False, indent=1) + "\n").encode()


def _resource(resource: Resource) -> Mapping[str, object]:
    made, form = resource.made, resource.file.rpartition(".")[2]
    said: dict[str, object] = {"name": resource.name, "path": resource.file, "title": resource.title, "description": resource.description}
    said |= {"format": form, "mediatype": resource.media_type, "encoding": "utf-8" if form != "sqlite" else None}
    said |= {"bytes": made.size, "hash": f"sha256:{made.sha256.hex()}"}
    return _given(said | ({"type": "table", "schema": _schema(resource.table)} if resource.table else {}))


def _schema(table: Table) -> Mapping[str, object]:
    references = [{"fields": list(one.columns), "reference": {"resource": one.table, "fields": list(one.keys)}} for one in table.references]
    return _given(
        {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": references or None,
        }
    )


def _field(column: Column) -> Mapping[str, object]:
    constraints = {"required": True} if column.is_required else None
    return _given({"name": column.name, "type": column.type, "description": column.description, "constraints": constraints})


def _given(values: Mapping[str, object]) -> Mapping[str, object]:
    return {key: value for key, value in values.items() if value is not None}
