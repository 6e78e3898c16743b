"""Two briefings that may belong together are asked about, and never put together by a guess."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date
from random import Random

import pytest

from bindery.content.decisions import Decisions
from bindery.ingest.kindred import Kin
from bindery.model import Briefing, Mention

KINDS = {"officials/mori": "official", "officials/tang": "official", "officials/lee": "official", "cities/kobe": "city"}
MEETING = ("officials/mori", "officials/tang", "cities/kobe")


def words(count: int, seed: int) -> str:
    random = Random(seed)
    return " ".join("".join(random.choices("abcdefghij", k=6)) for _ in range(count))


def briefing(identifier: str, day: int | None, text: str, named: Iterable[str] = MEETING) -> Briefing:
    mentions = tuple(Mention(at, at + 1, name) for at, name in enumerate(named))
    return Briefing(identifier, identifier, identifier, day and Date(2020, 5, day), "Gazette", None, "en", text, mentions)


def events(*briefings: Briefing, decided: Decisions | None = None) -> list[tuple[str, str]]:
    return [(two.one.id, two.other.id) for two in Kin(briefings, decided or Decisions()).events(KINDS)]


def copies(*briefings: Briefing, decided: Decisions | None = None) -> list[tuple[str, str]]:
    return [(two.one.id, two.other.id) for two in Kin(briefings, decided or Decisions()).copies()]


ONE, OTHER = briefing("b1", 4, words(90, 1)), briefing("b2", 6, words(90, 2))


def test_two_texts_of_the_same_days_and_names_may_be_of_one_event() -> None:
    assert events(ONE, OTHER) == [("b1", "b2")]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(briefing("b2", 7, words(90, 2)), id="three days later"),
        pytest.param(briefing("b2", None, words(90, 2)), id="undated"),
        pytest.param(briefing("b2", 4, words(90, 2), ("officials/mori", "cities/kobe")), id="one official in common"),
        pytest.param(briefing("b2", 4, words(90, 2), ("officials/mori", "officials/tang")), id="no third name in common"),
        pytest.param(briefing("b2", 4, f"{words(20, 2)} {words(90, 1)}"), id="a copy"),
    ],
)
def test_what_is_no_event_is_not_asked_about(other: Briefing) -> None:
    assert events(ONE, other) == []


def test_of_a_story_only_the_leading_page_is_asked_about() -> None:
    copy = briefing("b3", 5, f"{words(90, 1)} {words(9, 3)}")
    assert events(ONE, OTHER, copy) == [("b1", "b2")]


def test_a_settled_pair_is_not_asked_about_again() -> None:
    assert events(ONE, OTHER, decided=Decisions(events=(("b2", "b0", "b1"),))) == []
    assert events(ONE, OTHER, decided=Decisions(other_events=frozenset([frozenset(("b1", "b2"))]))) == []


def test_a_rewritten_copy_is_asked_about_until_it_is_settled() -> None:
    release = words(300, 1)
    half = briefing("b2", 5, f"{words(150, 2)} {' '.join(release.split()[:150])}")
    release_ = briefing("b1", 4, release)
    assert copies(release_, half) == [("b1", "b2")]
    assert copies(release_, briefing("b2", 5, f"{release} {words(9, 2)}")) == []
    assert copies(release_, half, decided=Decisions(stories=(("b2", "b1"),))) == []
    assert copies(release_, half, decided=Decisions(no_copies=frozenset([frozenset(("b1", "b2"))]))) == []


def test_a_round_up_is_asked_about_for_each_release_it_did_not_join() -> None:
    one, other = words(200, 1), words(190, 2)
    found = copies(briefing("b1", 4, one), briefing("b2", 4, other), briefing("b3", 5, f"{one} {other}"))
    assert found == [("b2", "b3")]
