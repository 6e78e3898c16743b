"""How the pages are made: every rule in words, and how often each decided a line of this archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bindery import rules
from bindery.config import Site
from bindery.publish.views import lists
from bindery.publish.views.catalogue import Catalogue
from bindery.publish.views.lists import Counts
from bindery.publish.views.provenance import BODY

STAGES: Mapping[rules.RuleStage, str] = {
    "clean": "Cleaning: lines left out of the text",
    "metadata": "Title, date, source and author",
    "annotate": "Finding {kinds}",
    "link": "Linking names to records",
}
"""Heading by stage, in the order in which they work."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    code: str
    sentence: str
    count: int | None
    """Captured lines it decided; None where the work is not on lines."""


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    """"clean": anchor of its section."""
    heading: str
    rows: tuple[RuleRow, ...]
    is_counted: bool


@dataclass(frozen=True, slots=True)
class MethodologyView:
    counts: Counts
    stages: tuple[Stage, ...]
    kinds: str
    """What is found, in words: "cities, officials and companies"."""
    line_count: int
    kept: int
    used: int
    dropped: int
    confirmed: int
    proposed: int
    """Authority records by status."""
    note_count: int
    """Editorial notes in all texts."""


def view(catalogue: Catalogue) -> MethodologyView:
    by_rule: Counter[str] = Counter()
    by_fate: Counter[str] = Counter()
    note_count = 0
    for leaf in map(catalogue.leaves.__getitem__, catalogue.entries):  # not its values: one that is damaged is made when it is asked for
        for counted, counts in ((by_rule, leaf.line_count_by_rule), (by_fate, leaf.line_count_by_fate)):
            for name, count in counts.items():
                counted[name] += count
        note_count += leaf.note_count
    statuses = Counter(authority.status for authority in catalogue.authorities.values())
    return MethodologyView(
        counts=lists.counts(catalogue),
        stages=tuple(_stages(by_rule, catalogue.site)),
        kinds=_in_words(catalogue.site),
        line_count=by_fate.total(),
        kept=by_fate["kept"],
        used=by_fate["used"],
        dropped=by_fate["dropped"],
        confirmed=statuses["confirmed"],
        proposed=statuses["proposed"],
        note_count=note_count,
    )


def _in_words(site: Site) -> str:
    """ "cities, officials and companies"."""
    interface = site.interface
    *most, last = (interface.in_sentence(kind.plural) for kind in site.kinds)
    return interface.say("{one} and {other}", one=interface.listed(most), other=last) if most else last


def _stages(count_by_rule: Counter[str], site: Site) -> list[Stage]:
    """A rule that finds names of a kind is one of an archive that has the kind."""
    kinds = {kind.name for kind in site.kinds}
    known = [
        rule for rule in rules.rules().values() if rule.code != BODY and (rule.stage != "annotate" or rule.code.partition("-")[0] in kinds)
    ]
    stages = []
    for name, heading in STAGES.items():
        of_stage = [rule for rule in known if rule.stage == name]
        counted = any(count_by_rule[rule.code] for rule in of_stage)
        rows = tuple(RuleRow(rule.code, rule.sentence, count_by_rule[rule.code] if counted else None) for rule in of_stage)
        if rows:
            stages.append(Stage(name, site.interface.say(heading, kinds=_in_words(site)), rows, counted))
    return stages
