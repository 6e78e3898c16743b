"""The imports go one way, as DESIGN has it: model ← errors ← config ← content ← ingest | publish ← check ← pipeline ← build.py."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

ARROW: tuple[tuple[str, ...], ...] = (
    ("model",),
    ("errors", "journal", "progress"),
    ("dossiers", "garbage", "outlet", "reading", "refusals", "sealed", "segments", "stamps", "team"),
    ("languages",),
    ("config", "rules"),
    ("content", "stories"),
    ("ingest", "publish"),
    ("check", "query"),
    ("pipeline", "score", "site_server", "watch"),
    ("evaluate", "new", "report", "serve"),
    ("ablate", "desk"),
    ("door",),
    ("build",),
)
"""Stages by rank; each imports from the ranks before it and from itself, never from its own rank: ingest and publish do not
know each other."""

RANK = {stage: rank for rank, stages in enumerate(ARROW) for stage in stages}

BLURS = frozenset({"base", "common", "helper", "helpers", "lib", "misc", "shared", "stuff", "tools", "util", "utils"})

SOURCES = sorted([*ROOT.glob("bindery/**/*.py"), ROOT / "build.py"])

SOURCE_IDS = [path.relative_to(ROOT).as_posix() for path in SOURCES]


def stage_of(path: Path) -> str:
    """ "publish" for bindery/publish/views/city.py, "build" for build.py."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[1] if parts[0] == "bindery" else parts[0]


def imported_stages(tree: ast.AST, package: str) -> Iterator[tuple[int, str]]:
    """Line and stage of every import of ours, also those inside functions and under TYPE_CHECKING."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: -node.level + 1 or None] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "bindery" else [module]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "bindery" and len(parts) > 1:
                yield node.lineno, parts[1]


@pytest.mark.parametrize("path", SOURCES, ids=SOURCE_IDS)
def test_a_module_imports_only_from_stages_before_its_own(path: Path) -> None:
    stage = stage_of(path)
    if stage == "__init__":
        return
    assert stage in RANK, f"{stage} has no place in the arrow: give it one in {Path(__file__).name}"
    package = ".".join(path.relative_to(ROOT).parent.parts)
    backwards = [
        f"{path.relative_to(ROOT)}:{line}: {stage} imports {other}"
        for line, other in imported_stages(ast.parse(path.read_text("utf-8")), package)
        if other != stage and RANK.get(other, len(ARROW)) >= RANK[stage]
    ]
    assert backwards == []


@pytest.mark.parametrize("path", SOURCES, ids=SOURCE_IDS)
def test_no_module_is_named_for_nothing(path: Path) -> None:
    assert not BLURS & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}


@pytest.mark.parametrize(
    ("source", "package", "stages"),
    [
        ("from bindery.publish import pages", "bindery.ingest", ["publish"]),
        ("from bindery import config, publish", "bindery", ["config", "publish"]),
        ("import bindery.publish.pages as p", "bindery", ["publish"]),
        ("def late():\n    from bindery.ingest import read", "bindery.publish", ["ingest"]),
        ("from ..publish import pages", "bindery.ingest", ["publish"]),
        ("from . import read", "bindery.ingest", ["ingest"]),
        ("from .. import publish", "bindery.ingest", ["publish"]),
        ("import json", "bindery", []),
    ],
)
def test_every_way_of_importing_is_seen(source: str, package: str, stages: list[str]) -> None:
    assert [stage for _, stage in imported_stages(ast.parse(source), package)] == stages


@pytest.mark.parametrize(
    ("module", "strangers"),
    [
        ("bindery.pipeline", ("bindery.ingest", "bindery.publish", "bindery.check", "msgspec", "yaml")),
        ("bindery.ingest.intake", ("bindery.publish", "bindery.ingest.annotate", "bindery.ingest.clean", "charset_normalizer")),
        ("bindery.publish.issue", ("bindery.ingest", "bindery.publish.views", "bindery.publish.press", "jinja2", "markdown", "PIL")),
    ],
)
def test_a_run_that_has_nothing_to_do_loads_nothing_for_doing_it(module: str, strangers: tuple[str, ...]) -> None:
    told = subprocess.run(
        (sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"), cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert [name for name in told.stdout.split() if name.startswith(strangers)] == []
