"""A copy of a published archive is held against its manifest: one flipped bit is found, wherever it is."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

import build
from bindery import config, pipeline
from bindery.errors import SiteError

REPOSITORY = Path(__file__).resolve().parents[2]
SHA256SUM = (
    """python3 -c "import json; [print(d, n, sep='  ') for n, d in json.load(open('manifest.json'))['files'].items()]" """
    """| sha256sum --check --quiet"""
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own archive, published."""
    root = tmp_path_factory.mktemp("archive")
    for name in ("content", "seeds"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "site.yaml", root)
    pipeline.publish(config.load(root))
    return root


@pytest.fixture
def archive(published: Path, tmp_path: Path) -> Path:
    """A copy of it to do harm to."""
    return Path(shutil.copytree(published, tmp_path / "archive"))


def found(path: Path, **options: Any) -> list[tuple[str, str]]:
    return [(finding.code, finding.at.path) for finding in pipeline.verify(path, **options).findings]


def flip(path: Path, at: int, bit: int = 1) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= bit
    path.write_bytes(data)


def unpacked(path: Path, name: str) -> bytes | None:
    """What a member of a ZIP file unpacks to; None where it does not."""
    try:
        with zipfile.ZipFile(path) as packed:
            return packed.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return None


def spans(path: Path) -> dict[str, range]:
    """Member of a ZIP file → where its packed bytes stand."""
    with zipfile.ZipFile(path) as packed:
        starts = {one: one.header_offset + len(one.FileHeader()) for one in packed.infolist()}
    return {one.filename: range(start, start + one.compress_size) for one, start in starts.items()}


def test_what_was_published_is_as_it_was(published: Path, tmp_path: Path) -> None:
    whole = pipeline.verify(published)
    with zipfile.ZipFile(published / "site/archive.zip") as packed:
        packed.extractall(tmp_path)
        (top,) = {Path(name).parts[0] for name in packed.namelist()}

    assert (whole.findings, whole.seed_count) == ((), 5)
    assert whole.file_count == sum(path.is_file() for path in (published / "site").rglob("*")) - 1
    assert whole.sha256 == hashlib.sha256((published / "site/manifest.json").read_bytes()).hexdigest()
    assert found(published / "site") == found(published / "site/archive.zip") == found(tmp_path / top) == []
    assert found(published / "site/archive.zip", seeds=published / "seeds") == []


def test_sha256sum_says_the_same(archive: Path) -> None:
    run = subprocess.run(["bash", "-o", "pipefail", "-c", SHA256SUM], cwd=archive / "site", capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout + run.stderr) == (0, "")
    assert SHA256SUM in (REPOSITORY / "README.md").read_text(encoding="utf-8")
    flip(archive / "site/index.html", 1000)
    run = subprocess.run(["bash", "-o", "pipefail", "-c", SHA256SUM], cwd=archive / "site", capture_output=True, text=True, check=False)
    assert run.stdout == "index.html: FAILED\n"


