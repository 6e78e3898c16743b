"""linked briefings → content/: what the program owns is made anew, what a person owns is left and, in doubt, asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import msgspec

from bindery import stamps
from bindery.config import Site
from bindery.content import files, lock, markup, provenance, shelf, store
from bindery.content.decisions import Decisions
from bindery.content.shelf import Shelf, Shelved
from bindery.ingest.ledger import Made
from bindery.ingest.link import Linked, Wanted
from bindery.ingest.threeway import Version, merged
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


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the program's own files in content/, so that those that are as they should be need not be made to see it."""

    digests: Callable[[str], int | None] = lambda _: None
    """Path → digest of the file as it stands in content/; None where that is not known."""
    made: dict[str, Made] = field(default_factory=dict)
    """By path: what was made of what. It learns of all that is made."""

    def has(self, path: str, key: int) -> bool:
        """Whether the file stands as it would be made."""
        made = self.made.get(path)
        return made is not None and made.key == key and made.digest == self.digests(path)

    def holds(self, path: str, key: int, source: str) -> bool:
        """The same, by the source that was made."""
        made = self.made[path] = Made(key, stamps.digest(source.encode()))
        return made.digest == self.digests(path)

    def stands(self, path: str, key: int) -> None:
        """The file was found to be the same, though not byte for byte: its line ends are those of Windows."""
        if (digest := self.digests(path)) is not None:
            self.made[path] = Made(key, digest)


def settle(linked: Linked, present: Shelf, decisions: Decisions, site: Site, standing: Standing | None = None) -> Settled:
    """Write briefings, their provenance and records, and take back proposals that nothing names.

    An edited briefing whose seed changed is a finding with a merge to read.
    """
    standing = standing or Standing()
    written: list[str] = []
    edited = {shelved.id: shelved for shelved in present.briefings if shelved.edited}
    for wanted in linked.wanted:
        shelved = edited.get(wanted.id)
        if shelved and shelved.sha256 != wanted.sha256:
            shelf.write(shelf.conflict_path(shelved.slug, site), _merge(shelf.whole(shelved, site), wanted.briefing()))
            continue
        if not shelved and _put_briefing(wanted, site, standing):
            written.append(wanted.path)
        _put_provenance(wanted, site, standing)
    records = (authority for authority in linked.authorities if _put_record(authority, site, standing))
    written += [authority.path for authority in records]
    removed = _take_back(unnamed(linked, present, decisions), site)
    kept, findings = _left(linked, present, site)
    return Settled(tuple(written), kept, removed, findings)


def foreseen(linked: Linked, present: Shelf, decisions: Decisions, site: Site, standing: Standing) -> Settled | None:
    """What `settle` would do, as far as that is known without making anything: None unless it would write and take back nothing.

    The merges of edited briefings have to be there.
    """
    edited = {shelved.id: shelved.sha256 for shelved in present.briefings if shelved.edited}
    for wanted in linked.wanted:
        if wanted.id not in edited and not standing.has(wanted.path, wanted.key):
            return None
        if edited.get(wanted.id, wanted.sha256) == wanted.sha256 and not standing.has(_provenance_path(wanted), wanted.origin):
            return None
    if unnamed(linked, present, decisions) or not all(standing.has(authority.path, _key(authority)) for authority in linked.authorities):
        return None
    kept, findings = _left(linked, present, site)
    return Settled((), kept, (), findings)


def _left(linked: Linked, present: Shelf, site: Site) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Files that a person owns, and a finding for each briefing among them whose seed changed."""
    edited = {shelved.id: shelved for shelved in present.briefings if shelved.edited}
    pairs = [(edited[wanted.id], wanted) for wanted in linked.wanted if wanted.id in edited]
    findings = (_changed(shelved, wanted, site) for shelved, wanted in pairs if shelved.sha256 != wanted.sha256)
    return (*(shelved.path for shelved, _ in pairs), *sorted(present.edited)), tuple(findings)


def _put_briefing(wanted: Wanted, site: Site, standing: Standing) -> bool:
    return _put(wanted.path, wanted.key, lambda: files.briefing_source(wanted.briefing()), site, standing)


def _put_record(authority: Authority, site: Site, standing: Standing) -> bool:
    return _put(authority.path, _key(authority), lambda: files.authority_source(authority), site, standing)


def _put(path: str, key: int, make: Callable[[], str], site: Site, standing: Standing) -> bool:
    """Whether it had to be written."""
    if standing.has(path, key):
        return False
    source = make()
    if standing.holds(path, key, source):
        return False
    outcome = shelf.put(path, source, site)
    if outcome == "unchanged":
        standing.stands(path, key)
    return outcome == "written"


def _put_provenance(wanted: Wanted, site: Site, standing: Standing) -> None:
    path = _provenance_path(wanted)
    if not standing.has(path, wanted.origin):
        record = wanted.provenance()
        if not standing.holds(path, wanted.origin, provenance.dump(record)):
            shelf.put_provenance(wanted.id, record, site)


def _provenance_path(wanted: Wanted) -> str:
    return f"content/{store.PROVENANCE}/{wanted.id}.tsv"


def _key(authority: Authority) -> int:
    return stamps.digest(msgspec.msgpack.encode(authority))


def unnamed(linked: Linked, present: Shelf, decisions: Decisions) -> list[Authority]:
    """Records the program proposed, nobody edited or decided about, and no briefing names."""
    anew = {wanted.id for wanted in linked.wanted}
    left = (shelved for shelved in present.briefings if shelved.edited or shelved.id not in anew)
    named = {printed.authority for shelved in left for printed in shelved.printed} | decisions.named
    named |= {mention.authority for wanted in linked.wanted for mention in wanted.links.values()}
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


def _changed(shelved: Shelved, wanted: Wanted, site: Site) -> Finding:
    """The seed of an edited briefing has other bytes: both changes are laid side by side, neither is applied."""
    path = shelf.conflict_path(shelved.slug, site).relative_to(site.root).as_posix()
    return Finding(
        "seed-changed",
        Place(shelved.path),
        f"seeds/{wanted.seed} has changed since this file was edited by hand; the edited file was kept",
        f"take what you want from the three-way merge in {path}, then set 'sha256: {wanted.sha256}' in the front matter",
    )


def _merge(edited: Briefing, anew: Briefing) -> str:
    """Three-way merge, paragraph by paragraph: the captured text before, the person's text, the captured text now."""
    base = [fate.text.strip() for fate in edited.provenance.fates if fate.fate == "kept"] if edited.provenance else []
    mine, theirs = Version("edited by hand", _paragraphs(edited)), Version("captured now", _paragraphs(anew))
    return "".join(f"{line}\n" for line in merged(Version("captured before", base), mine, theirs))


def _paragraphs(briefing: Briefing) -> list[str]:
    return [markup.unescape(line).removeprefix("## ").strip() for line in briefing.text.split("\n") if line.strip()]
