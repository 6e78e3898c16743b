"""Hostile files of content/ and of the archive: each is told with place, problem and remedy, or does no harm; nothing is half-written."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bindery import config, pipeline
from bindery.content import decisions
from bindery.errors import ArchiveError
from bindery.publish import swap
from tests.hostile import corpus, laws

CASES: Mapping[str, Mapping[str, Any]] = corpus.read("content")
TOLD = {name: recipe for name, recipe in CASES.items() if "says" in recipe}
TAKEN = {name: recipe for name, recipe in CASES.items() if "says" not in recipe}
PLAIN = "---\nid: aaaaaaa\ntitle: A quay\n---\n\nThe quay was opened on Monday.\n"
TOGETHER = ("content/briefings/a.md", "content/cities/a.md")
"""Files of which one archive may have many, so that one build does for all."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one briefing that was built before anything happened to it."""
    root = tmp_path_factory.mktemp("built") / "archive"
    (root / "content" / "briefings").mkdir(parents=True)
    (root / "content" / "briefings" / "plain.md").write_text(PLAIN, encoding="utf-8")
    (root / "seeds").mkdir()
    (root / "seeds" / "quay.txt").write_text(corpus.PLAIN.format("the quay"), encoding="utf-8")
    site = config.load(root)
    pipeline.ingest(site)
    pipeline.publish(site)
    return root


def attacked(built: Path, folder: Path, recipe: Mapping[str, Any]) -> Path:
    """A copy of the archive in which a file is as the recipe says."""
    root = folder / "archive"
    shutil.copytree(built, root)
    path = root / recipe["at"]
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    if recipe.get("briefing"):
        (root / "content" / "briefings" / "a.md").write_text(PLAIN.replace("A quay", "Another"), encoding="utf-8")
        (root / "content" / "briefings" / "plain.md").unlink()
    corpus.lay(path, corpus.data_of(recipe), recipe)
    return root


def fingerprint(root: Path) -> dict[str, str]:
    """Every file below a folder with its checksum; what is no file by its name alone."""
    files = {path: path.relative_to(root).as_posix() for path in root.rglob("*")}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() if _is_small_file(path) else "" for path, name in files.items()}


def _is_small_file(path: Path) -> bool:
    return path.is_file() and path.stat().st_size < 1_000_000


def errors_of(run: Callable[[], object]) -> list[Exception]:
    try:
        run()
    except Exception as error:  # noqa: BLE001 - what it is, is asserted
        return list(_single(error))
    return []


def _single(error: Exception) -> Iterator[Exception]:
    if isinstance(error, ExceptionGroup):
        for one in error.exceptions:
            yield from _single(one)
    else:
        yield error


def runs(root: Path) -> list[Exception]:
    """What ingest and publish raise."""
    found = errors_of(lambda: pipeline.ingest(config.load(root)))
    return found or errors_of(lambda: pipeline.publish(config.load(root)))


PASSING = (".cache", swap.TWIN)
"""What a run works in: to delete it costs time and nothing else."""


@pytest.mark.parametrize("name", TOLD)
def test_what_cannot_be_used_is_told_and_nothing_is_half_written(name: str, built: Path, tmp_path: Path) -> None:
    root = attacked(built, tmp_path, TOLD[name])
    before = fingerprint(root)
    errors = runs(root)
    after = fingerprint(root)

    assert errors
    for error in errors:
        assert isinstance(error, ArchiveError)
        assert error.problem
        assert error.fix
        assert str(error).replace("\n    fix: ", " ").isprintable()
    assert TOLD[name]["says"] in "\n".join(map(str, errors))
    assert {path for path, checksum in before.items() if after.get(path) != checksum and not path.startswith(PASSING)} == set()
    assert {path for path in after.keys() - before.keys() if not path.startswith(("content/", *PASSING))} == set()


@pytest.mark.parametrize("name", [name for name, recipe in TAKEN.items() if recipe["at"] not in TOGETHER])
def test_what_can_be_used_does_no_harm(name: str, built: Path, tmp_path: Path) -> None:
    root = attacked(built, tmp_path, TAKEN[name])

    assert runs(root) == []
    assert_harmless(root / "site")


def test_briefings_and_records_that_can_be_used_do_no_harm(built: Path, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    shutil.copytree(built, root)
    for number, (name, recipe) in enumerate(TAKEN.items()):
        if recipe["at"] in TOGETHER:
            path = (root / recipe["at"]).with_name(f"{name}.md")
            corpus.lay(path, corpus.data_of(recipe).replace(b"aaaaaaa", f"a{number:06}".encode()), recipe)

    assert runs(root) == []
    assert_harmless(root / "site")


def assert_harmless(site: Path) -> None:
    found = laws.structure(site)
    assert {name for _, name in found.marks if name.startswith("on") or name in ("style", "srcdoc")} == set()
    assert {tag for tag, _ in found.marks} & {"iframe", "object", "embed", "style"} == set()
    assert [script for script in found.scripts if not script.startswith(("static/js/", "data/"))] == []
    assert [script for script in found.inline if "alert" in script] == []
    assert list(laws.broken_data(site)) == []
    for _, tag, address in laws.addresses(site):
        scheme = address.strip().partition(":")[0].lower()
        assert scheme not in ("javascript", "vbscript", "file")
        assert scheme != "data" or tag == "a"
        assert tag == "a" or not laws.leads_out(address) or address.startswith("https://archive.example")


def test_a_long_chain_of_merges_is_followed_in_a_moment(tmp_path: Path) -> None:
    links = "".join(f"  - [cities/x{number + 1}, cities/x{number}]\n" for number in range(3000))
    (tmp_path / "decisions.yaml").write_text(f"same:\n{links}", encoding="utf-8")

    merged = decisions.load(tmp_path).merged
    assert (len(merged), set(merged.values())) == (3000, {"cities/x3000"})
