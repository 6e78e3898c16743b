"""Ids of the newest briefings: data/arrivals.js, by which a browser tells what came in since its reader last looked."""

from __future__ import annotations

import json

from markupsafe import Markup

from bindery.publish.views.catalogue import Catalogue

LISTED = 3_000
"""Briefings, by date: 14 KB compressed, loaded when a page has been shown. A capture of an older page is not told as new."""
NEW = 2_500
"""Of those, how many can be new: where one is withdrawn, the older one that moves up is not."""


def listed(catalogue: Catalogue) -> list[str]:
    """The ids, the newest first."""
    return list(catalogue.leads)[:LISTED]


def view(catalogue: Catalogue) -> dict[str, Markup | str]:
    ids = listed(catalogue)
    value = {"ids": " ".join(ids), "new": NEW if len(ids) == LISTED else LISTED}
    return {"variable": "archiveBriefings", "value": Markup(json.dumps(value))}  # noqa: S704  # JSON in a script file
