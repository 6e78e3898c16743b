"""linked pages → what linking them again would give: a run leaves in content/ what the next one would leave there.

Which record a name is depends on what the archive prints already, and so on what the run itself is about to write. Pages are
therefore linked again to what the last pass would leave, until a pass would leave what it found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from bindery import stamps
from bindery.config import Site
from bindery.content.decisions import Decisions
from bindery.content.shelf import Shelf, Shelved
from bindery.ingest import link, settle
from bindery.ingest.link import Linked, Wanted
from bindery.ingest.pages import Pages
from bindery.ingest.stock import Stock
from bindery.model import Authority, Finding

MOST_PASSES = 20
"""One or two are usual; four were the most in 800 runs over random histories. What is left then is left to the next run."""


@dataclass(frozen=True, slots=True)
class Concluded:
    """What a run wants, and what it leaves."""

    linked: Linked
    """What the next run would want, too."""
    shelf: Shelf
    """content/ as it will be."""
    news: tuple[Finding, ...]
    """What only this run can say: that a seed was replaced since the last one."""


@dataclass(frozen=True, slots=True)
class _Pass:
    found: Shelf
    linked: Linked
    left: Shelf


def conclude(pages: Pages, present: Stock, site: Site) -> Concluded:
    """Passes may go round in a circle, as where either of two records makes a name of the other doubtful. Then the one with the
    fewest mentions counts: a name is left alone rather than linked in one run and not in the next."""
    passes: list[_Pass] = []
    found, begun = present.shelf, None
    while begun is None and len(passes) < MOST_PASSES:
        linked = link.link(pages, found, present.decided, site, present.past)
        left = _left(linked, found, present.decided, site)
        passes.append(_Pass(found, linked, left))
        begun = next((number for number, one in enumerate(passes) if one.found == left), None)
        found = left
    return _concluded(passes[-1] if begun is None else min(passes[begun:], key=_doubt), passes)


def _concluded(last: _Pass, passes: Sequence[_Pass]) -> Concluded:
    """With every record that any of the passes gave a name to and that is left."""
    touched = {record.id for one in passes for record in one.linked.authorities}
    records = [record for record in last.left.authorities if record.id in touched and record.path not in last.left.edited]
    first, said = passes[0].linked.findings, {*last.linked.findings}
    news = tuple(finding for finding in first if finding.code == "seed-replaced" and finding not in said)
    return Concluded(replace(last.linked, authorities=tuple(sorted(records, key=lambda record: record.id))), last.left, news)


def _doubt(one: _Pass) -> tuple[int, int]:
    """How many mentions it writes; a number of its own where two write as many."""
    count = sum(len(wanted.links) for wanted in one.linked.wanted)
    return count, stamps.digest(msgspec.msgpack.encode((one.left.briefings, one.left.authorities)))


def _left(linked: Linked, found: Shelf, decisions: Decisions, site: Site) -> Shelf:
    """The shelf as the next run will find it, after this one wrote."""
    edited = {shelved.id for shelved in found.briefings if shelved.edited}
    briefings = {shelved.slug: shelved for shelved in found.briefings}
    briefings |= {wanted.slug: _shelved(wanted) for wanted in linked.wanted if wanted.id not in edited}
    away = {record.id for record in settle.unnamed(linked, found, decisions)}
    records = {record.id: record for record in found.authorities if record.id not in away}
    records |= {record.id: _as_read(record) for record in linked.authorities}
    folders = [kind.folder for kind in site.kinds]
    in_order = sorted(records.values(), key=lambda record: (folders.index(record.id.partition("/")[0]), record.slug))
    return Shelf(tuple(briefings[slug] for slug in sorted(briefings)), tuple(in_order), found.edited)


def _shelved(wanted: Wanted) -> Shelved:
    return Shelved(wanted.id, wanted.slug, wanted.path, wanted.title, wanted.seed, wanted.sha256, False, wanted.printed)


def _as_read(record: Authority) -> Authority:
    """As the file will give it back: white space is single there."""
    name = _single(record.name)
    variants = tuple(variant for variant in dict.fromkeys(map(_single, record.variants)) if variant and variant != name)
    facts = {fact: text for fact, value in record.facts.items() if (text := _single(value))}
    return replace(record, name=name, variants=variants, facts=facts)


def _single(text: str) -> str:
    return " ".join(text.split())
