"""A briefing taken back: its files go, its addresses say why, and the archive remembers not to make it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bindery.config import Site
from bindery.content import history, lock, provenance, shelf, store
from bindery.content.history import History
from bindery.content.lock import Address
from bindery.content.shelf import Shelved
from bindery.errors import ContentError
from bindery.model import Place


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was done, and where the text still is. Paths are relative to the archive's root."""

    briefing: str
    """Its id."""
    addresses: tuple[str, ...]
    """Permalinks that say the reason from the next build on."""
    removed: tuple[str, ...]
    emptied: tuple[str, ...]
    """Files that keep the checksum of the seed, by which it is known again, and none of its lines."""
    seed: str | None
    """The captured page, which is left where it is; None if it is not there."""
    paths: tuple[str, ...]
    """Every file that held the text, whether it is still there or not."""
    history: History | None

    def report(self) -> Iterator[str]:
        """What was done, what is left to do, and how to look: line by line."""
        yield from (f"removed  {path}" for path in self.removed)
        yield from (f"emptied  {path}: the checksum stays, so that ingest knows the page and passes over it" for path in self.emptied)
        yield f"{self.briefing} is withdrawn; build the site: its {len(self.addresses)} addresses in {lock.LOCK_FILE} then say why"
        if self.seed:
            yield f"{self.seed} still holds the page; delete the file if it must go as well"
        if self.history:
            held = f"in {self.history.commit_count} commits from {self.history.first} to {self.history.last}"
            yield f"the git history still holds it, {held}; to look:"
        else:
            yield "no git history of its files was found here; in a clone that has one, look with:"
        yield f"    {history.to_look(self.paths)}"


def withdraw(site: Site, wanted: str, reason: str) -> Withdrawal:
    """Take a briefing back for good. `wanted` is its id, slug, file or seed; its file may be gone already.

    The lock comes first: whatever stops this run, ingest does not make the briefing again. Raises ContentError.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise ContentError("no reason", at=Place("--reason"), fix="say why in a few words: readers of its addresses will see them")
    addresses = lock.read(site.root)
    briefing = shelf.open_shelf(site).find(wanted)
    identifier = briefing.id if briefing else _published(wanted, addresses)
    changed = _gone(identifier, addresses, reason)
    shelf.write(site.root / lock.LOCK_FILE, lock.dump({**addresses, **changed}.values()))
    seed = _seed(identifier, briefing, site)
    emptied = tuple(_emptied(identifier, site))
    removed = tuple(_removed(identifier, briefing, site))
    paths = (*_paths(identifier, addresses, site, briefing), *([seed] if seed else []))
    left = seed if seed and (site.root / seed).exists() else None
    return Withdrawal(identifier, tuple(sorted(changed)), removed, emptied, left, paths, history.of(site.root, paths))


def _published(wanted: str, addresses: dict[str, Address]) -> str:
    """The id of a briefing whose file is gone, by its id or one of its addresses."""
    names = {wanted, f"briefings/{Path(wanted).stem}.html"}
    found = next((one.briefing for one in addresses.values() if one.briefing and names & {one.briefing, one.permalink}), None)
    if found is None:
        raise ContentError("no such briefing", at=Place(wanted), fix="name an id, a slug, a file of content/briefings/ or one of seeds/")
    return found


def _gone(identifier: str, addresses: dict[str, Address], reason: str) -> dict[str, Address]:
    """Its addresses with the reason; one that a person had lead elsewhere still does. A first one where none was published."""
    own = {permalink: address for permalink, address in addresses.items() if address.briefing == identifier and not address.target}
    if not own:
        permalink = f"b/{identifier}/index.html"
        own = {permalink: Address(permalink, identifier)}
    return {permalink: replace(address, reason=reason) for permalink, address in own.items()}


def _seed(identifier: str, briefing: Shelved | None, site: Site) -> str | None:
    name = briefing.seed if briefing else None
    path = store.provenance_path(identifier, site)
    if name is None and path.exists():
        shown = path.relative_to(site.root).as_posix()
        name = provenance.load(store.read_text(path, shown), shown).seed
    return f"seeds/{name}" if name else None


def _emptied(identifier: str, site: Site) -> Iterator[str]:
    path = store.provenance_path(identifier, site)
    if path.exists():
        shown = path.relative_to(site.root).as_posix()
        known = provenance.load(store.read_text(path, shown), shown)
        shelf.write(path, provenance.dump(replace(known, fates=())))
        yield shown


def _removed(identifier: str, briefing: Shelved | None, site: Site) -> Iterator[str]:
    """The text itself, its paragraphs' addresses, and a merge that ingest laid out."""
    slug = briefing.slug if briefing else identifier
    text = [site.root / briefing.path] if briefing else []
    for path in (*text, store.anchors_path(identifier, site), shelf.conflict_path(slug, site)):
        if path.exists():
            shelf.remove(path)
            yield path.relative_to(site.root).as_posix()


def _paths(identifier: str, addresses: dict[str, Address], site: Site, briefing: Shelved | None) -> Iterator[str]:
    """The files it stood in, under every name it was published."""
    pages = {permalink for permalink, address in addresses.items() if address.briefing == identifier and permalink.startswith("briefings/")}
    files = {f"content/{permalink.removesuffix('.html')}.md" for permalink in pages}
    yield from sorted(files | ({briefing.path} if briefing else set()))
    yield store.provenance_path(identifier, site).relative_to(site.root).as_posix()
