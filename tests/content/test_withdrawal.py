"""A briefing that was taken back is nowhere in what can be taken away, says why, and does not come again by itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import build
from bindery import config, pipeline
from bindery.content import history, lock, withdrawal
from bindery.errors import ContentError
from tests.publish.unpacked import letters, texts

REASON = "withdrawn at the publisher's request"
SENTENCE = "The soles of the crews' boots were mended by the guild of the old port."
PAGE = f"""Linden and Bremen speak about ferries

3 May 2019

Ann Lee, chair of the port of Linden, met Mayor Karl Moen in Bremen on Thursday, and both sides spoke about ferries and rails.

{SENTENCE}
"""
OTHER = """Bremen opens a terminal

4 May 2019

Mayor Karl Moen opened the new terminal in Bremen on Friday, and the guests from the two ports were pleased with what they saw.
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two pages, published."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "ferries.txt").write_text(PAGE, "utf-8")
    (tmp_path / "seeds" / "terminal.txt").write_text(OTHER, "utf-8")
    assert build.main(["--quiet", "--root", str(tmp_path)]) == build.CLEAN
    return tmp_path


def briefing_file(archive: Path) -> Path:
    return next((archive / "content" / "briefings").glob("*ferries*.md"))


def identifier(archive: Path) -> str:
    return briefing_file(archive).read_text("utf-8").partition("id: ")[2].split()[0].strip("'")


def withdraw(archive: Path, wanted: str, reason: str = REASON) -> withdrawal.Withdrawal:
    return pipeline.withdraw(config.load(archive), wanted, reason)


def commit(archive: Path) -> None:
    git = ["git", "-C", str(archive), "-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    for arguments in (["init", "--quiet"], ["add", "content", "seeds"], ["commit", "--quiet", "--message", "a build"]):
        subprocess.run([*git, *arguments], check=True)


def test_no_word_of_it_is_left_in_the_site_or_in_content(archive: Path) -> None:
    withdraw(archive, identifier(archive))
    build.main(["--quiet", "--root", str(archive)])

    for folder in ("site", "content"):
        assert [name for name, text in texts(archive / folder) if letters(SENTENCE) in letters(text)] == []


def test_every_address_of_it_says_why(archive: Path) -> None:
    name, known = briefing_file(archive).stem, identifier(archive)
    briefing_file(archive).rename(briefing_file(archive).with_name("ferries-renamed.md"))
    pipeline.publish(config.load(archive))
    done = withdraw(archive, "ferries-renamed")
    pipeline.publish(config.load(archive))

    assert done.addresses == (f"b/{known}/index.html", f"briefings/{name}.html", "briefings/ferries-renamed.html")
    for permalink in done.addresses:
        assert REASON.replace("'", "&#39;") in (archive / "site" / permalink).read_text("utf-8")


@pytest.mark.parametrize("seed", [PAGE, f"{PAGE}\nAnd they spoke about the boots again, at length, before everybody left for the night.\n"])
def test_ingest_does_not_make_it_again(archive: Path, seed: str) -> None:
    """Neither from the seed it had nor from a later capture under its name; that one is told of."""
    withdraw(archive, "ferries.txt")
    (archive / "seeds" / "ferries.txt").write_text(seed, "utf-8")
    ingested = pipeline.ingest(config.load(archive))

    assert not list((archive / "content" / "briefings").glob("*ferries*"))
    assert [finding.code for finding in ingested.findings] == (["withdrawn-seed"] if seed != PAGE else [])


def test_it_comes_back_when_the_lock_says_nothing_of_it_any_more(archive: Path) -> None:
    before, name = briefing_file(archive).read_bytes(), briefing_file(archive).name
    withdraw(archive, name)
    path = archive / lock.LOCK_FILE
    path.write_text(path.read_text("utf-8").replace(f" gone: {REASON}", ""), "utf-8")
    pipeline.ingest(config.load(archive))

    assert briefing_file(archive).name == name
    assert briefing_file(archive).read_bytes() == before
    assert build.main(["--quiet", "--root", str(archive)]) == build.CLEAN


def test_a_briefing_that_was_never_published_is_not_made_again(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "ferries.txt").write_text(PAGE, "utf-8")
    pipeline.ingest(config.load(tmp_path))
    known = identifier(tmp_path)
    assert withdraw(tmp_path, known).addresses == (f"b/{known}/index.html",)
    pipeline.ingest(config.load(tmp_path))

    assert not list((tmp_path / "content" / "briefings").glob("*"))


def test_a_briefing_whose_file_is_gone_already_is_withdrawn_by_its_address(archive: Path) -> None:
    known, file = identifier(archive), briefing_file(archive)
    file.unlink()
    done = withdraw(archive, file.stem)

    assert (done.briefing, done.seed) == (known, "seeds/ferries.txt")
    assert lock.withdrawn(lock.read(archive)) == {known}


def test_it_says_what_still_holds_the_text_and_how_to_look(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(archive)
    file = briefing_file(archive).relative_to(archive).as_posix()
    assert build.main(["withdraw", identifier(archive), "--reason", REASON, "--root", str(archive)]) == build.CLEAN
    told = capsys.readouterr().out
    look = next(line.strip() for line in told.splitlines() if line.startswith("    git "))
    run = subprocess.run(["sh", "-c", look], cwd=archive, capture_output=True, text=True, check=True)

    assert f"removed  {file}" in told
    assert "seeds/ferries.txt still holds the page" in told
    assert "the git history still holds it, in 1 commits" in told
    assert SENTENCE in run.stdout


@pytest.mark.parametrize("has_git", [True, False])
def test_without_a_history_it_says_so(archive: Path, monkeypatch: pytest.MonkeyPatch, has_git: bool) -> None:
    if not has_git:
        monkeypatch.setattr(shutil, "which", lambda _: None)

    assert withdraw(archive, "ferries.txt").history is None


def test_a_path_with_a_space_can_be_copied_into_a_shell() -> None:
    assert history.to_look(["seeds/a page.txt"]).endswith("-- 'seeds/a page.txt'")


@pytest.mark.parametrize(("wanted", "reason", "problem"), [("nothing", REASON, "no such briefing"), ("ferries.txt", " ", "no reason")])
def test_what_cannot_be_done_is_said_and_nothing_changes(archive: Path, wanted: str, reason: str, problem: str) -> None:
    before = {path: path.read_bytes() for path in (archive / "content").rglob("*") if path.is_file()}
    with pytest.raises(ContentError, match=problem):
        withdraw(archive, wanted, reason)

    assert {path: path.read_bytes() for path in (archive / "content").rglob("*") if path.is_file()} == before
