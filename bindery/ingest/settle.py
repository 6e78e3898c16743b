"""linked briefings → content/: what the program owns is made anew, what a person owns is left and, in doubt, asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from merge3 import Merge3

from bindery.config import Site
from bindery.content import markup, shelf
from bindery.content.shelf import Shelf, Shelved
from bindery.ingest.link import Linked
from bindery.model import Briefing, Finding, Place

CONFLICTS = ".cache/conflicts"


@dataclass(frozen=True, slots=True)
class Settled:
    """Paths relative to the archive's root."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    """Left byte for byte, because a person owns them."""
    findings: tuple[Finding, ...]


def settle(linked: Linked, present: Shelf, site: Site) -> Settled:
    """Write briefings, their provenance and records. An edited briefing whose seed changed is a finding with a merge to read."""
    written: list[str] = []
    kept: list[str] = []
    findings: list[Finding] = []
    by_id = {shelved.briefing.id: shelved for shelved in present.briefings}
    for briefing in linked.briefings:
        shelved = by_id.get(briefing.id)
        if shelved and shelved.edited:
            kept.append(shelved.briefing.path)
            if shelved.briefing.sha256 != briefing.sha256:
                findings.append(_changed(shelved, briefing, site))
                continue
        elif shelf.put_briefing(briefing, site) == "written":
            written.append(briefing.path)
        if briefing.provenance:
            shelf.put_provenance(briefing.id, briefing.provenance, site)
    written += [authority.path for authority in linked.authorities if shelf.put_authority(authority, site) == "written"]
    kept += sorted(present.edited)
    return Settled(tuple(written), tuple(kept), tuple(findings))


def _changed(shelved: Shelved, anew: Briefing, site: Site) -> Finding:
    """The seed of an edited briefing has other bytes: both changes are laid side by side, neither is applied."""
    path = f"{CONFLICTS}/{shelved.briefing.slug}.txt"
    shelf.write(site.root / path, _merge(shelved.briefing, anew))
    return Finding(
        "seed-changed",
        Place(shelved.briefing.path),
        f"seeds/{anew.seed} has changed since this file was edited by hand; the edited file was kept",
        f"take what you want from the three-way merge in {path}, then set 'sha256: {anew.sha256}' in the front matter",
    )


def _merge(edited: Briefing, anew: Briefing) -> str:
    """Three-way merge, paragraph by paragraph: the captured text before, the person's text, the captured text now."""
    base = [fate.text.strip() for fate in edited.provenance.fates if fate.fate == "kept"] if edited.provenance else []
    merge = Merge3(_lines(base), _lines(_paragraphs(edited)), _lines(_paragraphs(anew)))
    return "".join(merge.merge_lines(name_a="edited by hand", name_b="captured now", name_base="captured before", base_marker="|||||||"))


def _paragraphs(briefing: Briefing) -> list[str]:
    return [markup.unescape(line).removeprefix("## ").strip() for line in briefing.text.split("\n") if line.strip()]


def _lines(texts: Iterable[str]) -> list[str]:
    return [f"{text}\n" for text in texts]
