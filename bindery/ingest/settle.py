"""linked briefings → content/: what the program owns is made anew, what a person owns is left and, in doubt, asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from merge3 import Merge3

from bindery.config import Site
from bindery.content import lock, markup, shelf
from bindery.content.decisions import Decisions
from bindery.content.shelf import Shelf, Shelved
from bindery.ingest.link import Linked
from bindery.model import Authority, Briefing, Finding, Place


@dataclass(frozen=True, slots=True)
class Settled:
    """Paths relative to the archive's root."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    """Left byte for byte, because a person owns them."""
    removed: tuple[str, ...]
    """Proposals of the program's own that no briefing names any more."""
    findings: tuple[Finding, ...]


def settle(linked: Linked, present: Shelf, decisions: Decisions, site: Site) -> Settled:
    """Write briefings, their provenance and records, and take back proposals that nothing names.

    An edited briefing whose seed changed is a finding with a merge to read.
    """
    shelf.sweep(site)
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
    removed = _take_back(_unnamed(linked, present, decisions), site)
    return Settled(tuple(written), tuple(kept), removed, tuple(findings))


def _unnamed(linked: Linked, present: Shelf, decisions: Decisions) -> list[Authority]:
    """Records the program proposed, nobody edited or decided about, and no briefing names."""
    anew = {briefing.id: briefing for briefing in linked.briefings}
    standing = [shelved.briefing if shelved.edited else anew.get(shelved.briefing.id, shelved.briefing) for shelved in present.briefings]
    named = {mention.authority for briefing in (*standing, *linked.briefings) for mention in briefing.mentions} | decisions.named
    return [
        record
        for record in present.authorities
        if record.status == "proposed" and record.path not in present.edited and record.id not in named
    ]


def _take_back(records: Iterable[Authority], site: Site) -> tuple[str, ...]:
    """Delete the files; where an address was published, the lock says that it is gone, and the page will say so."""
    records = list(records)
    if not records:
        return ()
    addresses = lock.read(site.root)
    after = lock.taken_back(addresses, [f"{record.id}.html" for record in records])
    if after != addresses:
        shelf.write(site.root / lock.LOCK_FILE, lock.dump(after.values()))
    for record in records:
        shelf.remove(site.root / record.path)
    return tuple(record.path for record in records)


def _changed(shelved: Shelved, anew: Briefing, site: Site) -> Finding:
    """The seed of an edited briefing has other bytes: both changes are laid side by side, neither is applied."""
    merge = shelf.conflict_path(shelved.briefing.slug, site)
    shelf.write(merge, _merge(shelved.briefing, anew))
    path = merge.relative_to(site.root).as_posix()
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
