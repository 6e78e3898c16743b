"""The promises, over the life of an archive made of the five seeds."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from bindery import config, pipeline
from bindery.publish import swap
from tests.builds import door

ROOT = Path(__file__).parent.parent
MOMENTS = 6
"""At which a build is killed."""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The repository's own archive, content and all, without a site."""
    for name in ("seeds", "content"):
        shutil.copytree(ROOT / name, tmp_path / "archive" / name)
    shutil.copy(ROOT / "site.yaml", tmp_path / "archive")
    return tmp_path / "archive"


def build(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return door(*(arguments or ("build",)), "--root", str(root))


def program(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own."""
    command = [sys.executable, str(ROOT / "build.py"), *(arguments or ("build",)), "--root", str(root)]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env={**os.environ, **environment})


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_archive_builds_without_a_finding(archive: Path) -> None:
    run = build(archive)

    assert (run.returncode, run.stderr.count("Traceback")) == (0, 0), run.stdout + run.stderr
    assert "5 seeds, 5 briefings" in run.stdout
    assert "0 findings" in run.stdout


def test_the_committed_content_is_what_ingest_would_leave(archive: Path) -> None:
    before = digests(archive / "content")
    run = build(archive, "ingest")

    assert digests(archive / "content") == before
    assert "written" not in run.stdout


def test_two_builds_in_different_places_and_times_give_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    other = tmp_path / "a folder with ünusual name #2"
    shutil.copytree(archive, other)
    os.utime(other / "site.yaml", (0, 0))
    first = program(archive, TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="1")
    second = program(other, TZ="America/Caracas", LC_ALL="C.UTF-8", PYTHONHASHSEED="2")

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert digests(archive / "site") == digests(other / "site")


def test_a_fresh_archive_of_the_same_seeds_has_the_same_addresses(archive: Path) -> None:
    lock = (archive / "content/permalinks.lock").read_text(encoding="utf-8").splitlines()
    shutil.rmtree(archive / "content")
    build(archive)
    fresh = (archive / "content/permalinks.lock").read_text(encoding="utf-8").splitlines()

    assert [line for line in fresh if line.startswith(("b/", "briefings/"))] == [
        line for line in lock if line.startswith(("b/", "briefings/"))
    ]


def test_a_hand_edited_briefing_survives_byte_for_byte_and_is_published(archive: Path) -> None:
    path = min((archive / "content/briefings").glob("*.md"))
    path.write_bytes(path.read_bytes().rstrip(b"\n") + b"\n\nA sentence by a *person*.\n")
    edited = path.read_bytes()
    run = build(archive)

    assert run.returncode == 0, run.stdout
    assert path.read_bytes() == edited
    assert "A sentence by a <em>person</em>." in (archive / f"site/briefings/{path.stem}.html").read_text(encoding="utf-8")


def test_a_renamed_briefing_and_a_merged_official_keep_their_addresses(archive: Path) -> None:
    build(archive)
    briefing = min((archive / "content/briefings").glob("*.md"))
    briefing.rename(briefing.with_name("a-better-name.md"))
    away, stays = "officials/takada-mari", "officials/nobuyuki-watanabe"
    decisions = archive / "content/decisions.yaml"
    decisions.write_text(decisions.read_text(encoding="utf-8") + f"same:\n  - [{stays}, {away}]\n", encoding="utf-8")
    run = build(archive, "publish")

    assert run.returncode == 0, run.stderr
    assert 'href="a-better-name.html"' in (archive / f"site/briefings/{briefing.stem}.html").read_text(encoding="utf-8")
    assert 'href="nobuyuki-watanabe.html"' in (archive / f"site/{away}.html").read_text(encoding="utf-8")


def test_a_deleted_briefing_stops_the_build_until_somebody_says_why(archive: Path) -> None:
    build(archive)
    site = digests(archive / "site")
    briefing = min((archive / "content/briefings").glob("*.md"))
    briefing.unlink()
    run = build(archive, "publish")
    assert run.returncode == 2
    assert f"briefings/{briefing.stem}.html was published and has no page any more" in run.stderr
    assert digests(archive / "site") == site

    lock = archive / "content/permalinks.lock"
    source = lock.read_text(encoding="utf-8")
    line = next(line for line in source.splitlines() if briefing.stem in line)
    lock.write_text(source.replace(line, f"{line} gone: withdrawn"), encoding="utf-8")
    run = build(archive)
    assert run.stderr.count("Traceback") == 0
    assert run.stdout.count("  [") == run.stdout.count("  [unmentioned-record]"), run.stdout
    assert not briefing.exists()
    identifier = line.rpartition(" = ")[2]
    assert "withdrawn" in (archive / f"site/b/{identifier}/index.html").read_text(encoding="utf-8")
    assert "withdrawn" in (archive / f"site/briefings/{briefing.stem}.html").read_text(encoding="utf-8")


def test_the_data_is_valid_against_its_published_schema(archive: Path) -> None:
    build(archive, "publish")
    data = json.loads((archive / "site/data/archive.json").read_text(encoding="utf-8"))
    schema = json.loads((archive / "site/data/archive.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)

    jsonschema.validate(data, schema, format_checker=jsonschema.FormatChecker())
    keys = {briefing["id"]: {paragraph["key"] for paragraph in briefing["paragraphs"]} for briefing in data["briefings"]}
    records = {(authority["kind"], authority["slug"]) for authority in data["authorities"]}
    mentions = [(briefing["id"], mention) for briefing in data["briefings"] for mention in briefing["mentions"]]
    assert mentions
    assert all(
        mention["paragraph"] in keys[identifier] and (mention["kind"], mention["slug"]) in records for identifier, mention in mentions
    )


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one_whole(archive: Path) -> None:
    """Moments spread over a build; after each, the site is one of the two and the next build heals. publish/test_faults.py kills before
    a step of its choice."""
    output = archive / "site"
    build(archive, "publish")
    old = digests(output)
    (archive / "site.yaml").write_text(
        (archive / "site.yaml").read_text(encoding="utf-8").replace("title: ", "title: New ", 1), encoding="utf-8"
    )
    shutil.copytree(archive, archive.with_name("twin"))
    started = time.monotonic()
    program(archive.with_name("twin"), "publish")
    takes = time.monotonic() - started
    new = digests(archive.with_name("twin") / "site")
    assert old != new
    moments = random.Random(7)
    killed = 0
    for _ in range(MOMENTS):
        command = [sys.executable, str(ROOT / "build.py"), "publish", "--quiet", "--root", str(archive)]
        run = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0, takes))
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
            killed += 1
        run.wait()
        assert digests(output) in (old, new)
    pipeline.publish(config.load(archive))
    assert digests(output) == new
    assert [path.name for path in archive.iterdir() if path.name.startswith(".site")] == [swap.TWIN]
    assert killed
