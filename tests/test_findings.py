"""Every finding has a code, a place, a problem and a remedy: golden folders of what build.py prints."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import repository
from tests.builds import door

ROOT = Path(__file__).parent.parent
CASES = sorted(path.parent for path in (ROOT / "tests/golden/findings").glob("*/in"))
FINDING = re.compile(r'Finding\(\s*"([a-z-]+)"')


BY_ITSELF = "broken-link"
"""The case that runs as a program of its own; the others, which say the same there, in this process."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_build_says_what_is_wrong_where_and_what_to_do(
    case: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "archive"
    if (case / "before").exists():
        repository.commit(case / "before", archive)
    shutil.copytree(case / "in", archive, dirs_exist_ok=True)
    verb = case / "command.txt"  # another than build
    verbs = verb.read_text(encoding="utf-8").split() if verb.exists() else ["build"]
    monkeypatch.chdir(tmp_path)
    arguments = [*verbs, "--quiet", "--root", str(archive)]
    program = [sys.executable, str(ROOT / "build.py"), *arguments]
    by_itself = case.name == BY_ITSELF
    run = subprocess.run(program, capture_output=True, check=False, encoding="utf-8") if by_itself else door(*arguments)
    printed = f"exit status {run.returncode}\n{run.stdout}{run.stderr}"
    expected = case / "expected.txt"
    if request.config.getoption("--update-golden"):
        expected.write_text(printed, encoding="utf-8")

    assert printed == expected.read_text(encoding="utf-8")
    assert case.name in printed or case.name == "lost-address"


def test_every_code_of_the_program_has_a_case() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "bindery").rglob("*.py")]

    assert {code for source in sources for code in FINDING.findall(source)} == {case.name for case in CASES}
