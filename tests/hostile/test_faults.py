"""Faults while ingest writes: whenever it is killed and whatever the disk refuses, no file is torn and the next run makes it whole."""

from __future__ import annotations

import errno
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self

import pytest

from bindery import config, pipeline
from bindery.config import Site
from bindery.content import front_matter, turn
from bindery.errors import ArchiveError, SiteError
from bindery.ingest import read
from bindery.model import Seed
from tests.builds import door
from tests.hostile.test_content import errors_of, fingerprint

BEFORE = {
    "quay": "Linden builds a quay\n\nJune 3, 2018\n\nKarel Moenaert, mayor of Antwerp, opened the quay with Vega Ltd.\n",
    "school": "Forty pupils at sea\n\nJune 4, 2018\n\nThe mayor of Aarhus sent forty pupils to Rostock for a week, and all came back.\n",
    "market": "A market opens\n\nJune 5, 2018\n\nAda Quist, mayor of Uppsala, opened the market on Monday and bought onions.\n",
}
AFTER = {
    "quay": BEFORE["quay"].replace("Karel Moenaert, mayor of Antwerp", "The mayor of Antwerp").replace("Vega Ltd.", "a firm"),
    "tram": "The tram runs\n\nJune 6, 2018\n\nNils Holm, mayor of Bergen, rode with Orion Rail Ltd. to the last stop.\n",
}
"""What has changed in seeds/ when the faults come: two records lose their only mention, a new page names two more."""
BEFORE |= {f"town-{number}": f"Fair number {number}\n\nJune 7, 2018\n\nThe mayor of Bergen opened fair {number}.\n" for number in range(9)}
AFTER |= {f"town-{number}": BEFORE[f"town-{number}"].replace("opened", "closed") for number in range(9)}
OPERATIONS = (
    (os, "fsync"),
    (os, "fdopen"),
    (pathlib.Path, "chmod"),
    (tempfile, "mkstemp"),
    (pathlib.Path, "replace"),
    (pathlib.Path, "unlink"),
    (pathlib.Path, "mkdir"),
)
"""What ingest does to the disk; a fault comes before the n-th of them."""
EDITED = "content/briefings/2018-06-05-a-market-opens.md"


@dataclass(frozen=True)
class Story:
    """An archive before a run, and the same after a run that nothing disturbed."""

    before: Path
    after: dict[str, str]
    operations: int


def seeds(root: Path, pages: dict[str, str]) -> None:
    for name, page in pages.items():
        (root / "seeds" / f"{name}.txt").write_text(page, encoding="utf-8")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    root = tmp_path_factory.mktemp("story") / "archive"
    (root / "seeds").mkdir(parents=True)
    seeds(root, BEFORE)
    site = config.load(root)
    ingested = pipeline.ingest(site)
    pages = [path.removeprefix("content/").replace(".md", ".html") for path in ingested.written]
    (root / "content" / "permalinks.lock").write_text("".join(f"{page}\n" for page in sorted(pages)), encoding="utf-8")
    with (root / EDITED).open("a", encoding="utf-8") as file:
        file.write("\nA person added this.\n")
    seeds(root, AFTER)
    undisturbed = root.with_name("undisturbed")
    shutil.copytree(root, undisturbed)
    with Fault(None, 10**6) as counted:
        pipeline.ingest(config.load(undisturbed))
    return Story(root, fingerprint(undisturbed / "content"), counted.count)


class Fault:
    """Before the n-th operation on the disk something happens; counts them."""

    def __init__(self, happen: Callable[[], object] | None, number: int) -> None:
        self.happen, self.number, self.count = happen, number, 0
        self._real = [(owner, name, getattr(owner, name)) for owner, name in OPERATIONS]

    def __enter__(self) -> Self:
        for owner, name, real in self._real:
            setattr(owner, name, self._counting(real))
        return self

    def __exit__(self, *_: object) -> None:
        for owner, name, real in self._real:
            setattr(owner, name, real)

    def _counting(self, real: Callable[..., object]) -> Callable[..., object]:
        def operation(*arguments: object, **named: object) -> object:
            self.count += 1
            if self.count == self.number and self.happen:
                self.happen()
            return real(*arguments, **named)

        return operation


def in_a_child(run: Callable[[], object]) -> int:
    """Status of a process of its own that runs this; as by os.waitpid."""
    child = os.fork()
    if child == 0:
        try:
            run()
            os._exit(0)
        finally:
            os._exit(3)
    return os.waitpid(child, 0)[1]


def assert_whole(root: Path, story: Story) -> None:
    """Every file of content/ is as it was or as it will be, and what a person wrote is untouched."""
    assert (root / EDITED).read_bytes() == (story.before / EDITED).read_bytes()
    was = fingerprint(story.before / "content")
    for name, checksum in fingerprint(root / "content").items():
        assert checksum in (was.get(name), story.after.get(name)) or name.endswith(".new"), name
    for path in (root / "content").rglob("*.md"):
        if path.relative_to(root).as_posix() != EDITED:
            assert not front_matter.edited_by_hand(path.read_text(encoding="utf-8"))


def assert_the_next_run_heals(root: Path, story: Story) -> None:
    pipeline.ingest(config.load(root))
    assert fingerprint(root / "content") == story.after