def test_a_flipped_bit_in_a_page_of_the_zip_file_is_found(archive: Path) -> None:
    path = archive / "site/archive.zip"
    page = next(name for name in spans(path) if "/briefings/2016-01-19" in name)
    where = spans(path)[page]
    flip(path, where[len(where) // 2], 16)

    assert found(path) == [("changed-file", page.partition("/")[2])]
    assert found(archive / "site") == [("changed-file", "archive.zip")]


def test_a_flipped_bit_anywhere_in_a_file_of_the_zip_file_is_found(archive: Path) -> None:
    path, random = archive / "site/archive.zip", Random(1)
    whole = path.read_bytes()
    pages = {name: where for name, where in spans(path).items() if not name.endswith("/manifest.json")}
    for name, where in random.sample(sorted(pages.items()), 60):
        path.write_bytes(whole)
        before = unpacked(path, name)
        flip(path, random.choice(where[:-1]), 1 << random.randrange(8))  # the last byte may end in bits that mean nothing

        # a code that no byte of the file has may change, and the file be whole
        assert found(path) == ([] if unpacked(path, name) == before else [("changed-file", name.partition("/")[2])])


def test_a_damaged_manifest_of_a_zip_file_is_told(archive: Path) -> None:
    path = archive / "site/archive.zip"
    (where,) = (where for name, where in spans(path).items() if name.endswith("/manifest.json"))
    flip(path, where[len(where) // 2])
    with pytest.raises(SiteError, match=r"cannot be read|damaged"):
        pipeline.verify(path)


@pytest.mark.parametrize("seed", range(4))
def test_a_zip_file_damaged_in_any_way_is_told_and_nothing_else_goes_wrong(archive: Path, seed: int) -> None:
    path, random = archive / "site/archive.zip", Random(seed)
    whole = path.read_bytes()
    for _ in range(12):
        data = bytearray(whole[: random.randrange(1, len(whole))] if random.random() < 0.3 else whole)
        for at in random.sample(range(len(data)), min(len(data), 20)):
            data[at] ^= 1 << random.randrange(8)
        path.write_bytes(data)

        assert build.main(["verify", "--quiet", str(path)]) in (build.FINDINGS, build.COULD_NOT_RUN)


def test_the_table_of_a_zip_file_damaged_in_any_way_is_told(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, random = archive / "site/archive.zip", Random(7)
    whole = path.read_bytes()
    start = whole.rindex(b"PK\x05\x06") - 4000
    for _ in range(60):
        data = bytearray(whole)
        for at in random.sample(range(start, len(data)), 3):
            data[at] ^= 1 << random.randrange(8)
        path.write_bytes(data)
        build.main(["verify", "--quiet", str(path)])

        assert "fault of the program" not in capsys.readouterr().err


def _changed(archive: Path) -> None:
    flip(archive / "site/cities/chongqing.html", 500)


def _changed_seed(archive: Path) -> None:
    flip(archive / "seeds/000_39b2932afacdb0e6.txt", 5)


def _gone(archive: Path) -> None:
    (archive / "site/cities/chongqing.html").unlink()
    (archive / "seeds/000_39b2932afacdb0e6.txt").unlink()


def _added(archive: Path) -> None:
    (archive / "site/b/evil.html").write_text("<script>", encoding="utf-8")
    (archive / "seeds/new.txt").write_text("not yet a briefing", encoding="utf-8")
    (archive / "site/.git").mkdir()
    (archive / "site/.git/HEAD").touch()


def _linked(archive: Path) -> None:
    (archive / "site/elsewhere").symlink_to(archive / "seeds")


def _pipe(archive: Path) -> None:
    (archive / "site/search.html").unlink()
    os.mkfifo(archive / "site/search.html")


@pytest.mark.parametrize(
    ("harm", "codes"),
    [
        pytest.param(_changed, [("changed-file", "cities/chongqing.html")], id="a page"),
        pytest.param(_changed_seed, [("changed-file", "seeds/000_39b2932afacdb0e6.txt")], id="a seed"),
        pytest.param(
            _gone, [("missing-file", "cities/chongqing.html"), ("missing-file", "seeds/000_39b2932afacdb0e6.txt")], id="files that are gone"
        ),
        pytest.param(_added, [("extra-file", "b/evil.html")], id="files that are new"),
        pytest.param(_linked, [("extra-file", "elsewhere")], id="a link to a folder"),
        pytest.param(
            _pipe,
            [("changed-file", "search.html")],
            id="a pipe",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes"),
        ),
    ],
)
def test_what_differs_is_named(archive: Path, harm: Callable[[Path], None], codes: list[tuple[str, str]]) -> None:
    harm(archive)
    assert found(archive) == codes


def test_of_a_partial_copy_nothing_is_missed(archive: Path) -> None:
    _gone(archive)
    _added(archive)
    assert found(archive, is_partial=True) == [("extra-file", "b/evil.html")]


def test_a_copy_whose_manifest_was_changed_too_is_held_against_another(archive: Path, published: Path) -> None:
    page, path = archive / "site/index.html", archive / "site/manifest.json"
    before = hashlib.sha256(page.read_bytes()).hexdigest()
    flip(page, 1000)
    path.write_text(path.read_text().replace(before, hashlib.sha256(page.read_bytes()).hexdigest()))

    assert found(archive) == []
    assert found(archive, manifest=published / "site/manifest.json") == [("changed-file", "index.html")]


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        pytest.param(None, "no manifest.json", id="none"),
        pytest.param("", "damaged", id="empty"),
        pytest.param('{"files": {"a": 1}, "seeds": {}}', "damaged", id="another form"),
        pytest.param('{"files": {}}', "damaged", id="half"),
        pytest.param('{"files": {}, "seeds": {"../../secret.txt": ["0"]}}', "no path inside", id="a path out of it"),
        pytest.param('{"files": {"/etc/passwd": "0"}, "seeds": {}}', "no path inside", id="a path from the root"),
    ],
)
def test_without_a_manifest_that_can_be_used_nothing_is_said(archive: Path, manifest: str | None, problem: str) -> None:
    path = archive / "site/manifest.json"
    path.unlink()
    if manifest is not None:
        path.write_text(manifest, encoding="utf-8")
    with pytest.raises(SiteError, match=problem):
        pipeline.verify(archive)


def test_a_member_outside_the_folder_of_a_zip_file_or_twice_in_it_is_extra(archive: Path) -> None:
    path = archive / "site/archive.zip"
    top = next(iter(spans(path))).partition("/")[0]
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("../outside.html", "x")
        with pytest.warns(UserWarning, match="Duplicate name"):
            packed.writestr(f"{top}/index.html", "x")

    assert found(path) == [
        ("changed-file", "index.html"),
        ("extra-file", "../outside.html"),
        ("extra-file", f"{top}/index.html"),
    ]


def test_a_seed_that_was_replaced_may_be_either_capture(archive: Path) -> None:
    path, seed = archive / "site/manifest.json", archive / "seeds/000_39b2932afacdb0e6.txt"
    listed = json.loads(path.read_text(encoding="utf-8"))
    seed.write_text("another page", encoding="utf-8")
    listed["seeds"][seed.name].append(hashlib.sha256(seed.read_bytes()).hexdigest())
    path.write_text(json.dumps(listed), encoding="utf-8")

    assert found(archive) == []


def test_the_command_says_it_with_its_exit_status(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["verify", "--root", str(archive)]) == build.CLEAN
    assert "5 seeds, no differences; manifest.json has SHA-256" in capsys.readouterr().out
    _changed(archive)
    assert build.main(["verify", str(archive / "site"), "--quiet"]) == build.FINDINGS
    assert capsys.readouterr().out.startswith(
        "cities/chongqing.html: its bytes are not those that were published  [changed-file]\n    fix: "
    )
    assert build.main(["verify", str(archive / "seeds")]) == build.COULD_NOT_RUN
    assert build.main(["verify", str(archive / "nothing.zip")]) == build.COULD_NOT_RUN
    assert build.main(["verify", str(archive), "--manifest", str(archive / "none.json")]) == build.COULD_NOT_RUN


def test_a_build_of_what_changed_brings_the_manifest_up_to_date(archive: Path) -> None:
    before = (archive / "site/manifest.json").read_bytes()
    briefing = next((archive / "content/briefings").glob("2016-*.md"))
    briefing.write_text(briefing.read_text(encoding="utf-8") + "\nA line more.\n", encoding="utf-8")
    pipeline.publish(config.load(archive))

    assert (archive / "site/manifest.json").read_bytes() != before
    assert found(archive) == found(archive / "site/archive.zip") == []
