"""build.py: what it takes, what it says, and how it ends."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import build
from bindery.door import arguments as door
from tests import builds

ROOT = Path(__file__).resolve().parent.parent

PAGE = """Home> News

Harbour office opens in Aalborg

Updated: May 14, 2018

Jonas Kragh, director of the Aalborg Harbour Office, opened a new building on Monday.
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with nothing but one seed."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "harbour.txt").write_text(PAGE, "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, built once; a test that changes it copies it."""
    root = tmp_path_factory.mktemp("built")
    (root / "seeds").mkdir()
    (root / "seeds" / "harbour.txt").write_text(PAGE, "utf-8")
    assert build.main(["build", "--quiet", "--root", str(root)]) == build.CLEAN
    return root


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, ROOT / "build.py", *arguments], cwd=cwd, capture_output=True, text=True, check=False)


def test_a_folder_of_seeds_is_enough_for_a_whole_site(archive: Path) -> None:
    done = run("--root", str(archive))
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    *_, summary, path = done.stdout.splitlines()
    assert summary.startswith("1 seeds, 1 briefings, 1 cities, 1 officials, ")
    assert " 0 findings, " in summary
    assert path == f"Open {archive / 'site' / 'index.html'}"
    assert (archive / "site" / "index.html").is_file()
    assert (archive / "content" / "briefings").is_dir()


def test_the_program_may_be_called_from_anywhere(built: Path, tmp_path: Path) -> None:
    done = run("check", "--root", str(built), cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_quiet_says_nothing_when_all_is_well(built: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert build.main(["build", "--quiet", "--root", str(built)]) == build.CLEAN
    assert capfd.readouterr() == ("", "")


def test_ingest_says_what_it_wrote_and_then_what_it_kept(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["ingest", "--root", str(archive)]) == build.CLEAN
    (briefing,) = (archive / "content" / "briefings").glob("*.md")
    assert f"written  content/briefings/{briefing.name}" in capsys.readouterr().out.splitlines()
    briefing.write_text(briefing.read_text("utf-8").replace("on Monday", "on 14 May"), "utf-8")
    assert build.main(["ingest", "--root", str(archive)]) == build.CLEAN
    assert capsys.readouterr().out.splitlines() == [f"kept     content/briefings/{briefing.name}"]


def test_findings_are_printed_with_a_remedy_and_end_with_one(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (archive / "seeds" / "scan.txt").write_bytes(bytes(range(256)) * 8)
    assert build.main(["build", "--quiet", "--root", str(archive)]) == build.FINDINGS
    place, remedy = capsys.readouterr().out.splitlines()
    assert place.startswith("seeds/scan.txt: ")
    assert place.endswith("  [unreadable-seed]")
    assert remedy.startswith("    fix: ")
    assert (archive / "site" / "index.html").is_file()


@pytest.mark.parametrize(
    ("file", "text", "error"),
    [
        pytest.param("site.yaml", "title: a: b", "site.yaml:1: not valid YAML", id="configuration"),
        pytest.param("content/briefings/a.md", "---\ntitle: A\n---\ntext\n", "content/briefings/a.md:1: no id", id="content"),
        pytest.param("content/decisions.yaml", "some: thing\n", "content/decisions.yaml: unknown decision: some", id="decisions"),
    ],
)
def test_what_cannot_be_used_is_named_with_a_remedy_and_ends_with_two(archive: Path, file: str, text: str, error: str) -> None:
    (archive / file).parent.mkdir(parents=True, exist_ok=True)
    (archive / file).write_text(text, "utf-8")
    done = builds.door("build", "--root", str(archive))
    assert done.returncode == build.COULD_NOT_RUN
    assert error in done.stderr
    assert "    fix: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not (archive / "site").exists()


def test_check_without_a_site_says_what_to_do(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["check", "--root", str(archive)]) == build.COULD_NOT_RUN
    assert capsys.readouterr().err == "site: no site to check\n    fix: run build.py publish first\n"


def test_a_root_that_is_not_there_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["publish", "--root", str(tmp_path / "nowhere")]) == build.COULD_NOT_RUN
    assert "no such folder" in capsys.readouterr().err


def test_the_archives_templates_and_static_files_replace_the_programs(built: Path, tmp_path: Path) -> None:
    root = tmp_path / "own"
    shutil.copytree(built, root)
    (root / "templates" / "pages").mkdir(parents=True)
    (root / "templates" / "pages" / "404.html").write_text("<!DOCTYPE html><title>Ours</title>", "utf-8")
    (root / "static" / "css").mkdir(parents=True)
    (root / "static" / "css" / "tokens.css").write_text(":root{--ours:1}", "utf-8")
    assert build.main(["publish", "--quiet", "--root", str(root)]) == build.CLEAN
    assert (root / "site" / "404.html").read_text("utf-8").strip() == "<!DOCTYPE html><title>Ours</title>"
    assert (root / "site" / "static" / "css" / "tokens.css").read_text("utf-8") == ":root{--ours:1}"


def test_a_base_url_may_be_told_at_the_build(built: Path, tmp_path: Path) -> None:
    root = tmp_path / "hosted"
    shutil.copytree(built, root)
    assert build.main(["publish", "--quiet", "--root", str(root), "--base-url", "https://name.example/archive/"]) == build.CLEAN
    assert "https://name.example/archive/index.html" in (root / "site" / "sitemap.xml").read_text("utf-8")
    assert not (built / "site" / "sitemap.xml").exists()


def test_new_makes_an_archive_that_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["new", str(tmp_path / "press")]) == build.CLEAN
    assert f"written  {tmp_path / 'press' / 'site.yaml'}" in capsys.readouterr().out
    assert build.main(["build", "--quiet", "--root", str(tmp_path / "press")]) == build.CLEAN
    assert build.main(["new", str(tmp_path / "press")]) == build.COULD_NOT_RUN


COMMANDS_THAT_PRINT = {
    "build": ["build"],
    "ingest": ["ingest"],
    "publish": ["publish"],
    "check": ["check"],
    "verify": ["verify"],
    "review": ["review"],
    "explain": ["explain", "harbour.txt"],
    "withdraw": ["withdraw", "harbour.txt", "--reason", "a test"],
    "query": ["query", "harbour"],
    "pocket": ["pocket", "-o", "pocket.html"],
    "digest": ["digest", "--since", "2018", "--base-url", "https://archive.example", "--to-eml", "-"],
    "eml": ["eml", "harbour.txt", "--base-url", "https://archive.example"],
    "new": ["new", "fresh"],
    "evaluate": ["evaluate", str(ROOT / "tests" / "golden" / "evaluate" / "gold")],
}


@pytest.mark.parametrize("arguments", COMMANDS_THAT_PRINT.values(), ids=COMMANDS_THAT_PRINT)
def test_a_reader_that_leaves_early_ends_no_command_early(arguments: list[str], built: Path, tmp_path: Path) -> None:
    """As in `build.py explain X | head -1`: no traceback, and the exit status of the command."""
    root = tmp_path / "own"
    shutil.copytree(built, root)
    own = [] if arguments[0] in ("new", "evaluate") else ["--root", str(root)]
    command = [sys.executable, ROOT / "build.py", *arguments, *own]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(command, cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "Error" in line or "Traceback" in line]) == (0, [])


def test_every_command_that_ends_is_tried_with_a_reader_that_leaves() -> None:
    assert {*COMMANDS_THAT_PRINT, "serve"} == set(door.COMMANDS)


def test_evaluate_prints_the_figures_and_with_errors_their_lines(capsys: pytest.CaptureFixture[str]) -> None:
    gold = ROOT / "tests" / "golden" / "evaluate" / "gold"
    assert build.main(["evaluate", str(gold)]) == build.CLEAN
    assert capsys.readouterr().out.startswith("documents   2\n")
    assert build.main(["evaluate", str(gold / "none"), "--errors"]) == build.COULD_NOT_RUN


@pytest.mark.parametrize("arguments", [["publsh"], ["build", "--nonsense"], ["new"], ["evaluate"], ["serve", "--port", "http"]])
def test_arguments_that_make_no_sense_end_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build.main(arguments)
    assert ended.value.code == build.COULD_NOT_RUN
    assert "usage: build.py" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["build", "ingest", "publish", "check", "verify", "serve", "withdraw", "new", "evaluate"])
def test_every_command_explains_itself_and_takes_a_root(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build.main([verb, "--help"])
    assert ended.value.code == build.CLEAN
    assert "--root DIR" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], "build"),
        (["--quiet"], "build"),
        (["--quiet", "ingest"], "ingest"),
        (["--root", "build", "check"], "check"),
        (["--root", "build"], "build"),
        (["evaluate", "x"], "evaluate"),
    ],
)
def test_the_command_may_stand_anywhere_and_is_build_where_none_is_named(arguments: list[str], command: str) -> None:
    assert door.with_command(arguments)[0] == command


def test_the_commands_are_those_of_the_help() -> None:
    assert set(door.COMMANDS) == set(re.findall(r"^    ([a-z]+) ", door.parser().format_help(), flags=re.MULTILINE))


def test_a_fault_of_the_program_is_told_from_a_finding(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bindery.pipeline.check", lambda _: 1 / 0)

    assert build.main(["check", "--root", str(archive)]) == build.COULD_NOT_RUN
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_every_command_stands_in_the_readme() -> None:
    readme = (Path(build.__file__).parent / "README.md").read_text(encoding="utf-8")

    assert [command for command in door.COMMANDS if f"`python build.py {command}" not in readme] == []


def test_a_digest_goes_where_it_is_asked_to(built: Path, tmp_path: Path) -> None:
    common = ("digest", "--root", str(built), "--base-url", "https://archive.example")
    files = [tmp_path / name for name in ("a.eml", "b.html", "c.txt")]
    assert run(*common, "--since", "2018", "--to-eml", str(files[0])).stdout.startswith(f"{files[0]}: 1 briefing, ")
    assert run(*common, "--since", "2018-05", "--html", str(files[1])).returncode == build.CLEAN
    assert run(*common, "--since", "2018-05-14", "-o", str(files[2])).returncode == build.CLEAN
    printed = run(*common, "--since", "2018", "--to-eml", "-")

    assert files[0].read_bytes().replace(b"\r\n", b"\n") == printed.stdout.encode()
    assert files[1].read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "* Harbour office opens in Aalborg\n  14 May 2018\n" in files[2].read_text("utf-8")


def test_nothing_new_writes_nothing_and_ends_with_one(built: Path, tmp_path: Path) -> None:
    done = run("digest", "--root", str(built), "--base-url", "https://a.example", "--since", "2030", "-o", str(tmp_path / "new.eml"))
    assert (done.returncode, done.stdout) == (build.FINDINGS, "")
    assert done.stderr == "nothing since 2030-01-01: no message was written\n"
    assert not (tmp_path / "new.eml").exists()


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param(("digest", "--since", "2018"), "site.yaml: an e-mail needs links that lead to the archive", id="no address"),
        pytest.param(("eml", "nobody", "--base-url", "https://a.example"), "nobody: no such briefing", id="no briefing"),
        pytest.param(
            ("digest", "--since", "2018", "--base-url", "https://a.example", "-o", "no/x.eml"), "no/x.eml: cannot be", id="no folder"
        ),
    ],
)
def test_an_e_mail_that_cannot_be_written_says_why(built: Path, tmp_path: Path, arguments: tuple[str, ...], error: str) -> None:
    done = run(*arguments, "--root", str(built), cwd=tmp_path)
    assert done.returncode == build.COULD_NOT_RUN
    assert done.stderr.startswith(error)
    assert "\n    fix: " in done.stderr
    assert "Traceback" not in done.stderr


def test_one_briefing_comes_as_a_message(built: Path) -> None:
    done = run("eml", "harbour.txt", "--root", str(built), "--base-url", "https://archive.example", "--to", "all@archive.example")
    assert done.returncode == build.CLEAN
    assert "\nTo: all@archive.example\n" in done.stdout
    assert "opened a new building" in done.stdout
