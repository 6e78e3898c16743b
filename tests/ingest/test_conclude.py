"""What a run leaves in content/ is what the next one would leave there, also where linking goes round in a circle."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from bindery import config, pipeline
from bindery.content.decisions import Decisions
from bindery.content.past import Past
from bindery.content.shelf import Shelf
from bindery.ingest import conclude, inputs, run, stock
from bindery.ingest.conclude import Concluded
from bindery.ingest.draft import Span
from bindery.ingest.ledger import Memory
from bindery.ingest.link import Linked, Wanted
from bindery.ingest.pages import Pages
from bindery.ingest.stock import Stock
from bindery.model import Mention
from tests.history import History

PAGES = Pages.of([])


def test_the_shelf_that_a_run_foresees_is_the_one_it_leaves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    foreseen: list[Concluded] = []
    as_ever = conclude.conclude

    def noted(*arguments: Any) -> Concluded:
        foreseen.append(as_ever(*arguments))
        return foreseen[-1]

    monkeypatch.setattr(run.conclude, "conclude", noted)
    history = History(tmp_path / "archive", 12)
    for number in range(15):
        step = history.step() if number else "begin"
        foreseen.clear()
        site = config.load(history.root)
        pipeline.ingest(site)
        left = stock.take(site, inputs.look(site, {}), Memory())
        assert len(foreseen) <= 1, step  # it is not worked out again
        assert [one.shelf for one in foreseen] in ([], [left.shelf]), step
    assert (history.root / "content/briefings").is_dir()


def wanted(mentions: int) -> Wanted:
    links = {Span(0, at, at + 1): Mention(0, 0, f"officials/n{mentions}", None) for at in range(mentions)}
    return Wanted("aaaa001", "talks", "talks.txt", "0" * 64, links, "Talks", (), lambda _: pytest.fail("not read"))


@pytest.mark.parametrize("start", range(3))
def test_where_linking_goes_round_in_a_circle_the_fewest_mentions_count_wherever_it_is_entered(
    start: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three shelves, each of which leads to the next; the second pass writes the fewest."""
    shelves = [Shelf((), (), frozenset({str(number)})) for number in range(3)]
    mentions = (5, 2, 4)
    monkeypatch.setattr(conclude.link, "link", lambda _, shelf, *__: Linked((wanted(mentions[shelves.index(shelf)]),), (), ()))
    monkeypatch.setattr(conclude, "_left", lambda _, shelf, *__: shelves[(shelves.index(shelf) + 1) % 3])
    concluded = conclude.conclude(PAGES, Stock(shelves[start], Decisions(), Past()), config.load(tmp_path))

    assert len(concluded.linked.wanted[0].links) == 2
    assert concluded.shelf == shelves[2]


def test_linking_that_never_comes_to_rest_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = itertools.count()
    monkeypatch.setattr(conclude.link, "link", lambda *_: Linked((), (), ()))
    monkeypatch.setattr(conclude, "_left", lambda *_: Shelf((), (), frozenset({str(next(numbers))})))
    conclude.conclude(PAGES, Stock(Shelf((), (), frozenset()), Decisions(), Past()), config.load(tmp_path))

    assert next(numbers) == conclude.MOST_PASSES
