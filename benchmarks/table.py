"""What was measured → the tables: each goal with what was reached, and every builder with all its figures."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from benchmarks.builders import EQUAL, FULL, SEARCHED
from benchmarks.measure import Run
from benchmarks.peers import PEERS
from benchmarks.race import (
    COLD,
    DISK,
    EDIT,
    FIFTH,
    FIRST,
    HELP,
    INGEST_COLD,
    INGEST_UNCHANGED,
    MEMORY,
    OURS,
    PAGEFIND,
    SERVE,
    UNCHANGED,
    Race,
)

LARGE = 50_000
"""Briefings from which on the goals are those of a large archive."""
GOALS_FOR = 10_000
"""Briefings the other goals are set for."""
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
"""Between them stands the last table in the README of the benchmarks."""
DISTURBED = 0.1
"""Share of the machine's time that went to others from which on a table says so."""


@dataclass(frozen=True, slots=True)
class Row:
    """A goal. Its limit is for the ratio of both figures; without a second one for the first itself, in seconds or megabytes."""

    what: str
    limit: float
    ours: Run | None
    theirs: Run | None = None
    versus: str = ""
    """What the ratio is to; empty where the limit is absolute."""
    of_memory: bool = False
    note: str = ""
    """Why it was not measured."""

    @property
    def ratio(self) -> float | None:
        return self.ours.wall / self.theirs.wall if self.ours and self.theirs else None

    @property
    def is_reached(self) -> bool | None:
        if self.ours is None or (self.versus and self.theirs is None):
            return None
        if self.versus:
            return self.ours.wall / self.theirs.wall <= self.limit if self.theirs else None
        return (self.ours.memory / 1e6 if self.of_memory else self.ours.wall) <= self.limit

    def cells(self) -> tuple[str, ...]:
        unit = f"× {self.versus}" if self.versus else "MB" if self.of_memory else "s"
        goal = f"≤ {self.limit:g} {unit}"
        if self.is_reached is None:
            return self.what, goal, self._measured(self.ours), self._measured(self.theirs), "", self.note or "not measured"
        ratio = f"{self.ratio:.3f}" if self.ratio is not None else ""
        if self.ours and self.theirs and self.theirs.cpu and self.ours.cpu:
            ratio += f" (CPU {self.ours.cpu / self.theirs.cpu:.3f})"
        return self.what, goal, self._measured(self.ours), self._measured(self.theirs), ratio, "yes" if self.is_reached else "**no**"

    def _measured(self, run: Run | None) -> str:
        if run is None:
            return ""
        return f"{run.memory / 1e6:,.0f} MB" if self.of_memory else seconds(run)


def seconds(run: Run | None) -> str:
    """Wall time, and CPU time where it was measured."""
    if run is None:
        return ""
    return f"{run.wall:.2f} s" + (f" ({run.cpu:.2f})" if run.cpu else "")


def report(race: Race, briefing_count: int, reference: str, places: Mapping[str, str]) -> str:
    """Everything as Markdown. `reference` is the peer the ratios are to; `places` has the file systems: sites, disk."""
    rows = large_rows(race, reference) if briefing_count >= LARGE else rows_of(race, reference)
    lines = [
        f"**{briefing_count:,} briefings**, {machine()}, sites on {places['sites']}, the disk: {places['disk']}.",
        f"Medians of {race.run_count} alternating runs: wall time, and in brackets the CPU time of all processes.",
        "",
        *table(("", "goal", "Bindery", "against it", "ratio", "reached"), (row.cells() for row in rows)),
        "",
    ]
    if briefing_count < LARGE and briefing_count != GOALS_FOR:
        lines += [f"The goals are for {GOALS_FOR:,} briefings; at {briefing_count:,} they only show the way.", ""]
    lines += table(
        ("", "first build", "cold", "one briefing edited", "nothing changed", "Pagefind", "peak memory, with Pagefind", "files", "size"),
        _builders(race),
    )
    if not_equal := list(differences(race)):
        lines += ["", "Not equal: " + "; ".join(not_equal) + "."]
    if reasons := list(absent(race)):
        lines += ["", *(f"- Not measured: {reason}" for reason in reasons)]
    busy = max((run.others for (stage, _), runs in race.runs.items() if stage != FIRST for run in runs), default=0.0)
    if busy > DISTURBED:
        lines += [
            "",
            f"Other programs took up to {busy:.0%} of the machine during a run: of these figures the CPU times and their ratios hold.",
        ]
    return "\n".join(lines)


