"""What a reader calls a record → the record: its name, a variant or its slug."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches

from bindery.config import Site
from bindery.errors import ContentError
from bindery.model import Authority, AuthorityId, Place


def record(kind: str, name: str, authorities: Mapping[AuthorityId, Authority], site: Site) -> Authority:
    """The record of this kind with this name in any of its forms. Raises ContentError with the nearest names."""
    records = [record for record in authorities.values() if record.kind == kind]
    wanted = folded(name)
    for one in records:
        if wanted in map(folded, (one.slug, one.name, *one.variants)):
            return one
    near = get_close_matches(name, [one.name for one in records], n=3, cutoff=0.5)
    folder = next((known.folder for known in site.kinds if known.name == kind), kind)
    fix = f"did you mean {', '.join(near)}?" if near else f"take a name from content/{folder}/"
    raise ContentError(f"no {kind} is called {name!r}", at=Place(f"content/{folder}"), fix=fix)


def folded(name: str) -> str:
    """Without accents and case: "Ōsaka" and "osaka" are one."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
