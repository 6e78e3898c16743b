"""Copies of one release are found, and what only looks like one is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest

from benchmarks.copies import Wire, score, texts
from bindery.stories import likeness, wording
from bindery.stories.grouping import Settled, Story, grouped
from bindery.stories.likeness import NEAR_DAYS, RARE, Text

RANDOM = Random(5)
VOCABULARY = ["".join(RANDOM.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(2_000)]
MONDAY = 738_000
NOTHING = Settled()


def words(count: int, seed: int) -> str:
    return " ".join(Random(seed).choices(VOCABULARY, k=count))


class Shelf:
    """Texts to be grouped."""

    def __init__(self) -> None:
        self.texts: list[Text] = []
        self.packed: dict[str, bytes] = {}

    def put(self, key: str, words: str, day: int | None = MONDAY, **page: Any) -> None:
        """`page` are other fields of a Text."""
        self.packed[key] = wording.shingles(words)
        sample, size = wording.sample(self.packed[key]), wording.size(self.packed[key])
        self.texts.append(Text(key, day, size, sample, **page))

    def stories(self, settled: Settled = NOTHING) -> tuple[Story, ...]:
        return grouped(self.texts, self.packed.__getitem__, settled, {}).stories

    def members(self, settled: Settled = NOTHING) -> list[tuple[str, ...]]:
        return [story.members for story in self.stories(settled)]


Planted = tuple[Sequence[Text], dict[str, bytes], tuple[Story, ...]]


@pytest.fixture(scope="module")
def planted() -> Planted:
    found, packed = texts(list(Wire(600).planted(600)))
    return found, packed, grouped(found, packed.__getitem__, NOTHING, {}).stories


def test_planted_copies_are_put_together_and_nothing_else(planted: Planted) -> None:
    scored = score(list(Wire(600).planted(600)), planted[2])

    assert scored.planted > 100
    assert scored.precision >= 0.95
    assert scored.recall >= 0.95


def test_the_order_of_the_files_does_not_matter(planted: Planted) -> None:
    found, packed, stories = planted
    for seed in range(3):
        shuffled = Random(seed).sample(found, len(found))
        assert grouped(shuffled, packed.__getitem__, NOTHING, {}).stories == stories


def test_what_was_measured_before_is_not_measured_again(planted: Planted) -> None:
    found, packed, stories = planted
    measured = grouped(found, packed.__getitem__, NOTHING, {}).measured
    assert grouped(found, {}.__getitem__, Settled(), measured).stories == stories


def test_a_shortened_copy_with_a_lead_and_a_credit_of_its_own_is_one() -> None:
    shelf, release = Shelf(), words(300, 1)
    shelf.put("b1", release)
    shelf.put("b2", f"{words(14, 2)} {' '.join(release.split()[:120])} {words(8, 3)}", MONDAY + 2)
    shelf.put("b3", words(300, 4))
    assert shelf.members() == [("b1", "b2")]


def test_chinese_and_japanese_copies_are_found_by_their_characters() -> None:
    shelf, random = Shelf(), Random(3)
    release = "".join(random.choices("重庆市人民政府会见日本国驻总领事馆一行就经贸合作交换意见", k=260))
    shelf.put("b1", release)
    shelf.put("b2", f"本报讯。{release[:140]}（记者）")
    shelf.put("b3", "".join(random.choices("重庆市人民政府会见日本国驻总领事馆一行就经贸合作交换意见", k=260)))
    assert shelf.members() == [("b1", "b2")]


def series(day: int) -> Shelf:
    """A report, and one in which two words of three are those of the first."""
    shelf, report = Shelf(), [words(12, number) for number in range(30)]
    shelf.put("b1", " ".join(report))
    shelf.put("b2", " ".join(one if number % 10 < 7 else words(12, 900 + number) for number, one in enumerate(report)), day)
    return shelf


def test_a_report_of_the_same_series_is_no_copy() -> None:
    assert series(MONDAY + 365).members() == []
    assert series(MONDAY + NEAR_DAYS + 1).members() == []
    assert series(MONDAY + 1).members() == [("b1", "b2")]


def test_notices_too_short_to_tell_apart_are_left_alone() -> None:
    shelf = Shelf()
    for number in range(5):
        shelf.put(f"b{number}", words(likeness.SHORTEST + 1, 1))
    assert shelf.members() == []


def test_a_round_up_does_not_make_one_story_of_two_releases() -> None:
    shelf, one, other = Shelf(), words(200, 1), words(190, 2)
    shelf.put("b1", one)
    shelf.put("b2", other)
    shelf.put("b3", f"{one} {other}", MONDAY + 1)
    assert shelf.members() == [("b1", "b3")]


def test_the_oldest_leads_then_the_longest_then_the_first_id() -> None:
    shelf, release = Shelf(), words(200, 1)
    shelf.put("b1", release, None)
    shelf.put("b2", release, MONDAY + 1)
    shelf.put("b3", release, MONDAY)
    shelf.put("b4", f"{release} {words(20, 2)}", MONDAY)
    shelf.put("b5", release, MONDAY)
    assert shelf.members() == [("b4", "b3", "b5", "b2", "b1")]


def test_what_people_settled_goes_before_what_is_measured() -> None:
    shelf, release = Shelf(), words(200, 1)
    shelf.put("b1", release)
    shelf.put("b2", release, MONDAY + 1)
    shelf.put("b3", words(200, 2))
    apart = frozenset([frozenset(("b1", "b2"))])
    assert shelf.members(Settled(apart=apart)) == []
    assert shelf.members(Settled(together=[("b3", "b1")])) == [("b3", "b1", "b2")]
    assert shelf.members(Settled(together=[("b3", "b1")], apart=apart)) == [("b3", "b1")]
    assert shelf.members(Settled(together=[("b3", "gone")])) == [("b1", "b2")]


def test_a_later_capture_of_a_page_is_a_version_of_it() -> None:
    shelf, release = Shelf(), words(200, 1)
    grown = f"{release} {words(30, 2)}"
    shelf.put("b1", grown, heading=("courier", "ferries"), capture="002.txt")
    shelf.put("b2", release, heading=("courier", "ferries"), capture="001.txt")
    shelf.put("b3", release, heading=("gazette", "ferries"))
    (story,) = shelf.stories()
    assert story.members == ("b1", "b2", "b3")
    assert story.pages == (("b2", "b1"),)


def test_a_page_with_an_address_is_known_again_by_it_alone() -> None:
    shelf, release = Shelf(), words(200, 1)
    rewritten = " ".join((*release.split()[:90], words(110, 2)))
    shelf.put("b1", release, address="https://a.example/1")
    shelf.put("b2", rewritten, MONDAY + 90, address="https://a.example/1")
    shelf.put("b3", words(200, 3), MONDAY + 90, address="https://a.example/1")
    shelf.put("b4", rewritten, MONDAY + 90, address="https://a.example/2")
    assert [story.pages for story in shelf.stories()] == [(("b1", "b2"),)]


def test_a_release_that_very_many_print_is_one_story_and_costs_no_square_of_them() -> None:
    shelf, release, count = Shelf(), words(200, 1), 40 * RARE
    for number in range(count):
        shelf.put(f"b{number:04}", f"{words(9, number + 10)} {release}")
    found = grouped(shelf.texts, shelf.packed.__getitem__, NOTHING, {})
    assert [len(story.members) for story in found.stories] == [count]
    assert len(found.measured) < 12 * count