def rows_of(race: Race, reference: str) -> Iterator[Row]:
    """The goals, in the order they were set in."""
    peer, both = reference.capitalize(), f"({reference.capitalize()} + Pagefind)"
    search = race.figure(PAGEFIND, reference)

    def alone(stage: str) -> Run | None:
        return race.figure(stage, reference)

    def searched(stage: str) -> Run | None:
        """Pagefind reads the whole output each time, whatever changed in it."""
        built = race.figure(stage, reference)
        return built + search if built and search else None

    why = race.missing.get(FULL, "")
    full, with_search = race.figure(COLD, FULL), race.figure(COLD, SEARCHED)
    yield Row("cold, equal pages, without Pagefind", 0.30, race.figure(COLD, EQUAL), alone(COLD), peer)
    yield Row("cold, full site, without Pagefind", 1.0, full, alone(COLD), peer, note=why)
    yield Row("cold, full site, with search", 0.70, with_search, searched(COLD), both)
    yield Row("one briefing edited, equal pages: every page current", 0.10, race.figure(EDIT, EQUAL), alone(EDIT), peer)
    yield Row("one briefing edited, full site: every page current", 0.10, race.figure(EDIT, FULL), alone(EDIT), peer, note=why)
    yield Row("one briefing edited: from saving to the reloaded page, warm `serve`", 0.6, race.figure(SERVE, OURS))
    yield Row("one briefing edited: pages and search current", 0.15, race.figure(EDIT, SEARCHED), searched(EDIT), both)
    yield Row("nothing changed", 0.015, race.figure(UNCHANGED, SEARCHED), searched(UNCHANGED), both)
    yield Row("peak memory, full site, without Pagefind", 500, full, of_memory=True, note=why)
    yield Row("peak memory, full site, with Pagefind", 1_500, with_search, of_memory=True)
    yield Row("ingest, all seeds new", 60, race.figure(INGEST_COLD, OURS))
    yield Row("ingest, nothing changed", 1.5, race.figure(INGEST_UNCHANGED, OURS))
    why = race.missing.get(DISK, "")
    yield Row(
        "every page made anew over a site on disk", 1.3, race.figure(DISK, OURS), race.figure(MEMORY, OURS), "memory file system", note=why
    )
    yield Row("`build.py --help`", 0.15, race.figure(HELP, OURS))


def large_rows(race: Race, reference: str) -> Iterator[Row]:
    ours, built, search = race.figure(COLD, SEARCHED), race.figure(COLD, reference), race.figure(PAGEFIND, reference)
    yield Row(
        "cold, full site, with search", 0.45, ours, built + search if built and search else None, f"({reference.capitalize()} + Pagefind)"
    )
    yield Row("the same as a fifth of the briefings", 5.5, ours, race.figure(FIFTH, SEARCHED), "our own fifth")
    yield Row("peak memory, with Pagefind", 3_000, ours, of_memory=True)


def _builders(race: Race) -> Iterator[tuple[str, ...]]:
    for name, made in race.made.items():
        cold, search = race.figure(COLD, name), race.figure(PAGEFIND, name)
        memory = " , ".join(f"{run.memory / 1e6:,.0f} MB" for run in (cold, search) if run).replace(" ,", ",")
        stages = (seconds(race.figure(stage, name)) for stage in (FIRST, COLD, EDIT, UNCHANGED, PAGEFIND))
        version = f" {PEERS[name].version}" if name in PEERS else ""
        yield f"{name}{version}", *stages, memory, f"{made.files:,}", f"{made.size / 1e6:.1f} MB"


def differences(race: Race) -> Iterator[str]:
    """In what the sites differ that ought to be equal; nothing if they do not."""
    equal = {name: made for name, made in race.made.items() if name not in (FULL, SEARCHED)}
    if len({made.pages for made in equal.values()}) > 1:
        for name, made in equal.items():
            yield (
                f"{name} has {made.briefings:,} briefings, {made.terms:,} terms with {made.term_entries:,} entries, "
                f"{made.list_entries:,} entries of the index"
            )


def absent(race: Race) -> Iterator[str]:
    """What was to be measured and could not be, with the reason."""
    for name, reason in race.missing.items():
        yield f"{name}: {' '.join(reason.split())[:300]}"


def machine() -> str:
    day, python, pagefind = datetime.now(UTC).date(), platform.python_version(), metadata.version("pagefind_bin")
    return f"{day}, {os.cpu_count()} cores ({processor()}), Python {python}, Pagefind {pagefind}"


def processor() -> str:
    """The processor's name as Linux tells it, else its kind."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        told = ""
    return next((line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name")), platform.machine())


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    head = tuple(head)
    return [f"| {' | '.join(cells)} |" for cells in (head, ("---",) * len(head), *rows)]


def put(readme: Path, text: str) -> None:
    """The tables into the README, in place of the last ones."""
    before, begin, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{readme}: no {BEGIN} … {END}")
    readme.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
