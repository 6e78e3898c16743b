"""seeds that changed, or content/ that did → content/ as it should be, and what the next run will say if nothing changes again."""

from __future__ import annotations

from contextlib import AbstractContextManager

from bindery import journal
from bindery.config import Site
from bindery.errors import ContentError
from bindery.ingest import conclude, inputs, pages, settle, stock
from bindery.ingest.annotate.known import Known as Confirmed
from bindery.ingest.conclude import Concluded
from bindery.ingest.inputs import Known
from bindery.ingest.intake import Ingested
from bindery.ingest.ledger import Memory, Outcome
from bindery.ingest.pages import Pages
from bindery.ingest.settle import Standing
from bindery.ingest.stock import Stock
from bindery.progress import Progress


def run(site: Site, known: Known, memory: Memory, progress: Progress) -> tuple[Ingested, Known, Outcome | None]:
    """What was done, what is there now, and the outcome of a run that comes after this one; None if it is not sure."""
    with journal.stage("ingest/read content"):
        present = stock.take(site, known, memory)
    with annotated(site, known, present, memory, progress) as found:
        with journal.stage("ingest/link"):
            concluded = conclude.conclude(found, present, site)
        with journal.stage("ingest/write"):
            settled = settle.settle(concluded.linked, present.shelf, present.decided, site, Standing(known.digest, memory.made))
        count = len(found.sha256_by_seed) + len(found.unreadable)
        findings = (*found.unreadable, *concluded.news, *concluded.linked.findings, *settled.findings)
        done = Ingested(count, settled.written, settled.kept, settled.removed, findings)
        after = inputs.look(site, known.folders)
        if after.is_as(known) and not concluded.news:
            return done, after, Outcome(count, done.kept, done.findings)
        return done, after, _foreseen(site, after, found, memory, concluded) if after.has_seeds_of(known) else None


def annotated(site: Site, known: Known, present: Stock, memory: Memory, progress: Progress) -> AbstractContextManager[Pages]:
    """Pages read, cleaned and annotated with what the archive's confirmed records know."""
    return pages.annotated(site, known, _confirmed(present), memory, progress)


def _foreseen(site: Site, after: Known, found: Pages, memory: Memory, concluded: Concluded) -> Outcome | None:
    """The outcome of another run over the same pages: that which was concluded, unless something else stands in content/ by now."""
    try:
        present = stock.take(site, after, memory)
    except (ContentError, ExceptionGroup):  # somebody wrote it meanwhile: the next run says what is wrong with it
        return None
    confirmed = _confirmed(present)
    if (confirmed.by_form, confirmed.by_geonames) != (memory.forms, memory.geonames):
        return None
    linked = concluded.linked if present.shelf == concluded.shelf else conclude.conclude(found, present, site).linked
    settled = settle.foreseen(linked, present.shelf, present.decided, site, Standing(after.digest, memory.made))
    if settled is None:
        return None
    findings = (*found.unreadable, *linked.findings, *settled.findings)
    return Outcome(len(found.sha256_by_seed) + len(found.unreadable), settled.kept, findings)


def _confirmed(present: Stock) -> Confirmed:
    return Confirmed.from_authorities(present.shelf.authorities)
