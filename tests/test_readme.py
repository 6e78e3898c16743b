"""What the README shows is so: its commands run, its tree is there, its finding codes are those of the program."""

from __future__ import annotations

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bindery.config import DEFAULTS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")

NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "site", ".site-*", ".cache", "node_modules", "__pycache__", ".*_cache", ".hypothesis")

READ_ONLY = {
    "git clone https://github.com/OWNER/REPOSITORY.git bindery": "the copy stands for the clone",
    "cd bindery": "the copy stands for the clone",
    "pip install -r requirements.txt": "the packages are there: the workflow ci.yml and tools/venv.sh install them for real",
    "make check": "runs in CI before these tests",
    "make test": "runs these tests",
    'make bench N=1000 PEERS="hugo eleventy pelican"': "takes minutes and installs them; tests/test_benchmarks.py runs it small",
    "make bench-search BRIEFINGS=2000": "takes minutes and both browsers",
    "python build.py check --deep": "the copy has no history; tests/check/test_deep.py makes one",
    "python build.py serve --review": "serves until it is stopped: tests/desk/test_door.py runs it",
    "make lighthouse": "takes minutes and npm; tests/test_lighthouse.py tries what it says",
    "make bench-hostile N=1000": "takes minutes; tests/test_benchmarks.py tries what it says",
    "make test-deep": "takes minutes; make test runs a part of it",
    "make fuzz MINUTES=20": "takes the minutes that it is given",
}
"""Commands that are not run here, and why."""

SMALLER = {"make bench-stories N=10000": "make bench-stories N=1000"}
"""Commands that are run with less to do."""
WITH_FINDINGS = {
    "python build.py build --report .cache/report.html",
    "python build.py build --log-json build.log",
    "python build.py build --strict",
}
"""They stand below `withdraw`, after which nobody names some confirmed records any more."""


def commands() -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the repository in which `make` finds the running Python as its finished .venv."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(ROOT, home / "bindery", ignore=NOT_COPIED)
    (home / "Downloads").mkdir()
    (home / "Downloads" / "page.txt").write_text(
        "Port of Kobe receives a delegation\n\nUpdated: May 3, 2019\n\nA delegation from Kobe visited Tianjin on May 2.\n", "utf-8"
    )
    programs = home / "bindery" / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    (programs / "python").chmod(0o755)
    for stamp in ("ready", "ready-dev"):
        (home / "bindery" / ".venv" / stamp).touch()
    yield home / "bindery"
    shutil.rmtree(home)


def environment(clone: Path) -> dict[str, str]:
    path = os.pathsep.join([str(clone / ".venv" / "bin"), os.environ["PATH"]])
    return {**os.environ, "HOME": str(clone.parent), "PATH": path, "PORT": "0", "PYTHONUNBUFFERED": "1"}


def test_every_command_is_one_that_is_tested_below() -> None:
    assert len(commands()) >= 10
    assert set(READ_ONLY) | set(SMALLER) | WITH_FINDINGS <= set(commands()), "READ_ONLY has a command the README does not show"


@pytest.mark.parametrize(
    "command", [command for command in dict.fromkeys(commands()) if command not in READ_ONLY and command != "make serve"]
)
def test_a_command_of_the_readme_runs(clone: Path, command: str) -> None:
    """In the README's order, each in the state that the ones before it left."""
    shown = ["bash", "-ec", SMALLER.get(command, command)]
    run = subprocess.run(shown, cwd=clone, env=environment(clone), capture_output=True, text=True, check=False)
    assert run.returncode == (command in WITH_FINDINGS), f"{command}\n{run.stdout}{run.stderr}"


def test_make_serve_serves_until_it_is_stopped(clone: Path) -> None:
    assert "make serve" in commands()
    with subprocess.Popen(
        ["make", "serve"],
        cwd=clone,
        env=environment(clone),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as running:
        try:
            assert running.stdout is not None
            assert any(line.startswith("Serving http://127.0.0.1:") for line in running.stdout)
            os.killpg(running.pid, signal.SIGTERM)  # SIGINT is ignored where the suite itself runs in the background
            assert "Stopped." in running.communicate(timeout=60)[0]
        finally:
            running.kill()


@pytest.mark.parametrize(
    "target", sorted(set(re.findall(r"make ([a-z-]+)", README + (ROOT / "CONTRIBUTING.md").read_text("utf-8"))) - {"what"})
)
def test_a_make_target_that_is_named_is_there_and_in_the_help(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(rf"^{target}:.*## ", makefile, flags=re.MULTILINE)


def test_everything_in_the_tree_is_there() -> None:
    (tree,) = re.findall(r"^## The tree\n\n```\n(.*?)```", README, flags=re.DOTALL | re.MULTILINE)
    for line in tree.splitlines():
        name = line.split()[0]
        assert (ROOT / ("bindery" if line.startswith("  ") else "") / name).exists(), name


def test_every_finding_code_has_its_sentence_and_no_other_is_listed() -> None:
    listed = re.findall(r"^\| `([a-z-]+)` \| ", README.partition("## Findings")[2].partition("\n## ")[0], flags=re.MULTILINE)
    used = {
        node.args[0].value
        for path in ROOT.glob("bindery/**/*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding"
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    assert listed == sorted(used)


def test_every_key_of_site_yaml_is_explained() -> None:
    listed = re.findall(r"^\| `([a-z_]+)` \| ", README.partition("`site.yaml` has these keys")[2].partition("\n## ")[0], flags=re.MULTILINE)
    assert sorted(listed) == sorted(DEFAULTS)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "bindery/fresh/README.md", "bindery/fresh/content.md"])
def test_a_link_to_a_file_leads_to_one(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    fenceless = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", fenceless):
        assert target.startswith("https://") or (ROOT / name).parent.joinpath(target).exists(), target
