"""A run that knows the last one does just what one would that knows nothing, and nothing when it comes again: over random histories."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from bindery import config, pipeline, team
from bindery.errors import SiteError
from bindery.ingest import page, pages, run
from bindery.ingest.annotate import annotate
from bindery.ingest.annotate.known import Known
from bindery.ingest.clean.page import draft
from bindery.ingest.intake import Ingested
from bindery.ingest.read import read, seed_paths
from tests.history import History

STEPS = 40
GOLDEN = Path(__file__).parent.parent / "golden/pages"


def content(root: Path) -> dict[str, bytes]:
    below = [*(root / "content").rglob("*"), *(root / ".cache/conflicts").rglob("*")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in below if path.is_file()}


def cleanly(root: Path, beside: Path) -> tuple[Ingested, dict[str, bytes]]:
    """What a run does to the same archive that knows of no other run."""
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(root, beside, ignore=lambda folder, _: {"ingest"} if folder.endswith(".cache") else set())
    return pipeline.ingest(config.load(beside)), content(beside)


@pytest.mark.parametrize("seed", [1, 12])  # in 12 a name was linked and not linked in turn
def test_over_a_random_history_every_run_does_what_one_from_nothing_would(tmp_path: Path, seed: int) -> None:
    root, beside = tmp_path / "archive", tmp_path / "beside"
    history = History(root, seed)
    said: set[str] = set()
    for number in range(STEPS):
        step = history.step() if number else "begin"
        for again in range(2):
            expected = cleanly(root, beside)
            done = pipeline.ingest(config.load(root))
            assert (done, content(root)) == expected, (number, step, again)
            assert not again or not (done.written or done.removed), (number, step)
        said |= {finding.code for finding in done.findings}
    assert len(said) > 1, said  # the history has come to its corners


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    History(tmp_path / "archive", 7)
    return tmp_path / "archive"


def test_a_run_without_a_change_reads_nothing(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = pipeline.ingest(config.load(archive))
    monkeypatch.setattr(run, "run", lambda *_: pytest.fail("something was read"))
    second = pipeline.ingest(config.load(archive))

    assert first.written
    assert (second.written, second.seed_count, second.findings) == ((), first.seed_count, second.findings)


def test_only_a_changed_seed_is_annotated(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline.ingest(config.load(archive))
    changed = seed_paths(archive / "seeds")[1]
    changed.write_text(changed.read_text("utf-8") + "\nThe end.\n", "utf-8")
    annotated: list[str] = []
    monkeypatch.setattr(pages, "draft", lambda seed: annotated.append(seed.path) or draft(seed))
    pipeline.ingest(config.load(archive))

    assert annotated == [changed.name]


def test_a_confirmed_name_makes_only_pages_that_asked_for_it_be_read_again(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (archive / "seeds/zolmarin.txt").write_text(
        "Boots\n\nMay 3, 2019\n\nBoots like those of Nike or Zolmarin were worn by the crews when they walked through the old ports.\n",
        "utf-8",
    )
    (archive / "seeds/none.txt").write_text(
        "Boots\n\nMay 4, 2019\n\nnobody wore boots when the crews had to walk home at night.\n", "utf-8"
    )
    pipeline.ingest(config.load(archive))
    record = archive / "content/companies/zolmarin.md"
    record.parent.mkdir(exist_ok=True)
    record.write_text("---\nname: Zolmarin\nstatus: confirmed\n---\n", "utf-8")
    annotated: list[str] = []
    monkeypatch.setattr(pages, "draft", lambda seed: annotated.append(seed.path) or draft(seed))
    pipeline.ingest(config.load(archive))

    assert "zolmarin.txt" in annotated
    assert "none.txt" not in annotated


def test_several_processes_find_what_one_does(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (archive / "seeds/broken.txt").write_bytes(b"")
    expected = cleanly(archive, tmp_path / "beside")
    monkeypatch.setattr(pages, "FOR_TWO", 1)
    monkeypatch.setattr(team, "size", lambda: 3)

    assert (pipeline.ingest(config.load(archive)), content(archive)) == expected


def test_a_hand_edit_meanwhile_is_left(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline.ingest(config.load(archive))
    path = next((archive / "content/briefings").glob("*.md"))
    seed = next(one for one in seed_paths(archive / "seeds") if one.name in path.read_text("utf-8"))
    seed.write_text(seed.read_text("utf-8").replace("on Tuesday", "on Sunday"), "utf-8")
    edited = path.read_text("utf-8") + "\nA person's words.\n"
    take = run.stock.take

    def save_just_after(*arguments: Any) -> object:
        taken = take(*arguments)
        path.write_text(edited, "utf-8")
        return taken

    monkeypatch.setattr(run.stock, "take", save_just_after)
    pipeline.ingest(config.load(archive))

    assert path.read_text("utf-8") == edited


@pytest.mark.parametrize("path", sorted(GOLDEN.rglob("*.txt"))[::9], ids=lambda path: path.stem)
def test_a_page_that_was_kept_is_the_page(path: Path) -> None:
    known = page.Inquiry(Known({"chongqing": (("city", "cities/chongqing"),)}, {}))
    made = draft(read(path, path.parent))
    annotation = annotate(made, known.known)
    kept = page.encode(made, annotation, known.asked)

    assert page.decode(kept, made.seed.path) == (made, annotation)
    assert page.asked(kept) == known.asked


def test_names_that_are_all_gone_through_are_all_remembered() -> None:
    known = page.Inquiry(Known({"a": ()}, {}))
    assert "b" not in known.known.by_form
    assert known.asked == page.Asked(("b",), (), everything=False)
    assert not known.asked.is_met_by(page.Changed.between(Known({"c": ()}), Known()))
    assert known.asked.is_met_by(page.Changed.between(Known(), Known({"b": ()})))
    assert list(known.known.by_form) == ["a"]
    assert known.asked.is_met_by(page.Changed.between(Known({"c": ()}), Known()))


def test_a_cache_that_cannot_be_written_is_told_with_its_place(archive: Path) -> None:
    (archive / ".cache").mkdir()
    (archive / ".cache/ingest").write_text("a file where a folder should be", "utf-8")

    with pytest.raises(SiteError, match="cannot be kept") as told:
        pipeline.ingest(config.load(archive))
    assert str(told.value).startswith(".cache/ingest")
