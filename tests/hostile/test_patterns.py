"""Bombs against every pattern of the program: on none of them may its time grow with the square of the text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bindery.ingest.annotate.windows import LONGEST
from tests.hostile import bombs
from tests.hostile.patterns import Found, assigned

ROOT = Path(__file__).resolve().parent.parent.parent
BOUNDED = {
    "bindery/ingest/annotate/native_companies.py:_start": "asked of the sixteen characters before a place",
    "bindery/ingest/annotate/officials_japanese.py:RUN_BEFORE": "asked of the characters before an office that a role may have",
    "bindery/ingest/annotate/officials_korean.py:BEFORE_BRACKET": "asked of the thirty characters before a bracket",
    "bindery/ingest/annotate/officials_korean.py:DIRECT_OWNER": "asked of the thirty characters before a name",
    "bindery/ingest/annotate/officials_korean.py:OWNER": "asked of the thirty characters before a name",
    "bindery/ingest/clean/signature.py:_DOMAIN": "asked of the last 90 characters of a paragraph",
    "bindery/publish/offices/grammar.py:_BARE": "asked of roles of 200 characters at most",
    "bindery/publish/offices/grammar.py:_CONSULATE": "the same",
    "bindery/publish/offices/grammar.py:_PROVINCE": "the same",
    "bindery/publish/offices/grammar.py:_SEAT": "the same",
    "bindery/publish/offices/grammar.py:_TOWN": "the same",
    "bindery/publish/offices/nations.py:_WITH_ARTICLE": "asked of the countries of its own table",
    "bindery/publish/stylesheets.py:_KEPT": "reads style sheets of the program's",
    "bindery/publish/wording.py:_AROUND": "reads texts of templates",
}
"""Patterns that take the square of a length that is bounded, or of a text that no seed has a part in, and why."""
TEXTUAL = re.compile(r" = re\.compile\((?!r?b)")
"""A pattern for texts; those for bytes look at what the program itself wrote."""
FEWEST = 300
"""Patterns found while this was written: 343. Fewer, and something is not looked at."""


def patterns() -> list[Found]:
    run = subprocess.run([sys.executable, "-m", "tests.hostile.patterns"], capture_output=True, check=True, cwd=ROOT, encoding="utf-8")
    return [Found(**{**values, "asked": tuple(values["asked"])}) for values in json.loads(run.stdout)]


@pytest.fixture(scope="module")
def found() -> list[Found]:
    return patterns()


def test_all_patterns_of_the_program_are_found(found: list[Found]) -> None:
    assert len(found) > FEWEST
    places = {pattern.place.partition(":")[0] for pattern in found}
    writing = {path.relative_to(ROOT).as_posix() for path in (ROOT / "bindery").rglob("*.py") if TEXTUAL.search(path.read_text("utf-8"))}
    assert writing - places == set()


def test_no_pattern_takes_the_square_of_a_text(found: list[Found]) -> None:
    slow = {}
    for pattern in found:
        name = f"{pattern.place.partition(':')[0]}:{assigned(pattern.place)}"
        if name not in BOUNDED and (damage := bombs.damage(pattern.pattern, searches=pattern.searches)):
            slow[name] = damage
    assert slow == {}


@pytest.mark.parametrize(
    ("source", "searches"),
    [
        pytest.param(r"(a+)+$", False, id="nested"),
        pytest.param(r"(a|a)*$", False, id="two ways"),
        pytest.param(r"\w+@", True, id="begun anew at every letter"),
        pytest.param(r"x[ .]*[ .:]*[\w.]*\d$", False, id="three that overlap"),
    ],
)
def test_a_slow_pattern_is_told(source: str, *, searches: bool) -> None:
    assert bombs.damage(bombs.re.compile(source), searches=searches)


@pytest.mark.parametrize("source", [r"(?<!\w)\w+@", r"a+$", r"(?:ab)*c", r"[^(]*\("[:-2]])
def test_a_pattern_of_linear_time_is_not(source: str) -> None:
    assert bombs.damage(bombs.re.compile(source), searches=False) is None


def test_a_window_is_no_longer_than_the_longest_bomb() -> None:
    assert bombs.LENGTHS[-1] >= LONGEST