def killed_at(number: int, story: Story, folder: Path) -> None:
    root = folder / f"archive-{number}"
    shutil.copytree(story.before, root)

    def run() -> None:
        with Fault(lambda: os.kill(os.getpid(), signal.SIGKILL), number):
            pipeline.ingest(config.load(root))

    assert os.WTERMSIG(in_a_child(run)) == signal.SIGKILL
    assert_whole(root, story)
    assert_the_next_run_heals(root, story)


@pytest.mark.timeout(7200)
def test_killed_before_any_operation_on_the_disk_ingest_leaves_whole_files(
    story: Story, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    assert story.operations > 90
    step = 1 if request.config.getoption("--deep") else 11  # a file takes six operations: every kind is met
    for number in range(1, story.operations + 1, step):
        killed_at(number, story, tmp_path)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS], ids=errno.errorcode.get)
def test_what_the_disk_refuses_is_told_and_the_next_run_heals(code: int, story: Story, tmp_path: Path) -> None:
    def refuse() -> None:
        raise OSError(code, os.strerror(code))

    for number in range(1, story.operations + 1, 17):
        root = tmp_path / f"archive-{number}"
        shutil.copytree(story.before, root)
        with Fault(refuse, number):
            errors = errors_of(lambda root=root: pipeline.ingest(config.load(root)))  # type: ignore[misc]
        assert [type(error) for error in errors if not isinstance(error, ArchiveError)] == [], number
        assert_whole(root, story)
        assert not list((root / "content").rglob("*.new"))
        assert_the_next_run_heals(root, story)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 300 kB, where the system lets one be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_on_a_full_disk_ingest_says_so_and_leaves_whole_files(small_disk: Path, story: Story) -> None:
    root = small_disk / "archive"
    shutil.copytree(story.before, root)
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space left"):
        ballast.write_bytes(bytes(400_000))
    errors = errors_of(lambda: pipeline.ingest(config.load(root)))

    assert len(errors) == 1
    assert isinstance(errors[0], ArchiveError)
    assert "No space left" in str(errors[0])
    assert_whole(root, story)
    ballast.unlink()
    assert_the_next_run_heals(root, story)


def test_a_seed_that_vanishes_while_it_is_read_is_a_finding_and_its_briefing_stays(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "archive"
    shutil.copytree(story.before, root)
    site = config.load(root)
    pipeline.ingest(site)
    before = fingerprint(root / "content")
    as_ever, seed = read.read, root / "seeds" / "quay.txt"
    seed.write_text(seed.read_text(encoding="utf-8") + "\nOne line more.\n", encoding="utf-8")

    def vanishing(path: Path, folder: Path) -> Seed:
        seed.unlink(missing_ok=True)
        return as_ever(path, folder)

    monkeypatch.setattr(read, "read", vanishing)
    ingested = pipeline.ingest(site)

    assert [(finding.code, str(finding.at)) for finding in ingested.findings] == [("unreadable-seed", "seeds/quay.txt")]
    assert fingerprint(root / "content") == before


def test_what_was_begun_and_never_finished_is_cleared_away_and_nothing_else(story: Story, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    shutil.copytree(story.before, root)
    begun, own = root / "content" / "briefings" / ".ab12_x9z.new", root / "content" / "briefings" / ".a note of mine.new"
    begun.write_text("half", encoding="utf-8")
    own.write_text("mine", encoding="utf-8")
    pipeline.ingest(config.load(root))

    assert not begun.exists()
    assert own.read_text(encoding="utf-8") == "mine"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return config.load(tmp_path)


def test_a_second_run_is_told_that_another_is_at_work(site: Site) -> None:
    with turn.taken(site), pytest.raises(SiteError) as caught, turn.taken(site, patience=0.2):
        pass
    assert str(caught.value) == (
        f".cache/running: another run of build.py is at work on this archive (process {os.getpid()})\n"
        "    fix: wait until it has ended, then run this again"
    )


def test_a_second_run_waits_for_a_short_one(site: Site) -> None:
    def hold() -> None:
        with turn.taken(site):
            (site.cache / "held").touch()
            time.sleep(0.5)

    child = os.fork()
    if child == 0:
        hold()
        os._exit(0)
    while not (site.cache / "held").exists():
        time.sleep(0.01)
    with turn.taken(site, patience=10):
        pass
    os.waitpid(child, 0)


def test_the_turn_of_a_run_that_was_killed_is_free(site: Site) -> None:
    def die() -> None:
        with turn.taken(site):
            os.kill(os.getpid(), signal.SIGKILL)

    assert os.WTERMSIG(in_a_child(die)) == signal.SIGKILL
    with turn.taken(site, patience=0):
        pass


def test_a_build_beside_another_is_told(story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "archive"
    shutil.copytree(story.before, root)
    monkeypatch.setattr(turn, "taken", partial(turn.taken, patience=0.2))
    with turn.taken(config.load(root)):
        run = door("ingest", "--quiet", "--root", str(root))
    assert run.returncode == 2
    assert "another run of build.py is at work on this archive" in run.stderr
    assert fingerprint(root / "content") == fingerprint(story.before / "content")
