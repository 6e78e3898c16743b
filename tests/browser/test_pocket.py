"""A pocket file, as it arrives by e-mail: one file on disk, no network, a search that finds a phrase."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import REPOSITORY
from tests.browser.readers import Reader

STATUS = "document.querySelector('[role=status]').textContent"
SEARCHES = {
    "a phrase": ('"140 Japanese companies"', 1),
    "words in any order": ("companies Japanese 140", 1),
    "the beginning of a word": ("liangj", 1),
    "no accents, no case": ("HITACHI Automotive", 1),
    "a hyphen": ("consul-general", 4),
    "nothing": ("no such words", 0),
    "signs alone": ("--- ((", None),
}


@pytest.fixture(scope="module")
def pocket(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All five briefings of this repository."""
    path = tmp_path_factory.mktemp("mail") / "pocket #1 资料.html"
    command = [sys.executable, str(REPOSITORY / "build.py"), "pocket", "-o", str(path)]
    run = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stdout + run.stderr
    return path


def type_in(reader: Reader, words: str) -> None:
    reader.evaluate(f"Object.assign(document.querySelector('#q'), {{ value: {words!r} }}).form.requestSubmit()")


def test_five_briefings_are_under_a_megabyte(pocket: Path) -> None:
    assert pocket.stat().st_size < 1_000_000


def test_it_opens_and_asks_for_nothing(reader: Reader, pocket: Path) -> None:
    reader.goto(pocket.as_uri())

    assert reader.evaluate("document.querySelectorAll('article').length") == 5
    assert reader.evaluate("performance.getEntriesByType('resource').length") == 0


@pytest.mark.parametrize("search", SEARCHES)
def test_it_finds(reader: Reader, pocket: Path, search: str) -> None:
    words, count = SEARCHES[search]
    reader.goto(pocket.as_uri())
    type_in(reader, words)

    if count is None:
        assert reader.evaluate("document.querySelector('.pocket-results').hidden")
    else:
        assert reader.evaluate(STATUS).startswith(f"{count or 'No'} briefing")
        assert reader.evaluate("document.querySelectorAll('.pocket-results mark').length > 0") == bool(count)


def test_a_hit_leads_to_its_paragraph_marked(reader: Reader, pocket: Path) -> None:
    reader.goto(pocket.as_uri())
    type_in(reader, '"140 Japanese companies"')
    reader.evaluate("document.querySelector('.pocket-results .hit').click()")
    reader.wait_for("Boolean(document.querySelector(':target'))")

    assert "140 Japanese companies" in reader.evaluate("document.querySelector(':target').textContent")
    assert reader.evaluate("[...CSS.highlights.get('found')].map(String)") == ["140 Japanese companies"]


def test_a_name_is_offered_above(reader: Reader, pocket: Path) -> None:
    reader.goto(pocket.as_uri())
    type_in(reader, "hitachi")

    assert reader.evaluate("document.querySelector('.pocket-results__name a').getAttribute('href')").startswith("#")


def test_it_fits_a_phone(reader: Reader, pocket: Path) -> None:
    reader.goto(pocket.as_uri())
    type_in(reader, "japanese")

    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
