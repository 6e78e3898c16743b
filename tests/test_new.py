"""A fresh archive is complete, valid and never laid over anything."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bindery import config, new
from bindery.content import store
from bindery.errors import SiteError


def test_a_fresh_archive_has_its_folders_and_says_what_they_are_for(tmp_path: Path) -> None:
    written = new.create(tmp_path / "press")
    assert {path.relative_to(tmp_path / "press").as_posix() for path in written} == {
        "site.yaml", "README.md", "content/README.md", ".gitignore", ".gitattributes",
    }  # fmt: skip
    assert (tmp_path / "press" / "seeds").is_dir()


def test_the_configuration_of_a_fresh_archive_is_the_default_one(tmp_path: Path) -> None:
    new.create(tmp_path)
    assert yaml.load((tmp_path / "site.yaml").read_text("utf-8"), Loader=yaml.BaseLoader) == dict(config.DEFAULTS)
    assert config.load(tmp_path).kinds


def test_the_notes_are_not_taken_for_content(tmp_path: Path) -> None:
    new.create(tmp_path)
    assert store.load(config.load(tmp_path)).briefings == ()


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert new.create(tmp_path)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir", "utf-8")
    with pytest.raises(SiteError, match="not empty") as caught:
        new.create(tmp_path)
    assert caught.value.fix == "name a new or an empty folder: build.py new DIR"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "press").write_text("", "utf-8")
    with pytest.raises(SiteError, match="a file of this name"):
        new.create(tmp_path / "press")


def test_a_folder_that_cannot_be_made_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(SiteError, match="cannot be made") as caught:
        new.create(tmp_path / "file" / "press")
    assert "may write" in caught.value.fix
