"""How good ingest is may not fall: floors on pages that are labelled by hand.

A floor is raised when the figure has risen; lowering one is a commit of its own that says what was gained for it.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml

from bindery.evaluate import evaluate
from bindery.score import Scores

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "tests" / "golden" / "pages"
FLOORS: dict[str, dict[str, float]] = yaml.safe_load((PAGES / "floors.yaml").read_text("utf-8"))

SETS = {
    "open": "python build.py evaluate tests/golden/pages/open --errors",
    "held": "held pages are for measuring only; find a page of your own that shows it, or look in open/: "
    "python build.py evaluate tests/golden/pages/open --errors",
    "seeds": "copy seeds/*.txt and tests/golden/pages/seeds/*.json into one folder, then: python build.py evaluate FOLDER --errors",
}
"""Folder → how to see the errors."""


@cache
def measured_on(folder: str) -> Scores:
    """The seeds' texts are those of the archive itself."""
    if folder != "seeds":
        return evaluate(PAGES / folder)
    with TemporaryDirectory() as together:
        for path in (*(ROOT / "seeds").glob("*.txt"), *(PAGES / "seeds").glob("*.json")):
            shutil.copy(path, together)
        return evaluate(Path(together))


def figures(scores: Scores) -> dict[str, float]:
    """Every figure that `evaluate` prints, by the name it has in floors.yaml."""
    found: dict[str, float | None] = {}
    for kind, matches in scores.kinds.items():
        found[f"{kind} precision"], found[f"{kind} recall"] = matches.precision, matches.recall
    found |= {"roles": scores.roles.value, **{key: share.value for key, share in scores.metadata.items()}}
    found |= {"body kept": scores.body_kept.value, "junk gone": scores.junk_gone.value}
    return {name: value for name, value in found.items() if value is not None}


@pytest.mark.parametrize(("folder", "figure"), [(folder, figure) for folder, floors in FLOORS.items() for figure in floors])
def test_a_figure_stays_above_its_floor(folder: str, figure: str) -> None:
    value, floor = figures(measured_on(folder))[figure], FLOORS[folder][figure]
    assert value >= floor, f"{figure} on {folder}/ fell to {value:.3f}, its floor is {floor}. To see the errors: {SETS[folder]}"


@pytest.mark.parametrize("folder", SETS)
def test_every_figure_has_a_floor(folder: str) -> None:
    assert set(FLOORS[folder]) == set(figures(measured_on(folder)))


@pytest.mark.parametrize("folder", ["open", "held"])
def test_every_page_has_its_record(folder: str) -> None:
    texts, records = ({path.stem for path in (PAGES / folder).glob(f"*.{ending}")} for ending in ("txt", "json"))
    assert texts == records
    assert measured_on(folder).document_count == len(texts)
