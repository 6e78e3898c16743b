"""Files and seeds → manifest.json: the SHA-256 of each, by which a copy can be held against what was published (check/copies.py).

The site's is written last of all, since it names what else is made last; it cannot name itself. archive.zip, whose pages lack what only
the site offers, has one of its own inside. So the site's manifest vouches for archive.zip, and that one for what it unpacks to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring_ascii

from bindery.publish.entry import Entry

FILE = "manifest.json"
Seeds = Mapping[str, Iterable[str]]
"""File below seeds/ → SHA-256 of each capture that a briefing was made of: one, or more where a seed was replaced by another."""


def seeds(entries: Iterable[Entry]) -> Seeds:
    """Those that the site's briefings were made of."""
    found: dict[str, set[str]] = {}
    for entry in entries:
        if entry.seed and entry.sha256:
            found.setdefault(entry.seed, set()).add(entry.sha256)
    return found


def dump(digests: Mapping[str, bytes], captured: Seeds) -> bytes:
    """A file a line, so that two manifests are compared by any program for texts. `digests`: path → SHA-256."""
    files = (f'{encode_basestring_ascii(path)}: "{digests[path].hex()}"' for path in sorted(digests))
    seeds = (f"{json.dumps(name)}: {json.dumps(sorted(captured[name]))}" for name in sorted(captured))
    return ("{\n" + ",\n".join((_section("files", files), _section("seeds", seeds))) + "\n}\n").encode("ascii")


def _section(name: str, lines: Iterable[str]) -> str:
    joined = ",\n".join(lines)
    return f"{json.dumps(name)}: {{\n{joined}\n}}"
