"""A command → what it took: seconds, CPU seconds, memory, and how busy the machine was with other things.

CPU is user and system time of the command and all its children. Memory is the most that its processes had at a time, what they
share counted once (PSS, asked five times a second); of a command shorter than that, the most of its largest process,
and never less than this program's own, from which it was started.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

EVERY = 0.2
"""Seconds between two looks at the memory."""
CALM = 0.1
"""Share of the machine's time by which a run may be more disturbed than the least disturbed one."""
PROC = Path("/proc")
LAST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Run:
    wall: float
    cpu: float
    memory: int
    """Bytes."""
    others: float
    """Share of the machine's time that went to other processes meanwhile, 0 to 1; 0 where it cannot be known."""

    def __add__(self, other: Run) -> Run:
        """The two one after the other."""
        return Run(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory), max(self.others, other.others))


class RunError(Exception):
    """A command that is measured did not do what it should."""


def run(command: Sequence[str], folder: Path, accepted: Iterable[int] = (0,)) -> Run:
    """Run a command in a folder. Raises RunError with its last words when its exit status is none of the accepted ones."""
    surroundings = {**os.environ, "NO_COLOR": "1"}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)  # whoever runs Python twice has its byte code
    with tempfile.TemporaryFile() as said:
        busy, began = _busy(), time.monotonic()
        process = subprocess.Popen(command, cwd=folder, env=surroundings, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        try:
            with _Memory(process.pid) as memory:
                _, status, used = os.wait4(process.pid, 0)
                wall = time.monotonic() - began
        except BaseException:  # whoever stops the measuring stops what is measured
            process.kill()
            raise
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu = used.ru_utime + used.ru_stime
        others = max(0.0, _busy() - busy - cpu) / (wall * (os.cpu_count() or 1))
        if process.returncode not in set(accepted):
            said.seek(0)
            last = said.read().decode(errors="replace")[-LAST_WORDS:]
            raise RunError(f"{' '.join(map(str, command))}: exit status {process.returncode}\n{last}")
    return Run(wall, cpu, max(memory.most, used.ru_maxrss * 1024), others)


def median(runs: Sequence[Run]) -> Run:
    """Each figure's median over the calm runs: those during which other programs took hardly more than during the calmest."""
    least = min(one.others for one in runs)
    calm = [one for one in runs if one.others <= least + CALM]
    return Run(
        wall=statistics.median(one.wall for one in calm),
        cpu=statistics.median(one.cpu for one in calm),
        memory=round(statistics.median(one.memory for one in calm)),
        others=statistics.median(one.others for one in calm),
    )


def cpu_time(pid: int) -> float:
    """CPU seconds that a process and its children of now have used; 0 where it cannot be known."""
    return sum(map(_cpu, _family(pid)))


class _Memory:
    """Looks at the memory of a process and its children while it runs."""

    def __init__(self, pid: int) -> None:
        self.most = 0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(EVERY):
            self.most = max(self.most, sum(map(_pss, _family(self._pid))))


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = (PROC / f"{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return
    for child in children.split():
        yield from _family(int(child))


def _pss(pid: int) -> int:
    try:
        found = re.search(r"^Pss: +(\d+) kB", (PROC / f"{pid}/smaps_rollup").read_text(encoding="ascii"), re.MULTILINE)
    except OSError:  # it has ended meanwhile
        return 0
    return int(found[1]) * 1024 if found else 0


def _cpu(pid: int) -> float:
    try:
        fields = (PROC / f"{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:  # it has ended meanwhile
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _busy() -> float:
    """CPU seconds that all processes of the machine have used."""
    try:
        fields = [int(field) for field in (PROC / "stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]]
    except OSError:
        return 0.0
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")
