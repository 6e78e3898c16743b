"""The runs: ingest(), publish(), check(), and what people ask in between. Each is short enough to be the diagram."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bindery import check as checks
from bindery.config import Site
from bindery.content import anchors as anchor_files
from bindery.content import decisions, lock, past, shelf, store, withdrawal
from bindery.errors import ContentError, SeedError, SiteError
from bindery.ingest import explain as explanation
from bindery.ingest import link, questions, read, settle
from bindery.ingest.annotate import annotate
from bindery.ingest.annotate.known import Known
from bindery.ingest.clean.page import draft
from bindery.ingest.draft import Annotation, Draft
from bindery.model import AuthorityId, Finding, Library, Page, Place
from bindery.progress import Progress, quiet
from bindery.publish import (
    anchors,
    body,
    exports,
    feeds,
    follow,
    pages,
    permalinks,
    pocket,
    render,
    rights,
    search,
    static_files,
    stubs,
    swap,
    take_away,
    web_app,
)
from bindery.publish.mail import digest as mail_digest
from bindery.publish.mail import letter as mail_letter
from bindery.publish.mail import message
from bindery.publish.share import pictures
from bindery.publish.views import documents
from bindery.publish.views.catalogue import Catalogue, catalogue


@dataclass(frozen=True, slots=True)
class Ingested:
    """What a run of ingest did to content/. Paths are relative to the archive's root."""

    seed_count: int
    written: tuple[str, ...]
    """Files made or made anew."""
    kept: tuple[str, ...]
    """Files a person owns, left byte for byte."""
    removed: tuple[str, ...]
    """Records the program had proposed and no briefing names any more."""
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
    unreadable: list[Finding] = []
    decided = decisions.load(site.content)
    annotated = _annotated(read.seed_paths(site.seeds), present, site, progress, unreadable)
    linked = link.link(annotated, present, decided, site, past.read(site))
    settled = settle.settle(linked, present, decided, site)
    seed_count = len(annotated) + len(unreadable)
    return Ingested(seed_count, settled.written, settled.kept, settled.removed, (*unreadable, *linked.findings, *settled.findings))


def review(site: Site, progress: Progress = quiet) -> tuple[questions.Question, ...]:
    """What wants a human eye, most valuable first. Writes nothing."""
    present, library = shelf.open_shelf(site), store.load(site)
    annotated = _annotated(read.seed_paths(site.seeds), present, site, progress, [])
    shelved = present.by_seed({draft.seed.path: draft.seed.sha256 for draft, _ in annotated})
    made = [(*page, shelved[page[0].seed.path].briefing) for page in annotated if page[0].seed.path in shelved]
    return questions.questions(made, tuple(library.authorities.values()), decisions.load(site.content))


def explain(site: Site, wanted: str) -> list[str]:
    """Why each mention of one briefing is there. `wanted` is its id, slug, path or seed. Raises ContentError if there is none."""
    present = shelf.open_shelf(site)
    briefing = present.find(wanted)
    if briefing is None or briefing.seed is None:
        problem = "no such briefing" if briefing is None else "written by hand, without a seed: there is nothing to explain"
        raise ContentError(problem, at=Place(wanted), fix="name an id, a slug, a file of content/briefings/ or one of seeds/")
    path = next((path for path in read.seed_paths(site.seeds) if path.relative_to(site.seeds).as_posix() == briefing.seed), None)
    unreadable: list[Finding] = []
    annotated = _annotated([path] if path else [], present, site, quiet, unreadable)
    if not annotated:
        problem = unreadable[0].message if unreadable else "its seed is not there"
        raise ContentError(problem, at=Place(f"seeds/{briefing.seed}"), fix="put the captured page back under that name")
    ((draft, annotation),) = annotated
    records = {record.id: record for record in present.authorities}
    return list(explanation.explanation(draft, annotation, briefing, records))


def withdraw(site: Site, wanted: str, reason: str) -> withdrawal.Withdrawal:
    """Take a briefing back for good; the next build takes it out of the site. `wanted` is its id, slug, path or seed."""
    return withdrawal.withdraw(site, wanted, reason)


