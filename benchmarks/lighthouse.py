"""The archive's own site → what Lighthouse says of its pages on a phone.

    python -m benchmarks.lighthouse                                  # or: make lighthouse
    python -m benchmarks.lighthouse map network --runs 5             # other kinds of page, tests/browser/kinds.py has them
    python -m benchmarks.lighthouse --site DIR                       # a site that is built already

The site is served below /repository/ with gzip, as GitHub Pages does. A figure is the median of the runs: Lighthouse works out what a
slow phone would take from what this machine takes, so that a busy one costs performance and nothing else.
Exit status 1 when a figure is below its floor, 2 when Lighthouse cannot be had.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.measure import RunError
from benchmarks.showing import stage
from tests.browser.conftest import CHROMIUMS, REPOSITORY, publish
from tests.browser.kinds import KINDS, example
from tests.browser.serving import serving

VERSION = "12.8.2"
"""The newest that runs on Node 18 and 20, as Debian and Ubuntu have them."""
INSTALLED = REPOSITORY / ".cache/lighthouse"
PROGRAM = "node_modules/lighthouse/cli/index.js"
PAGES = ("home", "briefing", "city", "search")
FLOORS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
UNLISTED = {("review", "seo")}
"""Kinds of page that ask search engines to leave them out, which costs them that figure."""
RUNS = 3
REMEDY = "Lighthouse needs Node 18 or newer with npm: apt install nodejs npm"

Figures = Mapping[str, int]
"""Category → of a hundred."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description="Hold pages against Lighthouse.")
    options.add_argument("kinds", nargs="*", choices=[*KINDS, []], default=[], metavar="KIND", help="kinds of page, in place of four")
    options.add_argument("--runs", type=int, default=RUNS)
    options.add_argument("--site", type=Path, help="a site that is built already")
    chosen = options.parse_args(arguments)
    try:
        program = install(INSTALLED)
        with own_site(chosen.site) as site, serving(site, "/repository/", compresses=True) as address:
            pages = {kind: example(site, kind) for kind in chosen.kinds or PAGES}
            found = measure(program, {kind: address + page for kind, page in pages.items()}, chosen.runs)
    except RunError as error:
        print(f"{error}\n    fix: {REMEDY}", file=sys.stderr)
        return 2
    print(table(found))
    beyond = list(below(found))
    print("\n".join(beyond) or "no page is below a floor")
    return 1 if beyond else 0


@contextmanager
def own_site(ready: Path | None) -> Iterator[Path]:
    """The repository's archive, published in a folder of its own."""
    if ready:
        yield ready
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in ("content", "seeds"):
            shutil.copytree(REPOSITORY / name, Path(folder, name))
        shutil.copy(REPOSITORY / "site.yaml", folder)
        yield publish(Path(folder))


def install(folder: Path) -> Path:
    """Lighthouse with what it needs, from npm; as it is when it is there in this version. Raises RunError if it cannot be had."""
    program, package = folder / PROGRAM, folder / "node_modules/lighthouse/package.json"
    if package.is_file() and json.loads(package.read_text(encoding="utf-8"))["version"] == VERSION:
        return program
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    options = ("--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    _done(("npm", "install", *options, "--prefix", str(folder), f"lighthouse@{VERSION}"))
    return program


def measure(program: Path, address_by_kind: Mapping[str, str], runs: int) -> dict[str, Figures]:
    """Kind → the median of its figures, category by category."""
    found = {}
    with stage("lighthouse", len(address_by_kind)) as shown:
        for kind, address in address_by_kind.items():
            shown.begin(kind)
            figures = [figures_of(report(program, address)) for _ in range(runs)]
            found[kind] = {category: round(statistics.median(one[category] for one in figures)) for category in FLOORS}
            shown.end(", ".join(f"{category} {figure}" for category, figure in found[kind].items()))
    return found


def report(program: Path, address: str) -> Any:
    """What Lighthouse says of one page, with its settings for a phone."""
    browser = next(filter(None, map(shutil.which, CHROMIUMS)), "")
    is_root = sys.platform != "win32" and os.geteuid() == 0  # Chromium's sandbox refuses to start for root, which CI often is
    flags = "--headless=new --disable-gpu" + (" --no-sandbox" if is_root else "")
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder, "report.json")
        command = ("node", str(program), address, "--quiet", "--output=json", f"--output-path={written}", f"--chrome-flags={flags}")
        _done(command, {"CHROME_PATH": browser})
        said = json.loads(written.read_text(encoding="utf-8"))
    if "runtimeError" in said:
        raise RunError(f"{address}: {said['runtimeError']['message']}")
    return said


def figures_of(said: Any) -> Figures:
    return {category: round(100 * (said["categories"][category]["score"] or 0)) for category in FLOORS}


def below(found: Mapping[str, Figures]) -> Iterator[str]:
    """Each figure that is below its floor, in words."""
    for kind, figures in found.items():
        for category, floor in FLOORS.items():
            if figures[category] < floor and (kind, category) not in UNLISTED:
                yield f"{kind}: {category} is {figures[category]}, and may not be below {floor}"


def table(found: Mapping[str, Figures]) -> str:
    rows = [("", *FLOORS), *((kind, *map(str, figures.values())) for kind, figures in found.items())]
    return "\n".join(f"{name:<14}" + "".join(f"{cell:>16}" for cell in cells) for name, *cells in rows)


def _done(command: Sequence[str], more: Mapping[str, str] | None = None) -> None:
    try:
        run = subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", check=False, env={**os.environ, **(more or {})}
        )
    except OSError as error:
        raise RunError(f"{command[0]} cannot be started: {error.strerror}") from error
    if run.returncode:
        raise RunError((run.stderr or run.stdout).strip()[-300:] or f"{command[0]} failed without a word")


if __name__ == "__main__":
    sys.exit(main())
