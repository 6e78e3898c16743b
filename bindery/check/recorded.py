"""content/ before a build and after it → findings: what the build had to write, and no commit has yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bindery import stamps
from bindery.config import Site
from bindery.model import Finding, Place


@dataclass(frozen=True, slots=True)
class Recorded:
    """The files of content/, each with a digest of its bytes."""

    digests: dict[str, int]


def look(site: Site) -> Recorded:
    """Reads all of content/, since a build on another machine knows of no earlier one."""
    found = {f"content/{name}": one for name, one in stamps.tree(site.content)}
    return Recorded({name: stamp.digest for name, stamp in stamps.taken(found, {}).items()})


def findings(site: Site, before: Recorded) -> list[Finding]:
    """Addresses that are published and recorded nowhere are lost with the machine that built the site."""
    return list(_findings(before.digests, look(site).digests))


def _findings(before: dict[str, int], after: dict[str, int]) -> Iterator[Finding]:
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            done = "removed" if name not in after else "changed" if name in before else "made"
            fix = "run build.py build where you edit, look at what it did, and commit content/"
            yield Finding("unrecorded", Place(name), f"this build has {done} it, so that what is published stands in no commit", fix)
