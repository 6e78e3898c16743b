"""The runs: ingest(), publish(), check(), and what people ask in between. Each is short enough to be the diagram.

Each imports what it runs, so that a publish knows nothing of ingest and a run that finds nothing to do has loaded next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bindery import garbage, journal
from bindery.errors import ContentError, SiteError
from bindery.model import AuthorityId, Finding, Library, Place
from bindery.progress import Progress, quiet

if TYPE_CHECKING:
    from bindery.check.copies import Verified
    from bindery.check.deep import Examined
    from bindery.config import Site
    from bindery.content.withdrawal import Withdrawal
    from bindery.ingest.intake import Ingested
    from bindery.ingest.questions import Question
    from bindery.publish import pocket
    from bindery.publish.exports import BlocksById
    from bindery.publish.mail import digest as mail_digest
    from bindery.publish.mail import message
    from bindery.query import Found
    from bindery.query import Question as Query


@dataclass(frozen=True, slots=True)
class Published:
    """What a run of publish made of content/."""

    briefing_count: int
    count_by_kind: Mapping[str, int]
    """Records of each kind."""
    page_count: int
    made_count: int
    """Files that had to be made: 0 when nothing had changed."""
    index: Path
    """The page to open."""


def ingest(site: Site, progress: Progress = quiet) -> Ingested:
    """seeds/ → content/: what the program owns is made anew, what a person owns is left."""
    from bindery.ingest import intake

    with journal.stage("ingest"):
        return intake.ingest(site, progress)


def review(site: Site, progress: Progress = quiet) -> tuple[Question, ...]:
    """What wants a human eye, most valuable first. Writes nothing."""
    return reviewed(site, progress)[0]


def reviewed(site: Site, progress: Progress = quiet) -> tuple[tuple[Question, ...], Library]:
    """The same, and what content/ holds."""
    from bindery.content import decisions, shelf, store
    from bindery.ingest import intake, questions

    present, library = shelf.open_shelf(site), store.load(site)
    with intake.annotated(site, progress) as pages:
        shelved = present.by_seed(pages.sha256_by_seed)
        made = [(*pages.read(seed), shelf.whole(shelved[seed], site)) for seed in pages.sha256_by_seed if seed in shelved]
    return questions.questions(made, tuple(library.authorities.values()), decisions.load(site.content)), library


def explain(site: Site, wanted: str) -> list[str]:
    """Why each mention and each figure of one briefing is there. `wanted` is its id, slug, path or seed. Raises ContentError if there
    is none."""
    from bindery.ingest import explain as explanation
    from bindery.publish import body
    from bindery.publish.figures.explained import explained

    return list(explanation.explain(site, wanted, lambda briefing: explained(briefing, body.blocks(briefing, lambda _: None))))


def withdraw(site: Site, wanted: str, reason: str) -> Withdrawal:
    """Take a briefing back for good; the next build takes it out of the site. `wanted` is its id, slug, path or seed."""
    from bindery.content import withdrawal

    return withdrawal.withdraw(site, wanted, reason)


def publish(site: Site, progress: Progress = quiet, *, with_search: bool = True) -> Published:
    """content/ → site/: what changed is made anew, and the whole is swapped in."""
    from bindery.publish import issue

    with journal.stage("publish"), garbage.kept():
        printed = issue.publish(site, progress, with_search=with_search)
    return Published(printed.briefing_count, printed.count_by_kind, printed.page_count, printed.made_count, site.output / "index.html")


def preview(site: Site) -> Callable[[Iterable[Path]], Mapping[str, bytes]]:
    """Gives what makes pages of briefings that were just edited, by what the last publish knew."""
    from bindery.publish.preview import Preview

    return Preview(site).pages


def check(site: Site) -> list[Finding]:
    """site/ and content/ → findings. Raises SiteError when there is no site yet."""
    from bindery.check import examine

    if not site.output.is_dir():
        raise SiteError("no site to check", at=Place(site.output.name), fix="run build.py publish first")
    with journal.stage("check"):
        return examine.findings(site)


def examine(site: Site) -> Examined:
    """content/ against its git history. Raises SiteError where there is none, and ContentError."""
    from bindery.check import deep

    with journal.stage("check history"):
        return deep.examine(site)


def verify(copy: Path, *, manifest: Path | None = None, seeds: Path | None = None, is_partial: bool = False) -> Verified:
    """A copy of a published archive → whether it is as it was published. Raises SiteError where nothing says what that was."""
    from bindery.check import copies

    return copies.verify(copy, manifest=manifest, seeds=seeds, is_partial=is_partial)


def publishable(site: Site) -> Library:
    """content/ → what of it may leave the archive. Whatever is made for readers begins here."""
    from bindery.content import store
    from bindery.publish import rights

    return rights.shown(store.load(site), site)


def pocket_file(site: Site, choice: pocket.Choice) -> str:
    """content/ → one HTML file of chosen briefings. Writes nothing."""
    from bindery.publish import pocket

    return pocket.file(publishable(site), site, choice)


def query(site: Site, question: Query) -> list[Found]:
    """site/ → the briefings that answer, newest first. Raises SiteError where there is no site, ContentError for an unknown name."""
    from bindery import query as asking

    return asking.find(site, question)


def digest(site: Site, choice: mail_digest.Choice, envelope: message.Envelope) -> mail_digest.Digest:
    """content/ → one e-mail about what is new. Writes nothing."""
    from bindery.publish.mail import digest as mail_digest
    from bindery.publish.views.catalogue import catalogue

    library = publishable(site)
    return mail_digest.digest(catalogue(library, bodies(library), site), choice, envelope)


def letter(site: Site, wanted: str, envelope: message.Envelope) -> tuple[message.Letter, bytes]:
    """content/ → one briefing as an e-mail. `wanted` is its id, slug, path or seed. Raises ContentError if there is none."""
    from bindery.publish.mail import letter as mail_letter
    from bindery.publish.views.catalogue import catalogue

    library, names = publishable(site), {wanted, Path(wanted).stem, Path(wanted).name}
    blocks = bodies(library)
    briefing = next((one for one in library.briefings if names & {one.id, one.slug, one.seed}), None)
    if briefing is None:
        fix = "name an id, a slug, a file of content/briefings/ or one of seeds/"
        raise ContentError("no such briefing", at=Place(wanted), fix=fix)
    return mail_letter.letter(briefing, blocks[briefing.id], catalogue(library, blocks, site), envelope)


def bodies(library: Library, progress: Progress = quiet) -> BlocksById:
    """Every briefing's body as blocks, with links as they stand in briefings/."""
    from bindery.publish import body, permalinks

    origin = "briefings/index.html"

    def target(identifier: AuthorityId) -> body.Target | None:
        authority = library.authorities.get(identifier)
        if authority is None:
            return None
        return body.Target(permalinks.relative(origin, permalinks.authority_permalink(authority)), authority.kind)

    return {briefing.id: body.blocks(briefing, target) for briefing in progress(library.briefings, "read", len(library.briefings))}