def publish(site: Site, progress: Progress = quiet) -> Published:
    """content/ → site/: built beside the old one, swapped in whole."""
    whole = store.load(site)
    library = rights.shown(whole, site)
    addresses = lock.read(site.root)
    blocks = bodies(library, progress)
    made = _distinct(list(pages.all_pages(library, blocks, site)))
    kept = permalinks.kept(addresses, library, {page.permalink for page in made})
    made += stubs.pages(kept, library)
    with swap.beside(site.output) as folder:
        made += feeds.pages([page.permalink for page in made], library, site)
        env = render.environment(site)
        for page in progress(made, "render", len(made)):
            render.write(page, env, folder)
        static_files.copy(site, folder)
        exports.write(library, blocks, site, folder)
        follow.write(library, blocks, kept, site, folder)
        pictures.write(folder, library, site)
        (folder / ".nojekyll").touch()
        search.index(list(documents.all_documents(catalogue(library, blocks, site))), folder, site.language, site.cache / search.FOLDER)
        take_away.write(folder, library, site, env, web_app.size(folder))
        web_app.write(folder, site, env)
        _record(addresses, library, site)  # before the site is swapped in: whatever stops this run, no reader has what is not recorded
        _record_paragraphs(whole, library, blocks, site)
    return Published(library, len(made), site.output / "index.html")


def check(site: Site) -> list[Finding]:
    """site/ and content/ → findings. Raises SiteError when there is no site yet."""
    if not site.output.is_dir():
        raise SiteError("no site to check", at=Place(site.output.name), fix="run build.py publish first")
    return list(checks.findings(store.load(site), site))


def publishable(site: Site) -> Library:
    """content/ → what of it may leave the archive. Whatever is made for readers begins here."""
    return rights.shown(store.load(site), site)


def pocket_file(site: Site, choice: pocket.Choice) -> str:
    """content/ → one HTML file of chosen briefings. Writes nothing."""
    return pocket.file(publishable(site), site, choice)


def digest(site: Site, choice: mail_digest.Choice, envelope: message.Envelope) -> mail_digest.Digest:
    """content/ → one e-mail about what is new. Writes nothing."""
    return mail_digest.digest(_catalogue(site), choice, envelope)


def letter(site: Site, wanted: str, envelope: message.Envelope) -> tuple[message.Letter, bytes]:
    """content/ → one briefing as an e-mail. `wanted` is its id, slug, path or seed. Raises ContentError if there is none."""
    read, names = _catalogue(site), {wanted, Path(wanted).stem, Path(wanted).name}
    briefing = next((one for one in read.library.briefings if names & {one.id, one.slug, one.seed}), None)
    if briefing is None:
        fix = "name an id, a slug, a file of content/briefings/ or one of seeds/"
        raise ContentError("no such briefing", at=Place(wanted), fix=fix)
    return mail_letter.letter(briefing, read, envelope)


def _catalogue(site: Site) -> Catalogue:
    library = publishable(site)
    return catalogue(library, bodies(library), site)


def bodies(library: Library, progress: Progress = quiet) -> exports.BlocksById:
    """Every briefing's body as blocks, with links as they stand in briefings/."""
    origin = "briefings/index.html"

    def target(identifier: AuthorityId) -> body.Target | None:
        authority = library.authorities.get(identifier)
        if authority is None:
            return None
        return body.Target(permalinks.relative(origin, permalinks.authority_permalink(authority)), authority.kind)

    return {briefing.id: body.blocks(briefing, target) for briefing in progress(library.briefings, "read", len(library.briefings))}


def _annotated(
    paths: Sequence[Path], present: shelf.Shelf, site: Site, progress: Progress, unreadable: list[Finding]
) -> list[tuple[Draft, Annotation]]:
    """The first half of ingest: pages read, cleaned and annotated with what the archive's confirmed records know."""
    known = Known.from_authorities(present.authorities)
    with _all_is_kept():
        drafts = list(_drafts(paths, site, progress, unreadable))
        return [(draft, annotate(draft, known)) for draft in progress(drafts, "annotate", len(drafts))]


@contextmanager
def _all_is_kept() -> Iterator[None]:
    """No search for garbage meanwhile: pages make no cycles, and to look through all that is kept, again and again, takes time."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


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
            raise SiteError(problem, at=lock.AT, fix="rename one of the two files in content/")
    return made


def _record_paragraphs(whole: Library, library: Library, blocks: exports.BlocksById, site: Site) -> None:
    """Remember every paragraph address that is in the site, and what it leads to."""
    for briefing, shown in zip(whole.briefings, library.briefings, strict=True):
        texts = {key: block.text for block in blocks[briefing.id] for key in block.addresses}
        remembered = anchors.record(texts, briefing.anchors, all_shown=shown.rights == "full")
        if set(remembered) != set(briefing.anchors):
            shelf.write(store.anchors_path(briefing.id, site), anchor_files.dump(remembered))


def _record(addresses: dict[str, lock.Address], library: Library, site: Site) -> None:
    """Add the addresses that are new to the lock."""
    source = lock.dump(lock.grown(addresses, permalinks.published(library)).values())
    path = site.root / lock.LOCK_FILE
    if not path.exists() or store.read_text(path, lock.LOCK_FILE) != source:
        shelf.write(path, source)
