"""The three runs: ingest(), publish(), check(). Each is short enough to be the diagram."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bindery import check as checks
from bindery.config import Site
from bindery.content import decisions, shelf, store
from bindery.errors import SeedError, SiteError
from bindery.ingest import link, read, settle
from bindery.ingest.annotate import annotate
from bindery.ingest.annotate.known import Known
from bindery.ingest.clean.page import draft
from bindery.ingest.draft import Draft
from bindery.model import AuthorityId, Finding, Library, Page, Place
from bindery.progress import Progress, quiet
from bindery.publish import body, exports, feeds, pages, permalinks, render, search, static_files, stubs, swap


@dataclass(frozen=True, slots=True)
class Ingested:
    """What a run of ingest did to content/. Paths are relative to the archive's root."""

    seed_count: int
    written: tuple[str, ...]
    """Files made or made anew."""
    kept: tuple[str, ...]
    """Files a person owns, left byte for byte."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """What a run of publish made of content/."""

    library: Library
    page_count: int
    index: Path
    """The page to open."""


def ingest(site: Site, progress: Progress = quiet) -> Ingested:
    """seeds/ → content/: what the program owns is made anew, what a person owns is left."""
    present = shelf.open_shelf(site)
    known = Known.from_authorities(present.authorities)
    unreadable: list[Finding] = []
    paths = read.seed_paths(site.seeds)
    drafts = list(_drafts(paths, site, progress, unreadable))
    annotated = [(draft, annotate(draft, known)) for draft in progress(drafts, "annotate", len(drafts))]
    linked = link.link(annotated, present, decisions.load(site.content), site)
    settled = settle.settle(linked, present, site)
    return Ingested(len(paths), settled.written, settled.kept, (*unreadable, *linked.findings, *settled.findings))


def publish(site: Site, progress: Progress = quiet) -> Published:
    """content/ → site/: built beside the old one, swapped in whole."""
    library = store.load(site)
    lock = permalinks.read_lock(site.root)
    kept = permalinks.kept(lock, library)
    blocks = bodies(library, progress)
    with swap.beside(site.output) as folder:
        made = _distinct([*pages.all_pages(library, blocks, site), *stubs.pages(kept, library)])
        made += feeds.pages([page.permalink for page in made], library, site)
        env = render.environment(site)
        for page in progress(made, "render", len(made)):
            render.write(page, env, folder)
        static_files.copy(site, folder)
        exports.write(library, blocks, site, folder)
        (folder / ".nojekyll").touch()
        search.index(folder, site.language)
    _record(lock, library, site)
    return Published(library, len(made), site.output / "index.html")


def check(site: Site) -> list[Finding]:
    """site/ and content/ → findings. Raises SiteError when there is no site yet."""
    if not site.output.is_dir():
        raise SiteError("no site to check", at=Place(site.output.name), fix="run build.py publish first")
    return list(checks.findings(store.load(site), site))


def bodies(library: Library, progress: Progress = quiet) -> exports.BlocksById:
    """Every briefing's body as blocks, with links as they stand in briefings/."""
    origin = "briefings/index.html"

    def target(identifier: AuthorityId) -> body.Target | None:
        authority = library.authorities.get(identifier)
        if authority is None:
            return None
        return body.Target(permalinks.relative(origin, permalinks.authority_permalink(authority)), authority.kind)

    return {briefing.id: body.blocks(briefing, target) for briefing in progress(library.briefings, "read", len(library.briefings))}


def _drafts(paths: Sequence[Path], site: Site, progress: Progress, unreadable: list[Finding]) -> Iterator[Draft]:
    for path in progress(paths, "clean", len(paths)):
        try:
            yield draft(read.read(path, site.seeds))
        except SeedError as error:
            unreadable.append(Finding("unreadable-seed", Place(f"seeds/{error.at.path}", error.at.line), error.problem, error.fix))


def _distinct(made: list[Page]) -> list[Page]:
    """The pages, each with an address of its own. Raises SiteError for the first two that share one."""
    seen: dict[str, Page] = {}
    for page in made:
        other = seen.setdefault(page.permalink, page)
        if other is not page:
            problem = f"two pages want the address {page.permalink}: {other.template} and {page.template}"
            raise SiteError(problem, at=permalinks.lock_place(), fix="rename one of the two files in content/")
    return made


def _record(lock: dict[str, permalinks.Address], library: Library, site: Site) -> None:
    """Add the addresses that are new to the lock; those that are there stay as people left them."""
    grown = {**permalinks.published(library), **lock}
    source = permalinks.dump_lock(grown.values())
    path = site.root / permalinks.LOCK_FILE
    if not path.exists() or path.read_text(encoding="utf-8") != source:
        shelf.write(path, source)
