"""What each rule is worth: switched off it is gone, and nothing else is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

import build
from bindery import ablate, evaluate, rules
from bindery.ingest import read
from bindery.ingest.annotate import Known, annotate
from bindery.ingest.clean.page import draft
from bindery.model import Seed
from tests.ingest.pages import cleaned, seed

GOLDEN = Path(__file__).parent / "golden"
GOLD = GOLDEN / "evaluate" / "gold"
OPEN = GOLDEN / "pages" / "open"

PAGE = """Port of Linden and Oslo agree on ferries

3 May 2019

Ann Lee, chair of the port of Linden, met Mayor Karl Moen in Oslo on Thursday, and both sides spoke about ferries and rails.

On Friday they spoke of Hitachi in the evening, and the two ports will share what they cost over the coming eleven years.

Copyright 2019 Port of Linden. All rights reserved.
"""
RECORD = {
    "title": "Port of Linden and Oslo agree on ferries",
    "published": "2019-05-03",
    "source": None,
    "byline": None,
    "lines": {"1": "title", "3": "date", "5": "body", "7": "body", "9": "footer"},
    "cities": [{"name": "Oslo", "forms": ["Oslo"]}],
    "officials": [
        {"name": "Ann Lee", "forms": ["Ann Lee"], "role": "chair of the port of Linden"},
        {"name": "Karl Moen", "forms": ["Karl Moen"], "role": "Mayor"},
    ],
    "companies": [{"name": "Hitachi", "forms": ["Hitachi"]}],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "ferries.txt").write_text(PAGE, "utf-8")
    (tmp_path / "ferries.json").write_text(json.dumps(RECORD), "utf-8")
    return tmp_path


@pytest.mark.parametrize(("labelled", "every"), [(GOLD, 1), (OPEN, 6)], ids=["evaluate", "open"])
def test_with_all_rules_the_figures_are_those_of_evaluate(labelled: Path, every: int, tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    for record in sorted(labelled.glob("*.json"))[::every]:
        for path in (record, record.with_suffix(".txt")):
            shutil.copy(path, folder)
    seeds = [read.read(path, folder) for path in read.seed_paths(folder)]
    pages = [(page, annotate(page, Known())) for page in map(draft, seeds)]
    records = list(evaluate.read_gold(folder))
    assert ablate.measured(records, pages) == evaluate.evaluate(folder)


@pytest.mark.parametrize(
    ("code", "figure", "change"),
    [
        ("official-office-before", "officials", 2 / 3 - 1),
        ("official-office-after", "officials", 2 / 3 - 1),
        ("company-listed", "companies", -1.0),
        ("date", "date", -1.0),
        ("title", "title", -1.0),
        ("copyright", "junk gone", -1.0),
    ],
)
def test_a_rule_is_worth_what_is_lost_without_it(gold: Path, code: str, figure: str, change: float) -> None:
    effects = {effect.rule: effect for effect in ablate.ablate(gold).effects}
    assert effects[code].changes[figure] == pytest.approx(change)
    assert {other for other, value in effects[code].changes.items() if abs(value) > 1e-9} <= {figure}


def test_the_most_valuable_rule_comes_first_and_the_silent_are_named(gold: Path) -> None:
    found = ablate.ablate(gold)
    totals = [round(effect.total, 6) for effect in found.effects]
    assert totals == sorted(totals)
    assert all(effect.fired for effect in found.effects)
    codes = {code for code, rule in rules.rules().items() if rule.stage in ablate.STAGES} - {"body"}
    assert {effect.rule for effect in found.effects} | set(found.silent) == codes
    assert "company-venture" in found.silent


def pages_of(folder: Path) -> list[Seed]:
    return [read.read(path, folder) for path in read.seed_paths(folder)]


def firings(seeds: Sequence[Seed]) -> dict[str, int]:
    return ablate.firings([(page, annotate(page, Known())) for page in map(draft, seeds)])


@pytest.fixture(scope="module")
def seeds_by_rule() -> dict[str, list[Seed]]:
    """A few pages on which each rule fires."""
    found: dict[str, list[Seed]] = {}
    for one in [*pages_of(OPEN), seed(PAGE)]:
        for code in firings([one]):
            if len(found.setdefault(code, [])) < 2:
                found[code].append(one)
    return found


@pytest.mark.parametrize("code", [code for code, rule in rules.rules().items() if rule.stage in ablate.STAGES and code != "body"])
def test_a_rule_that_is_switched_off_is_silent(code: str, seeds_by_rule: dict[str, list[Seed]]) -> None:
    seeds = seeds_by_rule.get(code, [seed(PAGE)])
    before = firings(seeds)
    with rules.without(code):
        assert code not in firings(seeds)
    assert firings(seeds) == before, "something remembered what it found while the rule was off"


def test_a_line_whose_rule_is_off_is_judged_by_the_others() -> None:
    page = PAGE + "\nRelated news\n\nPort of Linden buys a crane\n"
    assert rule_of("Related news", page) == "related-heading"
    with rules.without("related-heading"):
        assert rule_of("Related news", page) == "below-footer"


def test_a_line_that_no_rule_drops_any_more_is_kept() -> None:
    assert rule_of("Copyright", PAGE) == "copyright"
    with rules.without("copyright"):
        assert rule_of("Copyright", PAGE) == "body"
        assert cleaned(PAGE).paragraphs[-1].text.startswith("Copyright 2019")


def rule_of(start: str, page: str) -> str:
    return next(verdict.rule for verdict in cleaned(page).verdicts if verdict.line.text.startswith(start))


def test_rules_come_back_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), rules.without("copyright"):
        raise ZeroDivisionError
    assert rules.active("copyright")
    with rules.without("copyright"), rules.without("menu"):
        assert rules.switched_off() == {"copyright", "menu"}


def test_evaluate_prints_the_table(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["evaluate", str(gold), "--ablate"]) == 0
    lines = capsys.readouterr().out.splitlines()
    row = next(line for line in lines if line.startswith("company-listed"))
    assert row.split()[1] == "1"
    assert "-1000.0" in row
    assert lines[-1].startswith("Never fired here: ")
