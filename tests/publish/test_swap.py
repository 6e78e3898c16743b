"""The site is swapped in whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from bindery.errors import SiteError
from bindery.publish import swap


def put(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text, encoding="utf-8")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_new_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    put(tmp_path / "site", "old")

    with swap.beside(tmp_path / "site") as folder:
        put(folder.path, "new")
        assert (tmp_path / "site" / "index.html").read_text() == "old"
    assert (tmp_path / "site" / "index.html").read_text() == "new"
    assert (tmp_path / swap.TWIN / "index.html").read_text() == "old"
    assert names(tmp_path) == [swap.TWIN, "site"]


def test_a_file_that_is_kept_is_the_same_file(tmp_path: Path) -> None:
    put(tmp_path / "site", "old")

    with swap.beside(tmp_path / "site") as folder:
        folder.keep("index.html")
        folder.put("b/1/index.html", b"new")
    assert (tmp_path / "site" / "index.html").samefile(tmp_path / swap.TWIN / "index.html")
    with swap.beside(tmp_path / "site", from_twin=True) as folder:
        folder.put("index.html", b"newer")
        folder.drop("b/1/index.html")
    assert (tmp_path / "site" / "index.html").read_text() == "newer"
    assert (tmp_path / swap.TWIN / "index.html").read_text() == "old"
    assert not (tmp_path / "site" / "b").exists()


def test_a_twin_that_a_killed_build_worked_on_is_not_trusted(tmp_path: Path) -> None:
    put(tmp_path / "site", "old")
    put(tmp_path / swap.TWIN, "older")

    class Killed(BaseException):
        pass

    with pytest.raises(Killed), swap.beside(tmp_path / "site", from_twin=True):
        raise Killed
    assert names(tmp_path) == ["site"]


def test_a_site_gets_a_twin_of_the_same_files(tmp_path: Path) -> None:
    put(tmp_path / "site", "new")

    swap.twinned(tmp_path / "site", ["index.html"])
    assert (tmp_path / "site" / "index.html").samefile(tmp_path / swap.TWIN / "index.html")
    assert names(tmp_path) == [swap.TWIN, "site"]


def test_a_build_that_fails_leaves_the_old_site(tmp_path: Path) -> None:
    put(tmp_path / "site", "old")

    def fail() -> None:
        with swap.beside(tmp_path / "site") as folder:
            put(folder.path, "half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (tmp_path / "site" / "index.html").read_text() == "old"
    assert names(tmp_path) == ["site"]


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path) -> None:
    put(tmp_path / swap.BESIDE, "half")
    put(tmp_path / swap.REPLACED, "old")

    swap.heal(tmp_path / "site")
    assert names(tmp_path) == ["site"]
    assert (tmp_path / "site" / "index.html").read_text() == "old"


def test_without_the_system_call_two_renames_do_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    put(tmp_path / "site", "old")

    with swap.beside(tmp_path / "site") as folder:
        put(folder.path, "new")
    assert (tmp_path / "site" / "index.html").read_text() == "new"
    assert names(tmp_path) == [swap.TWIN, "site"]


def test_a_site_that_is_a_link_to_another_place_is_replaced_there(tmp_path: Path) -> None:
    put(tmp_path / "disk" / "real", "old")
    (tmp_path / "site").symlink_to(tmp_path / "disk" / "real")

    for text in ("new", "newer"):
        with swap.beside(tmp_path / "site") as folder:
            put(folder.path, text)
        assert (tmp_path / "site").is_symlink()
        assert (tmp_path / "disk" / "real" / "index.html").read_text() == text
    assert names(tmp_path) == ["disk", "site"]
    assert names(tmp_path / "disk") == [swap.TWIN, "real"]


def test_a_file_where_the_site_should_be_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine", encoding="utf-8")

    with pytest.raises(SiteError, match="not a folder"), swap.beside(tmp_path / "site"):
        pass
    assert (tmp_path / "site").read_text(encoding="utf-8") == "mine"


def test_a_full_disk_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    put(tmp_path / "site", "old")

    with pytest.raises(SiteError, match="the old site is untouched"), swap.beside(tmp_path / "site"):
        raise OSError(28, "No space left on device", "site/index.html")
    assert (tmp_path / "site" / "index.html").read_text() == "old"
