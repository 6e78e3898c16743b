"""That many hostile seeds, and as many press reports → what building either archive takes, and what of it takes longest.

    python -m benchmarks.hostile 1000     # or: make bench-hostile N=1000

The hostile archive has every attack of tests/hostile/attacks/, and payloads in as many fields as it takes. CPU seconds of a whole
first build: ingest, publish, check. Ends with 1 where the hostile archive takes more than 1.5 times as long.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import reports
from benchmarks.measure import Run, median, run
from tests.hostile import corpus
from tests.hostile.corpus import Attack

LIMIT = 1.5
DOOR = Path(__file__).resolve().parent.parent / "build.py"
ACCEPTED = (0, 1)
"""There are findings."""
SHOWN = 8
"""Slow seeds."""


@dataclass(frozen=True, slots=True)
class Measured:
    took: Run
    events: list[Mapping[str, object]]
    """Of the last build, as --log-json tells them."""

    def stages(self) -> dict[str, float]:
        return {str(one["stage"]): float(str(one["cpu_seconds"])) for one in self.events if one["event"] == "stage"}

    def slow(self) -> list[tuple[str, float]]:
        found = [one for one in self.events if one["event"] == "slow" and one["what"] == "seed"]
        return [(str(one["name"]), float(str(one["cpu_seconds"]))) for one in found[:SHOWN]]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.hostile", description=__doc__.partition("\n")[0])
    parser.add_argument("seeds", type=int, nargs="?", default=1000)
    parser.add_argument("--runs", type=int, default=3, help="builds of either; their median counts (default: 3)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bindery-bench-") as folder:
        clean = measured(_clean(Path(folder) / "clean", options.seeds), options.runs)
        hostile = measured(_hostile(Path(folder) / "hostile", options.seeds), options.runs)
    print("\n".join(told(clean, hostile)))
    return 0 if hostile.took.cpu <= LIMIT * clean.took.cpu else 1


def told(clean: Measured, hostile: Measured) -> list[str]:
    lines = [f"{'CPU seconds':24}{'clean':>9}{'hostile':>9}{'ratio':>8}"]
    rows = {name: (seconds, hostile.stages().get(name, 0.0)) for name, seconds in clean.stages().items()}
    for name, (one, other) in {**rows, "whole build": (clean.took.cpu, hostile.took.cpu)}.items():
        lines.append(f"{name:24}{one:9.2f}{other:9.2f}{other / one if one else 0:8.2f}")
    return [*lines, "", "slowest hostile seeds", *(f"{seconds:9.3f}  {name}" for name, seconds in hostile.slow())]


def measured(root: Path, runs: int) -> Measured:
    """The first build of an archive, several times."""
    took: list[Run] = []
    log = root / "log.json"
    for _ in range(runs):
        for name in ("content", "site", ".site-twin", ".cache"):
            shutil.rmtree(root / name, ignore_errors=True)
        took.append(run([sys.executable, str(DOOR), "build", "--quiet", "--root", str(root), "--log-json", str(log)], root, ACCEPTED))
    return Measured(median(took), [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()])


def _clean(root: Path, count: int) -> Path:
    (root / "seeds").mkdir(parents=True)
    newsroom = reports.Newsroom(count)
    for number in range(count):
        report = newsroom.report(number)
        (root / "seeds" / f"{report.slug}.txt").write_text(reports.as_captured(report), encoding="utf-8")
    return root


def _hostile(root: Path, count: int) -> Path:
    for attack in chosen(count):
        attack.lay(root / "seeds")
    return root


def chosen(count: int) -> list[Attack]:
    """Every attack that is no payload, and of the payloads in all their fields as many as it takes, evenly."""
    attacks = corpus.attacks(len(corpus.read("fields")))
    others = [attack for attack in attacks if attack.family != "payloads"]
    payloads = [attack for attack in attacks if attack.family == "payloads"]
    wanted = min(max(count - len(others), 0), len(payloads))
    return [*others, *(payloads[number * len(payloads) // wanted] for number in range(wanted))][:count]


if __name__ == "__main__":
    raise SystemExit(main())
