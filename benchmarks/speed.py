"""Generated briefings → how long Bindery takes for them, and how long its peers.

    python -m benchmarks.speed 10000 --peers hugo eleventy pelican     # or: make bench N=10000 PEERS="hugo eleventy pelican"

README.md here says what is measured, what is equal and what is not.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from benchmarks import reports, table
from benchmarks.builders import EQUAL, FULL, SEARCHED, Builder, bindery
from benchmarks.measure import RunError
from benchmarks.peers import PEERS
from benchmarks.race import Race, file_system

CACHE = Path(__file__).resolve().parent.parent / ".cache/bench"
"""Where peers are installed, and the figures of each run are kept."""
README = Path(__file__).resolve().parent / "README.md"
SHARED_MEMORY = Path("/dev/shm")
STAGES = ("cold", "edit", "unchanged", "ingest", "serve", "help", "disk")
FOLDERS = {EQUAL: "equal", FULL: "full", SEARCHED: "searched"}


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options().parse_args(arguments)
    missing: dict[str, str] = {}
    CACHE.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bindery-bench-", dir=options.where)))
        disk = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="disk-", dir=CACHE)))
        _say(f"writing {options.briefings:,} briefings to {work}")
        reports.write(work / "texts", options.briefings)
        builders = [*_ours(work), *_peers(options.peers, work, missing)]
        race = Race(builders, work / "texts", options.runs)
        race.missing |= missing
        measure(race, options.stages, work, disk, is_large=options.briefings >= table.LARGE)
        places = {"sites": file_system(work) or str(options.where), "disk": file_system(disk) or "unknown"}
    reference = options.peers[0] if options.peers else "hugo"
    text = table.report(race, options.briefings, reference, places)
    print(text)
    kept = CACHE / f"figures-{options.briefings}.json"
    figures = [{"stage": stage, "builder": name, "runs": [asdict(run) for run in runs]} for (stage, name), runs in race.runs.items()]
    kept.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    _say(f"every run: {kept}")
    if options.write:
        table.put(README, text)
        _say(f"written into {README}")
    return 0


def measure(race: Race, stages: Sequence[str], work: Path, disk: Path, *, is_large: bool) -> None:
    race.first()
    todo: dict[str, Callable[[], None]] = {
        "cold": race.cold,
        "edit": race.edit,
        "unchanged": race.unchanged,
        "ingest": lambda: race.ingest(work / "ingest"),
        "serve": race.serve,
        "help": race.help,
        "disk": lambda: race.disk(disk),
    }
    for name, stage in todo.items():
        if name in stages:
            stage()
    if is_large and "cold" in stages:
        race.fifth(work / "fifth")


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="benchmarks.speed", description="Measure how long sites take to be made.")
    options.add_argument("briefings", type=int)
    options.add_argument("--peers", nargs="*", default=["hugo"], metavar="NAME", help=f"of {', '.join(PEERS)}; ratios are to the first")
    options.add_argument("--runs", type=int, default=5, help="of each stage; what is shown is their median (default: 5)")
    options.add_argument(
        "--where", type=Path, default=_memory(), help="folder for the sites (default: a memory file system if there is one)"
    )
    options.add_argument(
        "--stages", nargs="+", choices=STAGES, default=STAGES, metavar="STAGE", help=f"of {', '.join(STAGES)} (default: all)"
    )
    options.add_argument("--write", action="store_true", help="put the tables into benchmarks/README.md")
    return options


def _memory() -> Path:
    return SHARED_MEMORY if SHARED_MEMORY.is_dir() else CACHE


def _ours(work: Path) -> Iterator[Builder]:
    for name, folder in FOLDERS.items():
        yield bindery(name, work / folder, work / "texts")


def _peers(names: Sequence[str], work: Path, missing: dict[str, str]) -> Iterator[Builder]:
    for name in names:
        if name not in PEERS:
            missing[name] = f"there is no site for it; there are {', '.join(PEERS)}"
        else:
            _say(f"installing {name} {PEERS[name].version}")
            installed = CACHE / "peers" / name
            try:
                PEERS[name].install(installed)
            except RunError as problem:
                missing[name] = f"could not be installed: {problem}"
            else:
                yield PEERS[name].builder(work / name, work / "texts", installed)
        if name in missing:
            _say(f"{name} is left out: {missing[name]}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it, the folders it made go
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        _say("stopped; nothing was written")
        raise SystemExit(2) from None
