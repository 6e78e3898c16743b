"""Builders → what each took at each stage. Runs alternate: ours, a peer, ours, the next peer, and so round after round."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from benchmarks import measure, reloading, reports, showing
from benchmarks.builders import BUILD, SEARCHED, Builder, Made, bindery, program
from benchmarks.measure import Run, RunError

MEMORY_FILE_SYSTEMS = ("tmpfs", "ramfs")
FIRST, COLD, PAGEFIND, EDIT, UNCHANGED, FIFTH = "first", "cold", "pagefind", "edit", "unchanged", "fifth"
INGEST_COLD, INGEST_UNCHANGED, SERVE, HELP, DISK, MEMORY = "ingest cold", "ingest unchanged", "serve", "help", "disk", "memory"
OURS = "bindery"
"""Whose figures those of the stages without a site are."""
INGESTED = (0, 1)
"""Exit statuses of ingest: 1 when it has findings."""


class Race:
    """What was measured so far. A builder that fails is out, and `missing` says why."""

    def __init__(self, builders: Sequence[Builder], texts: Path, run_count: int) -> None:
        self.builders = _alternating(builders)
        self.texts = texts
        self.run_count = run_count
        self.slugs = [path.stem for path in sorted((texts / "seeds").iterdir())]
        self.runs: dict[tuple[str, str], list[Run]] = defaultdict(list)
        self.made: dict[str, Made] = {}
        self.missing: dict[str, str] = {}
        self._edit_count = 0

    def figure(self, stage: str, name: str) -> Run | None:
        runs = self.runs.get((stage, name))
        return measure.median(runs) if runs else None

    def first(self) -> None:
        """Every builder once: what makes byte code and caches, and what the other stages begin from. A builder that cannot is out."""
        with showing.stage(FIRST, len(self.builders)) as stage:
            for builder in list(self.builders):
                if self._record(stage, FIRST, builder.name, builder.build):
                    self.made[builder.name] = builder.made()

    def cold(self) -> None:
        """Without output and caches. What Pagefind takes for a peer's output comes after it."""
        for stage, builder in self._rounds(COLD, with_search=True):
            builder.clear()
            if self._record(stage, COLD, builder.name, builder.build) and builder.is_peer:
                self._record(stage, PAGEFIND, builder.name, builder.search)

    def edit(self) -> None:
        """One briefing got another sentence, each time another one."""
        for stage, builder in self._rounds(EDIT):
            slug, mark = self._next_edit()
            builder.edit(slug, mark)
            if self._record(stage, EDIT, builder.name, builder.build) and not builder.shows(slug, mark):
                self._drop(builder.name, f"after an edit its page of {slug} is as before")

    def unchanged(self) -> None:
        for stage, builder in self._rounds(UNCHANGED):
            self._record(stage, UNCHANGED, builder.name, builder.build)

    def fifth(self, folder: Path) -> None:
        """The full site with search of a fifth of the briefings, cold: by this it is seen whether the time grows with the work."""
        reports.write(folder / "texts", len(self.slugs) // 5)
        small = bindery(SEARCHED, folder / "archive", folder / "texts")
        with showing.stage(FIFTH, self.run_count) as stage:
            for _ in range(self.run_count):
                small.clear()
                self._record(stage, FIFTH, small.name, small.build)

    def ingest(self, archive: Path) -> None:
        """seeds/ → content/: all of them, then none."""
        archive.mkdir()
        shutil.copytree(self.texts / "seeds", archive / "seeds")
        (archive / "site.yaml").write_text("title: Briefing archive\n", encoding="utf-8")
        command = program("ingest", archive)
        with showing.stage("ingest", 2 * self.run_count) as stage:
            for _ in range(self.run_count):
                for name in ("content", ".cache"):
                    shutil.rmtree(archive / name, ignore_errors=True)
                for which in (INGEST_COLD, INGEST_UNCHANGED):
                    self._record(stage, which, OURS, lambda: measure.run(command, archive, INGESTED))

    def disk(self, folder: Path) -> None:
        """Every page made anew over a site that is there, on a disk and on the memory file system."""
        archive = self._archive()
        if archive is None or file_system(archive.folder) not in MEMORY_FILE_SYSTEMS or file_system(folder) in MEMORY_FILE_SYSTEMS:
            self.missing[DISK] = "needs WHERE on a memory file system, and the clone on a disk"
            return
        shutil.copytree(archive.folder, folder / "archive")
        on_disk = _moved(archive, folder / "archive")
        with showing.stage(DISK, 2 * self.run_count) as stage:
            for number in range(self.run_count):
                for where, builder in ((DISK, on_disk), (MEMORY, archive)):
                    settings = builder.folder / "site.yaml"
                    lines = settings.read_text(encoding="utf-8").splitlines()[1:]
                    settings.write_text("\n".join([f"title: Briefing archive {number}", *lines, ""]), encoding="utf-8")
                    self._record(stage, where, OURS, builder.build)

    def serve(self) -> None:
        archive = self._archive()
        if archive is None:
            return
        with showing.stage(SERVE, self.run_count) as stage:
            stage.begin("first build")
            try:
                with reloading.serving(archive.folder) as server:
                    for _ in range(self.run_count):
                        stage.begin(OURS)
                        wall = reloading.saving(archive, server, *self._next_edit())
                        self.runs[SERVE, OURS].append(Run(wall, 0.0, 0, 0.0))
                        stage.end(f"{wall:.2f} s")
            except RunError as problem:
                self.missing[SERVE] = str(problem)

    def help(self) -> None:
        with showing.stage(HELP, self.run_count) as stage:
            for _ in range(self.run_count):
                self._record(stage, HELP, OURS, lambda: measure.run((sys.executable, str(BUILD), "--help"), self.texts))

    def _archive(self) -> Builder | None:
        """Bindery's full site with search."""
        return next((builder for builder in self.builders if builder.name == SEARCHED), None)

    def _rounds(self, name: str, *, with_search: bool = False) -> Iterator[tuple[showing.Stage, Builder]]:
        each = sum(1 + (with_search and builder.is_peer) for builder in self.builders)
        with showing.stage(name, each * self.run_count) as stage:
            for _ in range(self.run_count):
                for builder in list(self.builders):
                    yield stage, builder

    def _next_edit(self) -> tuple[str, str]:
        """A briefing and a word that stands nowhere yet."""
        self._edit_count += 1
        return self.slugs[(len(self.slugs) // 3 + self._edit_count * 7) % len(self.slugs)], f"zyx{self._edit_count}w"

    def _record(self, stage: showing.Stage, name: str, who: str, work: Callable[[], Run]) -> bool:
        stage.begin(who if name != PAGEFIND else f"{who}, Pagefind")
        try:
            run = work()
        except RunError as problem:
            stage.end(f"failed: {problem}")
            self._drop(who, str(problem))
            return False
        self.runs[name, who].append(run)
        stage.end(f"{run.wall:.2f} s, {run.cpu:.2f} s of CPU, {run.memory / 1e6:.0f} MB")
        return True

    def _drop(self, who: str, why: str) -> None:
        self.missing[who] = why
        self.builders = [builder for builder in self.builders if builder.name != who]


def _alternating(builders: Sequence[Builder]) -> list[Builder]:
    ours, peers = ([builder for builder in builders if builder.is_peer is kind] for kind in (False, True))
    return [builder for pair in zip_longest(ours, peers) for builder in pair if builder]


def _moved(builder: Builder, folder: Path) -> Builder:
    """The same archive in another folder."""
    command = tuple(str(folder) if part == str(builder.folder) else part for part in builder.command)
    return replace(builder, folder=folder, command=command)


def file_system(folder: Path) -> str:
    """As the system calls it: "tmpfs", "ext2/ext3"; empty where it does not say."""
    try:
        return subprocess.run(("stat", "-f", "-c", "%T", str(folder)), capture_output=True, encoding="utf-8", check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
