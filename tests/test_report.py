"""What a build did, told to programs line by line and to people on a page that is never published."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

import build
from bindery import journal

PAGE = """Home > News > <script>alert(1)</script>

Harbour office opens in Aalborg

Updated: May 14, 2018

Jonas Kragh, director of the Aalborg Harbour Office, opened a new building on Monday.
"""


@pytest.fixture(scope="module")
def unbuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("unbuilt")
    (root / "seeds").mkdir()
    (root / "seeds/harbour.txt").write_text(PAGE, "utf-8")
    (root / "seeds/empty.txt").write_text("", "utf-8")
    return root


@pytest.fixture(scope="module")
def built(unbuilt: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built with a log and a report beside it."""
    root = tmp_path_factory.mktemp("built") / "archive"
    shutil.copytree(unbuilt, root)
    arguments = ["build", "--quiet", "--root", str(root), "--log-json", str(root / "log"), "--report", str(root / ".cache/report.html")]
    (root / ".cache").mkdir()
    assert build.main(arguments) == build.FINDINGS
    return root


@pytest.fixture
def archive(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "archive"))


def events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_every_event_is_one_object_a_line_from_the_first_to_the_exit_status(built: Path) -> None:
    noted = events((built / "log").read_text("utf-8"))

    assert (noted[0]["event"], noted[0]["command"], noted[0]["version"]) == ("begin", "build", journal.VERSION)
    assert (noted[-1]["event"], noted[-1]["status"]) == ("end", build.FINDINGS)
    assert all(one["time"].endswith("Z") for one in noted)
    assert [one["path"] for one in noted if one["event"] == "finding" and one["code"] == "unreadable-seed"] == ["seeds/empty.txt"]
    assert any(one["path"].startswith("content/briefings/") for one in noted if one["event"] == "written")


def test_every_stage_is_timed_and_what_was_slow_is_named(built: Path) -> None:
    noted = events((built / "log").read_text("utf-8"))
    stages = [one["stage"] for one in noted if one["event"] == "stage"]

    assert [one for one in stages if "/" not in one] == ["ingest", "publish", "check"]
    assert {"ingest/annotate", "ingest/link", "publish/read", "publish/make"} <= set(stages)
    assert all(one["seconds"] >= 0 and one["cpu_seconds"] >= 0 for one in noted if one["event"] == "stage")
    slow = [(one["what"], one["name"]) for one in noted if one["event"] == "slow"]
    assert ("seed", "harbour.txt") in slow
    assert 1 < sum(what == "page" for what, _ in slow) <= journal.MOST_SLOW


def test_the_report_has_every_finding_every_dropped_line_and_no_script(built: Path) -> None:
    tree = LexborHTMLParser((built / ".cache/report.html").read_text("utf-8"))
    text = " ".join(tree.text().split())

    assert "unreadable-seed" in text
    assert "Home > News > <script>alert(1)</script>" in text
    assert "harbour.txt:1" in text
    assert not tree.css("script, [onclick], [style], link[rel=stylesheet], img")
    (policy,) = tree.css("meta[http-equiv=Content-Security-Policy]")
    digest = base64.b64encode(hashlib.sha256(tree.css_first("style").text().encode()).digest()).decode()
    assert f"default-src 'none'; img-src data:; style-src 'sha256-{digest}';" in (policy.attributes["content"] or "")
    stages = [head.text().strip() for head in tree.css("#times ~ table tbody th")]
    assert stages[0] == "ingest"
    assert stages.index("publish") < stages.index("make") < stages.index("check")


def test_a_site_is_the_same_with_a_report_and_without(built: Path, unbuilt: Path, tmp_path: Path) -> None:
    plain = Path(shutil.copytree(unbuilt, tmp_path / "plain"))
    assert build.main(["build", "--quiet", "--root", str(plain)]) == build.FINDINGS

    def digests(root: Path) -> dict[str, str]:
        paths = [path for folder in ("site", "content") for path in (root / folder).rglob("*") if path.is_file()]
        return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}

    assert digests(plain) == digests(built)


@pytest.mark.parametrize("place", ["site/report.html", "content/report.html", "seeds/report.txt", "static/report.html"])
def test_a_report_is_not_written_where_it_would_be_published(archive: Path, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["build", "--root", str(archive), "--report", str(archive / place)]) == build.COULD_NOT_RUN
    assert "no place for a report" in capsys.readouterr().err
    assert not (archive / place).exists()


def test_what_stops_a_build_is_told_as_json_alone_and_reported(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (archive / "content/briefings/broken.md").write_text("no front matter", "utf-8")
    report = archive / "report.html"
    status = build.main(["build", "--root", str(archive), "--log-json", "--report", str(report)])
    noted = events(capsys.readouterr().err)

    assert status == noted[-1]["status"] == build.COULD_NOT_RUN
    (error,) = [one for one in noted if one["event"] == "error"]
    assert (error["path"], bool(error["message"] and error["fix"])) == ("content/briefings/broken.md", True)
    assert "content/briefings/broken.md" in report.read_text("utf-8")


def test_strict_is_clean_where_everything_is_recorded(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (archive / "seeds/empty.txt").unlink()
    strict = ["build", "--quiet", "--strict", "--root", str(archive)]
    assert build.main(strict) == build.CLEAN
    path = next((archive / "content/briefings").glob("*.md"))
    path.rename(path.with_name("renamed.md"))
    assert build.main(strict) == build.FINDINGS
    told = capsys.readouterr().out
    assert "content/permalinks.lock: this build has changed it" in told
    assert told.count("[unrecorded]") == 1
