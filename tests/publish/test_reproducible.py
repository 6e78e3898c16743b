"""The same archive gives the same bytes, whatever machine, user and hour it is built on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.builds import files
from tests.edits import Archive

ROOT = Path(__file__).parents[2]
BUILD = """
import os, sys
from bindery import config, pipeline
from bindery.publish import press
press.READING_FOR_TWO = press.MAKING_FOR_TWO = 3
os.umask(int(sys.argv[2], 8))
processors = {min(os.sched_getaffinity(0))} if sys.argv[3] == "1" else os.sched_getaffinity(0)
os.sched_setaffinity(0, processors)
print(pipeline.publish(config.load(__import__("pathlib").Path(sys.argv[1]))).made_count)
"""


def built(root: Path, *, hashes: int, zone: str, locale: str, mask: str, processors: int, here: Path) -> int:
    """Builds in a process of its own. How many files were made."""
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": str(hashes),
        "TZ": zone,
        "LC_ALL": locale,
        "LANG": locale,
        "COLUMNS": "40",
    }
    command = [sys.executable, "-c", BUILD, str(root), mask, str(processors)]
    return int(subprocess.run(command, env=env, cwd=here, check=True, capture_output=True, text=True).stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="counts processors as Linux does")
def test_the_same_archive_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    first = Archive(tmp_path / "first", seed=3)
    other = tmp_path / "another folder" / "ünï"
    sources = sorted(path for path in first.root.rglob("*") if path.is_file())
    Random(5).shuffle(sources)
    for path in sources:
        copy = other / path.relative_to(first.root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        os.utime(copy, (0, 0))
    here = {"hashes": 1, "zone": "UTC", "locale": "C.UTF-8", "mask": "022", "processors": 2}
    there = {"hashes": 77, "zone": "Pacific/Kiritimati", "locale": "tr_TR.UTF-8", "mask": "077", "processors": 1}

    assert built(first.root, **here, here=tmp_path) > 100  # type: ignore[arg-type]
    assert built(other, **there, here=other) > 100  # type: ignore[arg-type]
    assert files(first.root) == files(other)
    assert built(first.root, **there, here=other) == 0, "and what was made there need not be made again here"  # type: ignore[arg-type]
