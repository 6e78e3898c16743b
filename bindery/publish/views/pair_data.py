"""A record → its sentences that name another, for a dossier that a reader's browser puts together: data/together/officials/mori.js.

A sentence of two stands in the file of that record whose id comes later, so that each pair is in one file, and that of an official or a
company rather than of the city that thousands of sentences name.
"""

from __future__ import annotations

import json

from markupsafe import Markup

from bindery.model import AuthorityId
from bindery.publish.entry import Entry
from bindery.publish.views.catalogue import Catalogue

INDEX = "data/together/index.js"


def permalink(identifier: AuthorityId) -> str:
    return f"data/together/{identifier}.js"


def holders(catalogue: Catalogue) -> list[AuthorityId]:
    """Records that have such a file."""
    return sorted({later for _, later in catalogue.together.sentences})


def index(catalogue: Catalogue) -> dict[str, Markup | str]:
    """Who has such a file, so that a missing one can be told from none."""
    value = "[\n" + ",\n".join(map(json.dumps, holders(catalogue))) + "\n]"
    return {"variable": "archiveHolders", "value": Markup(value)}  # noqa: S704  # JSON in a script file


def rows(identifier: AuthorityId, catalogue: Catalogue) -> dict[str, Markup | str]:
    """`names`: id, name, kind and page of everybody; who is meant is said by the place there. `briefings`, newest first: page, title, date,
    source, language; each sentence (text, anchor, and whom it names: begin, end, who); and everybody the briefing names (who, anchor,
    roles as printed, each with its anchor)."""
    numbers: dict[AuthorityId, int] = {identifier: 0}
    briefings = [row for entry in catalogue.briefings.get(identifier, ()) if (row := _row(entry, identifier, numbers, catalogue))]
    named = [catalogue.named[key] for key in numbers]
    names = [[one.id, one.name, one.kind.name, one.permalink] for one in named]
    value = json.dumps({"names": names, "briefings": briefings}, ensure_ascii=False, separators=(",", ":"))
    return {"variable": "archiveTogether", "value": Markup(value)}  # noqa: S704  # JSON in a script file


def _row(entry: Entry, identifier: AuthorityId, numbers: dict[AuthorityId, int], catalogue: Catalogue) -> list[object] | None:
    leaf = catalogue.leaves[entry.id]

    def number(key: AuthorityId) -> int:
        return numbers.setdefault(key, len(numbers))

    told = [one for one in leaf.shared if identifier in one.whom and min(one.whom) < identifier]
    if not told:
        return None
    sentences = [[one.text, one.anchor, [[name.start, name.end, number(name.whom)] for name in one.names]] for one in told]
    named = [
        [number(key), _anchor(key, entry, catalogue), [[said.text, said.anchor] for said in leaf.roles.get(key, ())]]
        for key in entry.named
        if key in catalogue.named
    ]
    date = entry.date.isoformat() if entry.date else ""
    return [entry.permalink, entry.title, date, entry.source_name or "", entry.language or "", sentences, named]


def _anchor(key: AuthorityId, entry: Entry, catalogue: Catalogue) -> str:
    quotations = catalogue.leaves[entry.id].quotations.get(key)
    return quotations[0].anchor if quotations else ""
