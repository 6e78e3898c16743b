"""A page shown before its build is the page of its build; what cannot be foreseen is left to that."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bindery import config, pipeline
from bindery.publish.preview import Preview
from tests.repository import REPOSITORY


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """This repository's own archive, published."""
    for name in ("content", "site.yaml"):
        copy = shutil.copytree if (REPOSITORY / name).is_dir() else shutil.copy
        copy(REPOSITORY / name, tmp_path / name)
    pipeline.publish(config.load(tmp_path), with_search=False)
    return tmp_path


def briefing(root: Path) -> Path:
    return min(path for path in (root / "content/briefings").glob("*.md") if path.name != "README.md")


def edit(path: Path, old: str, new: str) -> Path:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new"),
    [("title: ", "title: Corrected, "), ("\n---\n\n", "\n---\n\nA sentence that the desk put first.\n\n")],
    ids=["title", "text"],
)
def test_an_edit_is_foreseen_to_the_byte(root: Path, old: str, new: str) -> None:
    preview = Preview(config.load(root))
    pages = preview.pages([edit(briefing(root), old, new)])

    pipeline.publish(config.load(root), with_search=False)
    assert len(pages) == 1
    assert all((root / "site" / permalink).read_bytes() == page for permalink, page in pages.items())


def test_each_edit_of_several_is_foreseen(root: Path) -> None:
    preview, path = Preview(config.load(root)), briefing(root)
    for word in ("first", "second"):
        (page,) = preview.pages([edit(path, "\n---\n\n", f"\n---\n\nThe {word} correction.\n\n")]).values()
        assert f"The {word} correction." in page.decode()


@pytest.mark.parametrize(
    "damage", ["---\ntitle: [\n---\n", "---\nid: another\ntitle: A\n---\n\nText.\n", None], ids=["broken", "id", "gone"]
)
def test_what_a_build_has_to_decide_is_not_foreseen(root: Path, damage: str | None) -> None:
    preview, path = Preview(config.load(root)), briefing(root)
    if damage is None:
        path.unlink()
    else:
        path.write_text(damage, "utf-8")
    assert preview.pages([path]) == {}


def test_other_files_are_not_foreseen(root: Path) -> None:
    preview = Preview(config.load(root))
    new = root / "content/briefings/new.md"
    new.write_text("---\ntitle: A\n---\n\nText.\n", "utf-8")
    record = next((root / "content/cities").glob("*.md"))
    namesake = root / "content/cities" / briefing(root).name
    assert preview.pages([new, record, namesake, root / "site.yaml"]) == {}
