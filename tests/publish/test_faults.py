"""Whatever stops a build, the old site stands whole or the new one does, and the next build heals what was left."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bindery import config, pipeline
from bindery.config import Site
from bindery.errors import SiteError
from bindery.publish import issue, ledger, swap
from bindery.publish.reader import Known
from tests.builds import built, copied, differences, files
from tests.edits import Archive

KILLS = int(os.environ.get("BINDERY_KILLS", "6"))
"""`make test-deep` asks for more."""

pytestmark = pytest.mark.usefixtures("small_limits")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive", seed=7)


def site(root: Path) -> dict[str, bytes]:
    return {name: data for name, data in files(root).items() if name.startswith("site/")}


def clean(archive: Archive, target: Path, *, with_search: bool = False) -> dict[str, bytes]:
    """What a build from nothing makes of it as it is."""
    copied(archive.root, target)
    assert built(target, with_search=with_search) == []
    return site(target)


KILLED = b"killed"
CHANGES = ("open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.rmtree", "ctypes.dlopen", "os.fork")
"""What a build does to the disk, as Python tells of it; and when it swaps two folders, or copies itself."""


def steps(archive: Archive, *, with_search: bool, at: int | None = None) -> int | None:
    """Build in another process, killed just before its step of that number. How many steps it took; None if it was killed, or the
    copy of itself that shares its work was: then it fails."""
    here, there = os.pipe()
    child = os.fork()
    if child == 0:
        count = 0

        def step(event: str, _: object) -> None:
            nonlocal count
            if event in CHANGES:
                count += 1
                if count == at:
                    os.write(there, KILLED)
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(step)
        try:
            pipeline.publish(config.load(archive.root), with_search=with_search)
            os.write(there, str(count).encode())
        finally:
            os._exit(0)
    os.close(there)
    with os.fdopen(here, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    assert told, "the build failed"
    return None if KILLED in told else int(told)


def first_build(archive: Archive) -> None:
    for name in ("site", ".cache", swap.TWIN):
        shutil.rmtree(archive.root / name, ignore_errors=True)


def template(archive: Archive) -> None:
    archive.write("templates/components/extra.html", f"<i>{archive.random.random()}</i>")
    archive.write("templates/components/site_footer.html", '<footer>{{ once("components/extra.html") }}</footer>')


def edited(archive: Archive) -> None:
    archive.body()
    archive.record_line()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a copy of this process")
@pytest.mark.parametrize("with_search", [False, True], ids=["pages", "search"])
@pytest.mark.timeout(7200)
def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_one(archive: Archive, tmp_path: Path, with_search: bool) -> None:
    counts = {"killed": 0, "old": 0, "new": 0}
    assert built(archive.root, with_search=with_search) == []
    steps_by_change = {}
    for change in (first_build, edited, template):
        change(archive)
        steps_by_change[change] = steps(archive, with_search=with_search) or 0
    for number in itertools.count():
        if counts["killed"] >= KILLS // 2:
            break
        change = (first_build, edited, template, edited)[number % 4]
        change(archive)
        old, new = site(archive.root), clean(archive, tmp_path / "clean", with_search=with_search)
        most = steps_by_change[change]
        at = archive.random.randrange(most) if number % 2 else most - archive.random.randrange(20)  # much is decided at the end
        counts["killed"] += steps(archive, with_search=with_search, at=at) is None
        found = site(archive.root)
        assert found in (old, new), list(differences(found, new))
        counts["old" if found == old else "new"] += 1
        assert built(archive.root, with_search=with_search) == []
        assert not list(differences(site(archive.root), new))
        assert number < 2 * KILLS, "builds end before their turn"
    print(steps_by_change.values(), counts)


def failing(name: str, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nth call of a function of the system says that the disk is full."""
    real: Callable[..., object] = getattr(os, name)
    calls = iter(range(1, 10**9))

    def fail(*arguments: object, **options: object) -> object:
        if next(calls) >= at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))
        return real(*arguments, **options)

    monkeypatch.setattr(os, name, fail)


@pytest.mark.parametrize(
    ("call", "at"), [("write", 1), ("write", 9), ("link", 1), ("link", 20), ("mkdir", 1), ("replace", 1), ("rename", 1)]
)
def test_a_full_disk_leaves_the_old_site_and_the_next_build_heals(archive: Archive, tmp_path: Path, call: str, at: int) -> None:
    assert built(archive.root, with_search=False) == []
    old = site(archive.root)
    template(archive)
    new = clean(archive, tmp_path / "clean")
    with pytest.MonkeyPatch.context() as monkeypatch:
        failing(call, at, monkeypatch)
        told = built(archive.root, with_search=False)
    is_finished = not told or "the new site is finished" in told[0]
    assert site(archive.root) == (new if is_finished else old)
    assert all("fix: check the free space" in one for one in told)
    assert built(archive.root, with_search=False) == []
    assert not list(differences(site(archive.root), new))


def taken_back(archive: Archive) -> None:
    """And something else is edited, since there would be nothing to do."""
    shutil.rmtree(archive.root / "templates")
    edited(archive)


@pytest.mark.parametrize("change", [edited, taken_back])
def test_a_build_that_fails_keeps_the_twin_for_the_next(archive: Archive, tmp_path: Path, change: Callable[[Archive], None]) -> None:
    """The next one brings it up to date, and links no file that both have."""
    for _ in range(2):
        edited(archive)
        assert built(archive.root, with_search=False) == []
    old, twin = site(archive.root), swap.number(swap.twin_of(archive.root / "site"))
    template(archive)
    page = archive.root / "templates/pages/404.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("{{ nowhere }}", encoding="utf-8")
    assert built(archive.root, with_search=False) == ["templates"]
    assert site(archive.root) == old
    assert swap.number(swap.twin_of(archive.root / "site")) == twin

    page.unlink()
    change(archive)
    new = clean(archive, tmp_path / "clean")
    assert built(archive.root, with_search=False) == []
    assert not list(differences(site(archive.root), new))
    assert swap.number(archive.root / "site") == twin


def test_what_cannot_be_remembered_costs_time_and_nothing_else(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(ledger, "save", fail)
        with pytest.raises(SiteError, match="cannot be kept"):
            pipeline.publish(config.load(archive.root), with_search=False)
    made = site(archive.root)
    assert made
    assert pipeline.publish(config.load(archive.root), with_search=False).made_count > 0
    assert site(archive.root) == made


def test_a_text_that_vanishes_while_it_is_read_is_named(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    assert built(archive.root, with_search=False) == []
    old = site(archive.root)
    path = archive.root / "content/briefings/2012-01-19-talks.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    away = path.with_suffix(".away")
    look = issue.look

    def vanishing(here: Site, before: ledger.Ledger) -> Known:
        found = look(here, before)
        path.rename(away)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(issue, "look", vanishing)
        (told,) = built(archive.root, with_search=False)
    assert told.startswith("content/briefings/2012-01-19-talks.md: cannot be read")
    assert site(archive.root) == old
    away.rename(path)
    assert built(archive.root, with_search=False) == []


def test_a_ledger_of_another_program_is_not_believed(archive: Archive, tmp_path: Path) -> None:
    assert built(archive.root, with_search=False) == []
    here = config.load(archive.root)
    known = ledger.load(here)
    known.program = "another"
    ledger.save(known, here)
    count = pipeline.publish(here, with_search=False).made_count
    assert count == len(known.outputs)
    assert not list(differences(site(archive.root), clean(archive, tmp_path / "clean")))
