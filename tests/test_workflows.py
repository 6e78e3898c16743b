"""The workflows are valid, ask for no more than they need, and use the actions that are current."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))

CURRENT = {
    "actions/checkout": "v7",
    "actions/configure-pages": "v6",
    "actions/deploy-pages": "v5",
    "actions/download-artifact": "v8",
    "actions/setup-python": "v7",
    "actions/upload-artifact": "v7",
    "actions/upload-pages-artifact": "v5",
}
"""As of November 2026."""


def program(name: str) -> str:
    """From the environment the tests run in, whether it is on the PATH or not."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    assert found, f"{name} is not installed; run make test, which installs it"
    return found


def load(name: str) -> dict[str, Any]:
    values = yaml.load((ROOT / ".github" / "workflows" / name).read_text("utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(values, dict)
    return values


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_actionlint_is_clean() -> None:
    run = subprocess.run([program("actionlint"), *WORKFLOWS], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout + run.stderr) == (0, "")


def test_zizmor_finds_nothing_that_could_be_abused() -> None:
    command = [
        program("zizmor"),
        "--offline",
        "--no-progress",
        "--persona",
        "auditor",
        "--config",
        ROOT / ".github" / "zizmor.yml",
        *WORKFLOWS,
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_current(path: Path) -> None:
    for step in steps(load(path.name)):
        if "uses" in step:
            action, _, version = step["uses"].partition("@")
            assert version == CURRENT[action]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_do_nothing_until_a_job_says_what(path: Path) -> None:
    workflow = load(path.name)
    assert workflow["permissions"] == {}
    assert all("permissions" in job for job in workflow["jobs"].values())


def test_only_the_publishing_job_may_write_and_it_runs_nothing_of_ours() -> None:
    jobs = load("pages.yml")["jobs"]
    assert jobs["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert not any("run" in step for step in jobs["deploy"]["steps"])


def test_the_artifact_keeps_nojekyll() -> None:
    (upload,) = (step for step in steps(load("pages.yml")) if step.get("uses", "").startswith("actions/upload-pages-artifact"))
    assert upload["with"] == {"path": "site", "include-hidden-files": "true"}


def test_the_manifests_of_every_python_the_lock_is_for_are_compared() -> None:
    jobs = load("ci.yml")["jobs"]
    (locked,) = re.findall(r"for Python (3\.\d+) to 3\.(\d+)", (ROOT / "Makefile").read_text("utf-8"))
    versions = [f"3.{minor}" for minor in range(int(locked[0].partition(".")[2]), int(locked[1]) + 1)]
    assert jobs["manifest"]["strategy"]["matrix"]["python"] == versions
    assert jobs["reproducible"]["needs"] == "manifest"


def test_a_manifest_that_differs_fails_the_comparison(tmp_path: Path) -> None:
    script = next(step["run"] for step in load("ci.yml")["jobs"]["reproducible"]["steps"] if "run" in step)
    for version in ("3.11", "3.12", "3.13"):
        (tmp_path / f"manifest-{version}").mkdir()
        (tmp_path / f"manifest-{version}/manifest.json").write_text("{}", "utf-8")
    command = ["bash", "-e", "-c", script]  # as the runner calls it
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    (tmp_path / "manifest-3.12/manifest.json").write_text("{ }", "utf-8")
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 1
