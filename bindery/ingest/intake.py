"""seeds/ → content/: what changed is read, annotated, linked and settled; what a run then says is what one from nothing would say.

Where no file is another than after the last run, nothing is read at all: the run says what that one would have said again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bindery import refusals, rules
from bindery.config import Site
from bindery.content import shelf
from bindery.errors import ContentError
from bindery.ingest import inputs, ledger
from bindery.ingest.ledger import Ledger, Memory
from bindery.model import Finding
from bindery.progress import Progress

if TYPE_CHECKING:
    from bindery.ingest.pages import Pages


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


def ingest(site: Site, progress: Progress) -> Ingested:
    """Bring content/ up to date. Raises ContentError, alone or in an ExceptionGroup; then nothing was written."""
    with refusals.told(site.root, ContentError, "what people wrote"):
        return _ingested(site, progress)


def _ingested(site: Site, progress: Progress) -> Ingested:
    shelf.sweep(site)
    before = _last(site)
    known = inputs.look(site, before.folders)
    if before.outcome and known.is_as(before):
        return Ingested(before.outcome.seed_count, (), before.outcome.kept, (), before.outcome.findings)
    from bindery.ingest import run  # noqa: PLC0415 - half a second, for a run that has something to do

    memory = _memory(site, known.program)
    done, after, outcome = run.run(site, known, memory, progress)
    if not rules.switched_off():
        ledger.remember(memory, site)
        ledger.save(Ledger(after.program, after.folders, outcome), site)
    return done


@contextmanager
def annotated(site: Site, progress: Progress) -> Iterator[Pages]:
    """The pages of all seeds, for who asks about them. Nothing is written but what is remembered of them."""
    from bindery.ingest import run, stock  # noqa: PLC0415 - as above

    known = inputs.look(site, _last(site).folders)
    memory = _memory(site, known.program)
    with run.annotated(site, known, stock.take(site, known, memory), memory, progress) as pages:
        if not rules.switched_off():
            ledger.remember(memory, site)
        yield pages


def _last(site: Site) -> Ledger:
    """Empty while somebody measures what a rule is worth: what is found without it stands for nothing else."""
    return Ledger() if rules.switched_off() else ledger.load(site)


def _memory(site: Site, program: str) -> Memory:
    return Memory(program) if rules.switched_off() else ledger.recall(site, program)
