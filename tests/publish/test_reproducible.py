"""The same archive gives the same bytes, whatever machine, user and hour it is built on."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bindery import new
from tests.builds import files
from tests.edits import Archive
from tests.publish import unpacked

ROOT = Path(__file__).parents[2]
VERSIONS = [f"3.{minor}" for minor in (11, 12, 13, 14) if minor != sys.version_info.minor]
NEEDED = "import cbor2, charset_normalizer, css_inline, jinja2, markdown, msgspec, PIL, rapidfuzz, selectolax, yaml"
BUILD = """
import os, platform, socket, sys
socket.gethostname = platform.node = lambda: os.environ["HOSTNAME"]
from bindery import config, pipeline
from bindery.publish import press
press.READING_FOR_TWO = press.MAKING_FOR_TWO = 3
os.umask(int(sys.argv[2], 8))
processors = {min(os.sched_getaffinity(0))} if sys.argv[3] == "1" else os.sched_getaffinity(0)
os.sched_setaffinity(0, processors)
print(pipeline.publish(config.load(__import__("pathlib").Path(sys.argv[1]))).made_count)
"""


def built(root: Path, *, hashes: int, zone: str, locale: str, mask: str, processors: int, user: str, here: Path) -> int:
    """Builds in a process of its own. How many files were made."""
    (home := here / f"home-{user}").mkdir(exist_ok=True)
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": str(hashes),
        "TZ": zone,
        "LC_ALL": locale,
        "LANG": locale,
        "COLUMNS": "40",
        **dict.fromkeys(("USER", "LOGNAME", "USERNAME"), user),
        "HOME": str(home),
        "HOSTNAME": f"host-{user}",
        "BINDERY_SECRET": f"secret-{user}",
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
    here: dict[str, Any] = {"hashes": 1, "zone": "UTC", "locale": "C.UTF-8", "mask": "022", "processors": 2, "user": "xenia7q"}
    there: dict[str, Any] = {
        "hashes": 77,
        "zone": "Pacific/Kiritimati",
        "locale": "tr_TR.UTF-8",
        "mask": "077",
        "processors": 1,
        "user": "yorick4z",
    }

    assert built(first.root, **here, here=tmp_path) > 100
    assert built(other, **there, here=other) > 100
    assert files(first.root) == files(other)
    assert built(first.root, **there, here=other) == 0, "and what was made there need not be made again here"
    assert told(first.root, *of_this_machine(tmp_path), "xenia7q", "yorick4z") == []


def of_this_machine(folder: Path) -> set[str]:
    """Words that no file may have which leaves this machine: where the archive, the program and Python are, and what the machine is
    called."""
    places = {str(folder), str(ROOT), sys.prefix, sys.base_prefix, str(Path.home()), socket.gethostname()}
    return {word for word in places if len(word) > 3 and word not in ("/usr", "/root", "localhost")}  # what any text may have


def told(root: Path, *words: str) -> list[tuple[str, str]]:
    """Files below an archive's site/ and content/, and what is packed in them, with the word they have."""
    texts = [pair for folder in ("site", "content") for pair in unpacked.texts(root / folder)]
    assert texts
    return [(name, word) for name, text in texts for word in words if word in text or word in name]


def test_a_fresh_archive_knows_nothing_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME", "USERNAME", "HOSTNAME"):
        monkeypatch.setenv(name, "xenia7q")
    one, two = ([path.read_text(encoding="utf-8") for path in new.create(tmp_path / name)] for name in ("one", "two"))

    assert one == two
    assert [word for text in one for word in (*of_this_machine(tmp_path), "xenia7q") if word in text] == []


def python(version: str) -> str:
    """A Python of this version that has what requirements.txt names; skips the test where there is none."""
    for found in (ROOT / ".venv" / f"python-{version}" / "bin" / "python", shutil.which(f"python{version}")):
        if found and Path(found).exists() and subprocess.run([found, "-c", NEEDED], capture_output=True, check=False).returncode == 0:
            return str(found)
    pytest.skip(f"no Python {version} with the packages of requirements.txt; make pythons sets up those that this machine has")


@pytest.mark.parametrize("version", VERSIONS)
def test_the_same_archive_gives_the_same_manifest_with_another_python(tmp_path: Path, version: str) -> None:
    other = python(version)
    manifests = []
    for interpreter in (sys.executable, other):
        root = tmp_path / Path(interpreter).parent.parent.name
        for name in ("seeds", "content"):
            shutil.copytree(ROOT / name, root / name)
        shutil.rmtree(root / "content" / "briefings")  # read and annotated anew
        shutil.copy(ROOT / "site.yaml", root)
        command = [interpreter, str(ROOT / "build.py"), "build", "--quiet", "--root", str(root), "--base-url", "https://archive.example"]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        manifests.append((run.returncode, (root / "site" / "manifest.json").read_text(encoding="ascii")))

    assert manifests[0] == manifests[1]
